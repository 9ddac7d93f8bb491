using Careline.Files.Contracts;
using Careline.Files.Formats;
using Careline.Files.Pictures;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>Smaller copies of pictures, where the machine has the program that makes them.</summary>
public sealed class PictureCopyTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_large_picture_gets_a_thumbnail_and_a_copy_for_screens()
    {
        SkipWithoutProgram();
        var kept = await app.TakeInAsync("a.png", Samples.Png(2400, 1200));

        await Eventually.HoldsAsync(async () => await DoneAsync(kept.Id));

        (await SizeAsync(kept.Id, FileCopy.Thumbnail)).ShouldBe((256, 128));
        (await SizeAsync(kept.Id, FileCopy.Screen)).ShouldBe((1600, 800));
        (await app.LookAsync(db => db.Set<FileRow>().SingleAsync(f => f.Id == kept.Id))).HasThumbnail.ShouldBeTrue();
    }

    [Fact]
    public async Task A_picture_that_was_cleaned_is_still_one_and_the_right_way_up()
    {
        SkipWithoutProgram();

        // 64 x 32, black, made by libvips; then what a camera adds that was held upright.
        var plain = Convert.FromBase64String(
            "/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAgAEABAREA/8QAFQAB"
            + "AQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJkAAAAAAAAAAf/Z");
        byte[] notes = [.. "Exif\0\0"u8, .. Samples.CameraNotes(6)];
        var kept = await app.TakeInAsync("a.jpg", [.. plain[..2], 0xFF, 0xE1, 0, (byte)(notes.Length + 2), .. notes, .. plain[2..]]);

        await Eventually.HoldsAsync(async () => await DoneAsync(kept.Id));

        kept.Size.ShouldBeLessThan(plain.Length + notes.Length);
        (await SizeAsync(kept.Id, FileCopy.Thumbnail)).ShouldBe((32, 64));
    }

    [Fact]
    public async Task What_is_no_picture_or_cannot_be_decoded_has_none_and_is_kept()
    {
        SkipWithoutProgram();
        var (letter, damaged) = (await app.TakeInAsync("a.txt", Samples.Text()), await app.TakeInAsync("a.jpg", Samples.Jpeg()));

        await Eventually.HoldsAsync(async () => (int)(await app.SqlAsync("SELECT work_tries FROM files.files WHERE id = $1", damaged.Id))! > 0);

        foreach (var file in new[] { letter, damaged })
        {
            (await app.ReadAsync(file.Id, FileCopy.Thumbnail)).ShouldBeNull();
            (await app.ReadAsync(file.Id, FileCopy.Screen)).ShouldBe(await app.ReadAsync(file.Id));
        }
    }

    private async Task<bool> DoneAsync(Guid id) => await app.SqlAsync("SELECT work_due_at FROM files.files WHERE id = $1", id) is DBNull;

    // Width and height as the copy's own header has them.
    private async Task<(int Width, int Height)> SizeAsync(Guid id, FileCopy copy)
    {
        var bytes = (await app.ReadAsync(id, copy))!;
        Webp.Begins(bytes).ShouldBeTrue();
        Webp.Clean(new MemoryStream(bytes), Stream.Null);
        if (bytes[15] == 'X')
        {
            return (1 + bytes[24] + (bytes[25] << 8), 1 + bytes[27] + (bytes[28] << 8));
        }

        return ((bytes[26] | (bytes[27] << 8)) & 0x3FFF, (bytes[28] | (bytes[29] << 8)) & 0x3FFF);
    }

    private void SkipWithoutProgram()
    {
        if (!app.Services.GetRequiredService<PictureProgram>().IsThere)
        {
            Assert.Skip("vipsthumbnail is not installed.");
        }
    }
}
