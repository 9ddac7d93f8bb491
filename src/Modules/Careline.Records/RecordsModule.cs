using Careline.Files.Contracts;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Records.MedicalFiles;
using Careline.Records.Notices;
using Careline.Records.Privacy;
using Careline.Records.Sharing;
using Careline.Records.Uploads;

namespace Careline.Records;

/// <summary>Documents of patients' records and their sharing.</summary>
public static class RecordsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.AddModule("Records", 7, typeof(RecordsModule).Assembly);
        services.AddValidation();
        services.AddOptions<RecordsOptions>().BindConfiguration("Records")
            .Validate(
                options => options is { RemovedKeptDays: >= 0 and <= 3650, ClinicalKeptYears: >= 0 and <= 100 },
                "Records__RemovedKeptDays must be between 0 and 3650, Records__ClinicalKeptYears between 0 and 100.")
            .ValidateOnStart();
        services.AddScoped<UploadDesk>();
        services.AddScoped<Uploading>();
        services.AddSingleton<IRecurringJob, ForgetUploads>();
        services.AddHandler<FileFoundInfected, OnFileFoundInfected>();
        services.AddScoped<IPersonalRecords, DocumentRecords>();
        services.AddSealedColumn("records.pending_uploads", "partial_id", "about");
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapRecords(this IEndpointRouteBuilder app)
    {
        var files = app.MapApi("/api/medical-files", "Documents");
        ListMedicalFiles.Map(files);
        UploadMedicalFile.Map(files);
        GetMedicalFile.Map(files);
        ReplaceMedicalFile.Map(files);
        RemoveMedicalFile.Map(files);
        DownloadMedicalFile.Map(files);
        DownloadPacket.Map(files);
        MedicalFileVersions.Map(files);
        ShareMedicalFile.Map(files);
        ListShares.Map(files);
        OpenSharedFile.Map(files);
        ResumableUploads.Map(files);

        var records = app.MapApi("/api/records", "Documents");
        ListMedicalFiles.MapOwn(records);
        UploadMedicalFile.MapOwn(records);

        var patients = app.MapApi("/api/patients", "Patients");
        ListMedicalFiles.MapOfPatient(patients);
        UploadMedicalFile.MapOfPatient(patients);
    }
}
