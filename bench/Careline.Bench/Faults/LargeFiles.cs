using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Careline.Bench.Faults;

/// <summary>
/// What a large document costs, in time beside a bare Kestrel handler that writes and sends the same bytes unencrypted, and in memory of the host; and what files cost
/// that are made to cost much.
/// </summary>
internal static class LargeFiles
{
    private const string Path = "/api/medical-files/";
    private const int Mebibyte = 1024 * 1024;
    private const int Large = 100 * Mebibyte;
    private const int Rounds = 7;

    // Both run faster after some hundred megabytes, the one with more code later.
    private const int Warm = 5;
    private const double MostTimes = 1.5;
    private const double MostMemory = 64;

    /// <summary>Listens as the bare handler until it is ended.</summary>
    public static async Task<int> BareAsync(string url, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var path = System.IO.Path.Combine(folder, "bare");
        app.MapPut("/file", async (HttpRequest request) =>
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
            await request.Body.CopyToAsync(file);
            await file.FlushAsync();

            // What is acknowledged must be on the disk there too.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        });
        app.MapGet("/file", () => Results.File(path, "text/plain"));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Measures.</summary>
    /// <param name="url">Where Careline listens; documents of 200 MB must be let in.</param>
    /// <param name="bare">Where the bare handler listens.</param>
    /// <param name="supervisor">The process whose child the host is.</param>
    public static async Task<int> RunAsync(Uri url, Uri bare, int supervisor)
    {
        using var api = new Api(url, 1);
        var access = (string)(await api.RegisterAsync("large.patient", "securepassword"))["access"]!;
        using var careline = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
        careline.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using var plain = new HttpClient { BaseAddress = bare, Timeout = TimeSpan.FromMinutes(5) };
        var verdicts = new Verdicts();
        await TimesAsync(careline, plain, supervisor, verdicts);
        foreach (var (what, name, type, write) in Hostile())
        {
            var (_, said, memory) = await WatchedAsync(supervisor, () => SendAsync(careline, name, type, new Written(write)));
            verdicts.Expect(said is not null && memory <= MostMemory && !said.StartsWith('5'), string.Create(CultureInfo.InvariantCulture, $"{what}: {said}, {memory:F0} MiB more at most"));
        }

        return verdicts.ExitCode;
    }

    private static async Task TimesAsync(HttpClient careline, HttpClient plain, int supervisor, Verdicts verdicts)
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("A line of a long, long letter that says little. ", (Large / 48) + 1)))[..Large];
        var (up, down, most) = (new List<double>(), new List<double>(), 0.0);
        string? id = null;
        for (var round = 0; round < Warm + Rounds; round++)
        {
            var (bareUp, _, _) = await WatchedAsync(supervisor, async () => $"{(int)(await plain.PutAsync("/file", new ByteArrayContent(bytes))).StatusCode}");
            var (sealedUp, said, moreUp) = await WatchedAsync(supervisor, () => SendAsync(careline, "letter.txt", "text/plain", new ByteArrayContent(bytes)));
            id = said?.Split(' ').Last();
            var (bareDown, _, _) = await WatchedAsync(supervisor, () => ReadAsync(plain, "/file"));
            var (sealedDown, read, moreDown) = await WatchedAsync(supervisor, () => ReadAsync(careline, $"{Path}{id}/content/"));
            if (read != Large.ToString(CultureInfo.InvariantCulture))
            {
                verdicts.Expect(false, $"the letter came back as {read}");
                return;
            }

            if (round >= Warm)
            {
                up.Add(sealedUp / bareUp);
                down.Add(sealedDown / bareDown);
                most = Math.Max(most, Math.Max(moreUp, moreDown));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"careline: up {bareUp:F0} and {sealedUp:F0} ms, down {bareDown:F0} and {sealedDown:F0} ms"));
            }
        }

        Say("100 MB up", up);
        Say("100 MB down", down);
        verdicts.Expect(most <= MostMemory, string.Create(CultureInfo.InvariantCulture, $"memory of the host grew by {most:F0} MiB at most"));

        void Say(string what, List<double> times) => verdicts.Expect(
            times.Order().ElementAt(Rounds / 2) <= MostTimes,
            string.Create(CultureInfo.InvariantCulture, $"{what}: {times.Order().ElementAt(Rounds / 2):F2} times a bare handler's time ({string.Join(", ", times.Select(t => t.ToString("F2", CultureInfo.InvariantCulture)))})"));
    }

    private static IEnumerable<(string What, string Name, string Type, Func<Stream, Task> Write)> Hostile()
    {
        var zeros = new byte[Mebibyte];
        yield return ("1 GB of text", "a.txt", "text/plain", stream => RepeatAsync(stream, Encoding.ASCII.GetBytes(new string('a', Mebibyte)), 1024));
        yield return ("a DOCX that unpacks to 4 GB", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", async stream =>
        {
            using var packed = new MemoryStream();
            using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var name in (string[])["[Content_Types].xml", "word/document.xml"])
                {
                    await using var part = await archive.CreateEntry(name, CompressionLevel.Optimal).OpenAsync();
                    await RepeatAsync(part, zeros, name[0] == '[' ? 1 : 4096);
                }
            }

            await stream.WriteAsync(packed.ToArray());
        }
        );
        foreach (var side in (int[])[50_000, 6_300])
        {
            yield return ($"a PNG of {side} by {side}, black", "a.png", "image/png", stream => stream.WriteAsync(Png(side, (long)side * ((side * 3L) + 1))).AsTask());
        }

        yield return ("a PNG of 3 by 2 with 4 GB of it", "a.png", "image/png", stream => stream.WriteAsync(Png(3, 4096L * Mebibyte)).AsTask());
        yield return ("a PDF whose object unpacks to 1 GB", "a.pdf", "application/pdf", stream => stream.WriteAsync(Pdf(Packed(1024L * Mebibyte))).AsTask());
        yield return ("a PDF of 24 MB of brackets", "a.pdf", "application/pdf", async stream =>
        {
            await stream.WriteAsync("%PDF-1.7\n1 0 obj\n"u8.ToArray());
            await RepeatAsync(stream, Encoding.ASCII.GetBytes(new string('[', Mebibyte)), 24);
            await stream.WriteAsync("\nendobj\n%%EOF\n"u8.ToArray());
        }
        );
        yield return ("a JPEG that ends in its middle", "a.jpg", "image/jpeg", async stream =>
        {
            await stream.WriteAsync(new byte[] { 0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0x10, 0, 0x10, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0 });
            await RepeatAsync(stream, zeros, 20);
        }
        );
    }

    private static async Task RepeatAsync(Stream stream, byte[] bytes, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await stream.WriteAsync(bytes);
        }
    }

    private static byte[] Packed(long size)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[Mebibyte];
            for (var left = size; left > 0; left -= zeros.Length)
            {
                zip.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            }
        }

        return packed.ToArray();
    }

    private static byte[] Png(int side, long raw) =>
    [
        0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8, .. Chunk("IHDR", [.. Number(side), .. Number(side), 8, 2, 0, 0, 0]), .. Chunk("IDAT", Packed(raw)), .. Chunk("IEND", []),
    ];

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. Number(content.Length), .. named, .. Number(unchecked((int)~named.Aggregate(~0u, static (crc, value) =>
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
            }

            return crc;
        })))];
    }

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Pdf(byte[] packed) =>
    [
        .. Encoding.ASCII.GetBytes($"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"),
        .. packed, .. "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"u8,
    ];

    // What it was answered: the status, the refusal's code, or the new document's id.
    private static async Task<string?> SendAsync(HttpClient client, string name, string type, HttpContent file)
    {
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { new StringContent("other"), "kind" }, { file, "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        request.Headers.ExpectContinue = true;
        try
        {
            using var answer = await client.SendAsync(request);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            return $"{(int)answer.StatusCode} {body["error"]?["code"] ?? body["data"]?["id"]}";
        }
        catch (HttpRequestException broken)
        {
            // Refused in its middle, and the line with it: whether the host still answers is seen by the next.
            return $"the line was closed ({broken.HttpRequestError})";
        }
    }

    private static async Task<string?> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var total = 0L;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            total += read;
        }

        return answer.StatusCode == HttpStatusCode.OK ? total.ToString(CultureInfo.InvariantCulture) : $"{answer.StatusCode}";
    }

    // Milliseconds, what came of it, and by how many MiB the host's resident memory was above where it began.
    private static async Task<(double Milliseconds, string? Said, double Memory)> WatchedAsync(int supervisor, Func<Task<string?>> act)
    {
        var host = HostOf(supervisor);
        var (before, most, done) = (Resident(host), 0.0, false);
        var watcher = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                most = Math.Max(most, Resident(host));
                await Task.Delay(20);
            }
        });
        var start = Stopwatch.GetTimestamp();
        var said = await act();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Volatile.Write(ref done, true);
        await watcher;
        return (took, said, Math.Max(0, most - before));
    }

    private static int HostOf(int supervisor) => Directory.EnumerateDirectories("/proc").Select(System.IO.Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).First(process =>
        {
            try
            {
                var status = File.ReadAllText($"/proc/{process}/status");
                return status.Contains($"PPid:\t{supervisor}\n", StringComparison.Ordinal) && File.ReadAllText($"/proc/{process}/cmdline").Contains("serve", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });

    private static double Resident(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    private sealed class Written(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
