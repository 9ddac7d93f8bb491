using Careline.Files.Contracts;
using Careline.Files.Intake;
using Careline.Files.Keeping;
using Careline.Files.Scanning;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Files;

/// <summary>Takes files in safely and keeps them encrypted.</summary>
public static class FilesModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration settings)
    {
        services.AddModule("Files", 1, typeof(FilesModule).Assembly);
        services.AddOptions<FilesOptions>().Bind(settings.GetSection("Files"));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FilesOptions>>().Value);
        services.AddSealedColumn("files.files", "id", "key");
        services.AddSealedColumn("files.copies", "id", "key");
        services.AddSealedColumn("files.partials", "id", "key");
        services.AddSealedColumn("files.partials", "id", "offer");
        services.AddSingleton(new ScannerSettings(false));
        services.AddSingleton<Spool>();
        services.AddSingleton<IFileStore>(provider => new FolderStore(provider.GetRequiredService<FilesOptions>().FolderOrDefault));
        services.AddSingleton<FileLedger>();
        services.AddSingleton<TakeIn>();
        services.AddScoped<IFiles, FileKeeper>();
        return services;
    }
}
