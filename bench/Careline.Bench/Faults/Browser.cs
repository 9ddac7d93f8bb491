using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Careline.Bench.Faults;

/// <summary>A headless Chromium with an invented camera and microphone, driven over its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly string _folder;
    private int _calls;

    private Browser(Process process, string folder) => (_process, _folder) = (process, folder);

    public static async Task<Browser> StartAsync(string program, string folder)
    {
        Directory.CreateDirectory(folder);
        var process = Process.Start(new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--no-first-run", "--disable-background-timer-throttling",
                "--disable-renderer-backgrounding", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var browser = new Browser(process, folder);
        var port = await UntilAsync("Chromium started", () => File.Exists(Path.Combine(folder, "DevToolsActivePort"))
            ? Task.FromResult(File.ReadAllLines(Path.Combine(folder, "DevToolsActivePort")).FirstOrDefault()) : Task.FromResult<string?>(null));
        using var http = new HttpClient();
        var page = await UntilAsync("Chromium has a page", async () => JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/json/list"))!.AsArray()
            .FirstOrDefault(t => (string)t!["type"]! == "page"));
        await browser._socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), CancellationToken.None);

        // The page keeps its connections to itself: what looks into them is put around the browser's own class.
        await browser.CallAsync("Page.addScriptToEvaluateOnNewDocument", new JsonObject
        {
            ["source"] = """
                window.pcs = [];
                window.RTCPeerConnection = class extends RTCPeerConnection { constructor(c) { super(c); window.pcs.push(this); } };
                window.sums = async () => {
                    const out = { open: 0, frames: 0, audio: 0, ufrag: '' };
                    for (const pc of pcs) {
                        if (pc.connectionState !== 'connected') continue;
                        out.open++;
                        out.ufrag = /ice-ufrag:(\S+)/.exec(pc.localDescription.sdp)[1];
                        (await pc.getStats()).forEach(s => {
                            if (s.type === 'inbound-rtp' && s.kind === 'video') out.frames += s.framesDecoded || 0;
                            if (s.type === 'inbound-rtp' && s.kind === 'audio') out.audio += s.packetsReceived || 0;
                        });
                    }
                    return out;
                };
                """,
        });
        await browser.CallAsync("Page.enable", []);
        return browser;
    }

    public Task GoAsync(string address) => CallAsync("Page.navigate", new JsonObject { ["url"] = address });

    /// <summary>What an expression comes to on the page.</summary>
    public async Task<JsonNode?> AskAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } error
            ? throw new InvalidOperationException($"{expression}: {error["exception"]?["description"]}")
            : answer["result"]?["value"];
    }

    /// <summary>Whether an expression comes true within the patience that a slow machine needs; what cannot be asked of the page yet is not true yet.</summary>
    public async Task<bool> ComesTrueAsync(string expression)
    {
        try
        {
            await UntilAsync(expression, async () => (bool?)await AskAsync($"(async () => ({expression}))().then(v => !!v, () => false)") == true ? "yes" : null);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public Task ClickAsync(string selector) => AskAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).click()");

    public Task FillAsync(string form, params (string Id, string Text)[] fields) => AskAsync(
        string.Concat(fields.Select(f => $"document.getElementById('{f.Id}').value = {JsonSerializer.Serialize(f.Text)};"))
        + $"document.querySelectorAll('#{form} input[type=checkbox]').forEach(b => b.checked = true); document.getElementById('{form}').requestSubmit()");

    /// <summary>How many connections are up, how many frames were seen and packets of sound came, and the name of the way.</summary>
    public async Task<(int Open, long Frames, long Sound, string Way)> SumsAsync()
    {
        var sums = (await AskAsync("sums()"))!;
        return ((int)sums["open"]!, (long)sums["frames"]!, (long)sums["audio"]!, (string)sums["ufrag"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < _patience; await Task.Delay(200))
        {
            if (await look() is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException(what);
    }

    /// <summary>Asks the browser by its protocol.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult piece;
            do
            {
                piece = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                message.Write(buffer, 0, piece.Count);
            }
            while (!piece.EndOfMessage);
            if (JsonNode.Parse(message.ToArray()) is { } answer && (int?)answer["id"] == id)
            {
                return answer["result"] ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method}: {answer["error"]}"));
            }
        }
    }
}
