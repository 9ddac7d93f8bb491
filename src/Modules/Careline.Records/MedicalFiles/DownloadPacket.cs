using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;
using Microsoft.Net.Http.Headers;

namespace Careline.Records.MedicalFiles;

/// <summary>Chosen documents as one archive, written as it is read: a summary packet to take along to another doctor.</summary>
internal static class DownloadPacket
{
    private const int MostFiles = 100;

    public static void Map(RouteGroupBuilder files) => files.MapGet("/packet/", Handle)
        .Named("DownloadPacket", "Chosen documents as one ZIP: ?ids= names them, separated by commas.").ForReaders().RequiresRecentSignIn()
        .Produces(StatusCodes.Status200OK, contentType: "application/zip");

    private static async Task<IResult> Handle(string? ids, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var named = Read(ids);
        var found = await MedicalFile.VisibleTo(db, actor).Where(f => named.Contains(f.Id)).OrderBy(f => f.CreatedAt).ThenBy(f => f.Id).ToListAsync(ct);
        if (found.Count != named.Count)
        {
            throw new NotFound();
        }

        trail.Concerns(found.Select(f => f.PatientId)).Always();

        // Opened once before the answer begins: what cannot be given is refused in words, not by an archive that breaks off.
        foreach (var file in found)
        {
            await using var reading = await files.OpenAsync(file.FileId, FileCopy.Original, ct) ?? throw new NotFound();
            reading.AsAttachment(file.FileName);
        }

        return new Packet(found, files);
    }

    private static HashSet<Guid> Read(string? ids)
    {
        var named = new HashSet<Guid>();
        foreach (var text in (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            named.Add(Guid.TryParse(text, out var id) ? id : throw new InvalidInput("ids", "Must be UUIDs, separated by commas."));
        }

        return named.Count is > 0 and <= MostFiles ? named : throw new InvalidInput("ids", $"From 1 to {MostFiles} documents.");
    }

    private sealed class Packet(List<MedicalFile> found, IFiles files) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
            response.ContentType = "application/zip";
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "documents.zip" }.ToString();
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            await using var archive = await ZipArchive.CreateAsync(new Piped(response.BodyWriter), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var file in found)
            {
                await using var reading = await files.OpenAsync(file.FileId, FileCopy.Original, ct) ?? throw new NotFound();

                // Pictures and PDFs are compressed already.
                var entry = archive.CreateEntry(NameOf(file, taken), CompressionLevel.NoCompression);
                entry.LastWriteTime = file.CreatedAt;
                await using var target = await entry.OpenAsync(ct);
                await reading.Content.CopyToAsync(target, ct);
            }
        }

        private static string NameOf(MedicalFile file, HashSet<string> taken)
        {
            var (stem, ending) = (Path.GetFileNameWithoutExtension(file.FileName), Path.GetExtension(file.FileName));
            for (var i = 1; ; i++)
            {
                var name = i == 1 ? file.FileName : $"{stem} ({i}){ending}";
                if (taken.Add(name))
                {
                    return name;
                }
            }
        }
    }

    /// <summary>The archive writes its few headers without waiting, which the server allows nobody: they wait in the pipe for the bytes that follow.</summary>
    private sealed class Piped(PipeWriter writer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => writer.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => writer.Write(buffer);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await writer.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override async Task FlushAsync(CancellationToken cancellationToken) => await writer.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
