using Careline.Files.Checking;
using Careline.Files.Intake;
using Careline.Files.Keeping;
using Careline.Files.Links;
using Careline.Files.Partials;
using Careline.Files.Pictures;
using Careline.Files.Privacy;
using Careline.Files.Scanning;
using Careline.Files.Sweeping;
using Careline.Files.Working;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Careline.Files;

/// <summary>Takes files in safely and keeps them encrypted.</summary>
public static class FilesModule
{
    /// <summary>Whether this machine has what makes smaller copies of pictures.</summary>
    public static bool CanShrinkPictures => new PictureProgram().IsThere;

    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration settings)
    {
        services.AddModule("Files", 1, typeof(FilesModule).Assembly);
        services.AddFigures(
            "files",
            $"""
            SELECT 'files' AS "Name", count(*) AS "Value" FROM files.files WHERE destroyed_at IS NULL
            UNION ALL SELECT 'bytes', coalesce(sum(size), 0)::bigint FROM files.files WHERE destroyed_at IS NULL
            """);
        services.AddOptions<FilesOptions>().Bind(settings.GetSection("Files"))
            .Validate(
                options => options.Folder is { Length: > 0 } || options.S3.Bucket is { Length: > 0 },
                "Uploaded files have no place: set Files__Folder, or CARELINE_DATA, or Files__S3__Bucket.")
            .Validate(
                options => options.Scanner.Address is not { Length: > 0 } address || ScannerSettings.Parse(address) is not null,
                "Files__Scanner__Address must be unix:/path/to/clamd.ctl or tcp:host:port.")
            .Validate(
                options => options is { DocumentBytes: > 0, PictureBytes: > 0, PaperBytes: > 0, PersonBytes: > 0, ClinicBytes: > 0, Scanner.TimeoutSeconds: > 0 },
                "The sizes and times of Files must be above 0.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FilesOptions>>().Value);
        services.AddRingKey(FileLinks.KeyName);
        services.AddSealedColumn("files.files", "id", "key");
        services.AddSealedColumn("files.copies", "id", "key");
        services.AddSealedColumn("files.partials", "id", "key");
        services.AddSealedColumn("files.partials", "id", "offer");
        services.AddSingleton<Spool>();
        services.TryAddSingleton<IFileStore>(provider => provider.GetRequiredService<FilesOptions>() is { S3.Bucket.Length: > 0 } options
            ? new BucketStore(options.S3) : new FolderStore(provider.GetRequiredService<FilesOptions>().Folder!));
        services.AddSingleton<FileLedger>();
        services.AddSingleton<TakeIn>();
        services.AddSingleton<Making>();
        services.AddScoped<IFiles, FileKeeper>();
        services.AddScoped<IPartialFiles, PartialFiles>();
        services.AddSingleton<IFileLinks, FileLinks>();
        services.AddSingleton<IFileCheck, FileCheck>();
        services.AddScoped<IPersonalRecords, FileRecords>();

        services.AddSingleton(provider => ScannerSettings.Of(provider.GetRequiredService<FilesOptions>().Scanner));
        services.AddSingleton<Clamd>();
        services.AddSingleton<PictureProgram>();
        services.AddSingleton<WorkBell>();
        services.AddScoped<FileWork>();
        services.AddSingleton<FileWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<FileWorker>());
        services.AddSingleton<IRecurringJob, SweepFiles>();
        services.AddSingleton<IRecurringJob, SweepStore>();
        return services;
    }
}
