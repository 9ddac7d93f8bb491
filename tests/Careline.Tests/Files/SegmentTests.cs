using System.Security.Cryptography;
using Careline.Files.Keeping;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Files;

/// <summary>The form of what is kept: any content of any size comes back, from any place; anything else does not open.</summary>
public sealed class SegmentTests
{
    private const string Blob = "0123456789abcdef";

    private static readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private static readonly Gen<int> _sizes = Gen.OneOf(
        Gen.Choose(0, 300), Gen.Choose(65_530, 65_542), Gen.Choose(131_068, 131_076), Gen.Choose(0, 400_000));

    [Fact]
    public void Any_content_comes_back_whole_and_from_any_place()
    {
        var cases = from size in _sizes from start in Gen.Choose(0, 400_000) from length in Gen.Choose(1, 140_000) from step in Gen.Choose(1, 100_000) select (size, start, length, step);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var content = ContentOf(c.size);
            var bytes = Seal(content, c.step);
            bytes.LongLength.ShouldBe(SegmentCipher.SealedLengthOf(c.size));
            using var stream = Reader(bytes, c.size);
            var whole = new MemoryStream();
            stream.CopyTo(whole, c.step);
            whole.ToArray().AsSpan().SequenceEqual(content).ShouldBeTrue();
            stream.Position = Math.Min(c.start, c.size);
            var part = new byte[Math.Min(c.length, c.size - stream.Position)];
            var at = (int)stream.Position;
            stream.ReadExactly(part);
            part.AsSpan().SequenceEqual(content.AsSpan(at, part.Length)).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void One_changed_bit_anywhere_does_not_open()
    {
        var cases = from size in Gen.Choose(1, 200_000) from at in Gen.Choose(0, int.MaxValue) from bit in Gen.Choose(0, 7) select (size, at, bit);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var bytes = Seal(ContentOf(c.size));
            bytes[c.at % bytes.Length] ^= (byte)(1 << c.bit);
            Should.Throw<CryptographicException>(() => Read(bytes, c.size));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Segments_left_out_repeated_swapped_or_cut_off_do_not_open()
    {
        const int size = (SegmentCipher.PlainBytes * 3) + 10;
        const int one = SegmentCipher.SealedBytes;
        var bytes = Seal(ContentOf(size));
        Read(bytes, size).Length.ShouldBe(size);

        Should.Throw<CryptographicException>(() => Read(bytes[..^1], size));
        Should.Throw<CryptographicException>(() => Read(bytes[..^26], size));
        Should.Throw<CryptographicException>(() => Read([.. bytes[..one], .. bytes[(2 * one)..]], size - SegmentCipher.PlainBytes));
        Should.Throw<CryptographicException>(() => Read([.. bytes[one..(2 * one)], .. bytes[..one], .. bytes[(2 * one)..]], size));
        Should.Throw<CryptographicException>(() => Read([.. bytes[..one], .. bytes[..one], .. bytes[(2 * one)..]], size));

        // Cut at a segment's end, with a row that was changed to agree: the last one was not sealed as the last.
        Should.Throw<CryptographicException>(() => Read(bytes[..(3 * one)], 3 * SegmentCipher.PlainBytes));
        Should.Throw<CryptographicException>(() => Read(bytes, size + 1));
    }

    [Fact]
    public void Another_key_or_another_name_opens_nothing()
    {
        var bytes = Seal(ContentOf(100));

        Should.Throw<CryptographicException>(() => Read(bytes, 100, key: RandomNumberGenerator.GetBytes(32)));
        Should.Throw<CryptographicException>(() => Read(bytes, 100, blob: "fedcba9876543210"));
    }

    private static byte[] ContentOf(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        return content;
    }

    private static byte[] Seal(byte[] content, int step = 50_000)
    {
        var file = new MemoryStream();
        using var sealing = new SealingStream(file, _key, Blob);
        for (var at = 0; at < content.Length; at += step)
        {
            sealing.Write(content.AsSpan(at, Math.Min(step, content.Length - at)));
        }

        sealing.CompleteAsync(CancellationToken.None).GetAwaiter().GetResult().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        return file.ToArray();
    }

    private static byte[] Read(byte[] bytes, int size, byte[]? key = null, string blob = Blob)
    {
        using var stream = new UnsealingStream(new Held(bytes), key ?? _key, blob, size);
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static UnsealingStream Reader(byte[] bytes, int size) => new(new Held(bytes), _key, Blob, size);

    // Gives a few bytes at a time, as a line does.
    private sealed class Held(byte[] bytes) : StoredBytes
    {
        public override int Read(long offset, Span<byte> buffer)
        {
            var count = (int)Math.Min(Math.Min(buffer.Length, 10_007), Math.Max(0, bytes.Length - offset));
            bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(buffer);
            return count;
        }

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken ct) => ValueTask.FromResult(Read(offset, buffer.Span));

        public override void Dispose()
        {
        }
    }
}
