using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Careline.Portal.Assets;

/// <summary>
/// Style, scripts and pictures. Each is named with its hash and may be kept for ever by a browser; it is compressed once, at its best, when the host starts.
/// </summary>
internal sealed partial class PortalAssets(RequestDelegate next)
{
    private static readonly FrozenDictionary<string, Asset> _all = Load();

    /// <summary>The address of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public static string PathOf(string name) => _all["/assets/" + name].Address;

    public static bool IsOne(PathString path) => path.Value is { } text && (_all.ContainsKey(text) || text.StartsWith("/assets/", StringComparison.Ordinal));

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsOne(http.Request.Path))
        {
            await next(http);
            return;
        }

        if (!_all.TryGetValue(http.Request.Path.Value!, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = http.Response.Headers;
        var isHashed = http.Request.QueryString.HasValue;
        headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ContentType = asset.Type;
        headers.ETag = asset.Tag;
        headers.Vary = "Accept-Encoding";
        headers.ContentSecurityPolicy = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'";
        if (http.Request.Headers.IfNoneMatch == asset.Tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip) : (null, asset.Plain);
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        headers.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var done = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("asset:", StringComparison.Ordinal)))
        {
            Add(name["asset:".Length..]);
        }

        // Pages that are not the portal's name no picture, and browsers ask for it here.
        done["favicon.ico"] = done["icon.svg"] with { Path = "/favicon.ico" };
        return done.Values.ToFrozenDictionary(a => a.Path, StringComparer.Ordinal);

        // What a script imports it imports by its hash too, or each visit would ask whether that has changed.
        Asset Add(string name)
        {
            if (done.TryGetValue(name, out var known))
            {
                return known;
            }

            using var stream = assembly.GetManifestResourceStream("asset:" + name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (name.EndsWith(".js", StringComparison.Ordinal))
            {
                bytes = Encoding.UTF8.GetBytes(Import().Replace(Encoding.UTF8.GetString(bytes), m => $"{m.Groups[1].Value}'{Add(m.Groups[2].Value).Address}'"));
            }

            return done[name] = Asset.Of(name, bytes);
        }
    }

    [GeneratedRegex("(from |import\\()'\\./([a-z-]+\\.js)'")]
    private static partial Regex Import();

    private sealed record Asset(string Path, string Type, string Tag, byte[] Plain, byte[] Brotli, byte[] Gzip)
    {
        public string Address => $"{Path}?{Tag.Trim('"')}";

        // A worker serves what lies beside it and below, and a manifest is asked for by a name that stays: these two stand at the root.
        public static Asset Of(string name, byte[] bytes) => new(
            name is "worker.js" or "manifest.webmanifest" ? "/" + name : "/assets/" + name,
            TypeOf(name),
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6))}\"",
            bytes,
            Compressed(bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)),
            Compressed(bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        private static byte[] Compressed(byte[] bytes, Func<Stream, Stream> by)
        {
            using var into = new MemoryStream();
            using (var stream = by(into))
            {
                stream.Write(bytes);
            }

            return into.ToArray();
        }

        private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".webmanifest" => "application/manifest+json",
            var other => throw new InvalidOperationException($"Nobody said what a {other} is."),
        };
    }
}
