using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Careline.Files.Keeping;

/// <summary>A bucket that speaks Amazon S3's protocol. Large blobs go up in parts and appear at once, or not at all.</summary>
internal sealed class BucketStore : IFileStore, IDisposable
{
    private const long PartBytes = 8 * 1024 * 1024;
    private const string NameObject = "installation";

    private readonly FilesBucketOptions _options;
    private readonly AmazonS3Client _client;

    public BucketStore(FilesBucketOptions options)
    {
        _options = options;
        var settings = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            Timeout = TimeSpan.FromSeconds(60),

            // Other servers know neither the checksums that Amazon's own adds by itself nor buckets as host names.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { Length: > 0 } endpoint)
        {
            (settings.ServiceURL, settings.ForcePathStyle) = (endpoint, true);
        }
        else
        {
            settings.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        // Without a key of ours it is the machine's own role.
        _client = options.AccessKey is { Length: > 0 } key ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey ?? ""), settings) : new AmazonS3Client(settings);
    }

    public Task PutAsync(string blob, string spooled, CancellationToken ct) => AskedAsync(async () =>
    {
        if (new FileInfo(spooled).Length > PartBytes)
        {
            await PutPartsAsync(KeyOf(blob), spooled, ct);
        }
        else
        {
            await _client.PutObjectAsync(new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(blob), FilePath = spooled, UseChunkEncoding = false }, ct);
        }

        return true;
    });

    public Task<StoredBytes> OpenAsync(string blob, CancellationToken ct) => Task.FromResult<StoredBytes>(new BucketBytes(this, KeyOf(blob)));

    public Task DeleteAsync(string blob, CancellationToken ct) => AskedAsync(() => _client.DeleteObjectAsync(_options.Bucket, KeyOf(blob), ct));

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.Prefix, ContinuationToken = next };
            var page = await AskedAsync(() => _client.ListObjectsV2Async(request, ct));
            foreach (var stored in page.S3Objects ?? [])
            {
                if (stored.Key != KeyOf(NameObject))
                {
                    yield return new StoredBlob(stored.Key[_options.Prefix.Length..], stored.LastModified?.ToUniversalTime() ?? DateTimeOffset.MaxValue);
                }
            }

            next = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    public async Task<bool> IsOfAsync(Guid installation, CancellationToken ct)
    {
        try
        {
            using var name = await GetAsync(KeyOf(NameObject), 0, ct);
            using var reader = new StreamReader(name.ResponseStream, Encoding.UTF8);
            return Guid.TryParse(await reader.ReadToEndAsync(ct), out var known) && known == installation;
        }
        catch (FileNotFoundException)
        {
            var text = installation.ToString("D", CultureInfo.InvariantCulture);
            await AskedAsync(() => _client.PutObjectAsync(new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(NameObject), ContentBody = text, UseChunkEncoding = false }, ct));
            return true;
        }
    }

    public void Dispose() => _client.Dispose();

    private string KeyOf(string blob) => _options.Prefix + blob;

    // Amazon's own chunks are not understood by every other server: a part goes up as it is, signed as a whole.
    private async Task PutPartsAsync(string key, string spooled, CancellationToken ct)
    {
        var begun = await _client.InitiateMultipartUploadAsync(_options.Bucket, key, ct);
        try
        {
            var parts = new List<PartETag>();
            var length = new FileInfo(spooled).Length;
            for (var at = 0L; at < length; at += PartBytes)
            {
                var part = await _client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = _options.Bucket,
                        Key = key,
                        UploadId = begun.UploadId,
                        PartNumber = parts.Count + 1,
                        FilePath = spooled,
                        FilePosition = at,
                        PartSize = Math.Min(PartBytes, length - at),
                        UseChunkEncoding = false,
                    },
                    ct);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }

            await _client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = _options.Bucket, Key = key, UploadId = begun.UploadId, PartETags = parts }, ct);
        }
        catch
        {
            await _client.AbortMultipartUploadAsync(_options.Bucket, key, begun.UploadId, CancellationToken.None);
            throw;
        }
    }

    private Task<GetObjectResponse> GetAsync(string key, long from, CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = _options.Bucket, Key = key };
        if (from > 0)
        {
            request.ByteRange = new ByteRange(string.Create(CultureInfo.InvariantCulture, $"bytes={from}-"));
        }

        return AskedAsync(() => _client.GetObjectAsync(request, ct));
    }

    private static async Task<T> AskedAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            throw new FileNotFoundException("There is no such blob.", missing);
        }
        catch (Exception failed) when (failed is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new IOException("The bucket of the files does not answer as it should.", failed);
        }
    }

    /// <summary>Reads on from where it is, and asks anew where it is to read elsewhere.</summary>
    private sealed class BucketBytes(BucketStore store, string key) : StoredBytes
    {
        private GetObjectResponse? _answer;
        private long _at;

        public override int Read(long offset, Span<byte> buffer) => throw new NotSupportedException("A bucket is read asynchronously.");

        public override async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct)
        {
            if (_answer is null || _at != offset)
            {
                _answer?.Dispose();
                (_answer, _at) = (null, offset);
                _answer = await store.GetAsync(key, offset, ct);
            }

            var read = await _answer.ResponseStream.ReadAsync(buffer, ct);
            _at += read;
            return read;
        }

        public override void Dispose() => _answer?.Dispose();
    }
}
