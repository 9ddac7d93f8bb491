using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Careline.Host.Logging;

// Log lines as JSON objects in a file a day, written by one task so that no request waits for the disk. Old files go after thirty days.
internal sealed class FileLog : ILoggerProvider
{
    private const int DaysKept = 30;

    private readonly string _folder;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task _writer;

    public FileLog(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _writer = Task.Run(WriteAsync);
    }

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _lines.Writer);

    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writer.GetAwaiter().GetResult();
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var path = Path.Combine(_folder, $"careline-{day}.log");
            var isNew = !File.Exists(path);
            try
            {
                await using var file = new StreamWriter(path, append: true);
                while (_lines.Reader.TryRead(out var line))
                {
                    await file.WriteLineAsync(line);
                }

                if (isNew)
                {
                    Sweep();
                }
            }
            catch (IOException)
            {
                // A full disk must not take the service down; the console still has the lines.
            }
        }
    }

    private void Sweep()
    {
        foreach (var old in Directory.GetFiles(_folder, "careline-????-??-??.log").Order(StringComparer.Ordinal).SkipLast(DaysKept))
        {
            File.Delete(old);
        }
    }

    private sealed class Category(string name, ChannelWriter<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.TryWrite(JsonSerializer.Serialize(new
            {
                at = TimeProvider.System.GetUtcNow(),
                level = logLevel.ToString(),
                category = name,
                message = formatter(state, null),
                error = exception?.GetType().Name,
                place = exception?.StackTrace?.Split('\n').FirstOrDefault()?.Trim(),
            }));
    }
}
