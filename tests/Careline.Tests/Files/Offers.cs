using Careline.Files.Contracts;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>What a module above does with files, in one line each.</summary>
internal static class Offers
{
    public static async Task<KeptFile> TakeInAsync(
        this TestApp app, string name, byte[] content, string? type = null, FilePurpose purpose = FilePurpose.MedicalDocument, FileOwner? owner = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFiles>().TakeInAsync(new MemoryStream(content), Of(app, name, type, purpose, owner), CancellationToken.None);
    }

    public static FileOffer Of(TestApp app, string name, string? type = null, FilePurpose purpose = FilePurpose.MedicalDocument, FileOwner? owner = null) =>
        new() { FileName = name, MediaType = type, Purpose = purpose, Owner = owner ?? new FileOwner(Ids.New(app.Now)) };

    /// <summary>Does something in a transaction of its own, as a route does.</summary>
    public static async Task InTransactionAsync(this TestApp app, Func<IFiles, Task> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await act(scope.ServiceProvider.GetRequiredService<IFiles>());
        await transaction.CommitAsync();
    }

    /// <summary>The bytes of a file; null where it does not open.</summary>
    public static async Task<byte[]?> ReadAsync(this TestApp app, Guid id, FileCopy copy = FileCopy.Original)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var reading = await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id, copy, CancellationToken.None);
        if (reading is null)
        {
            return null;
        }

        var bytes = new MemoryStream();
        await reading.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
