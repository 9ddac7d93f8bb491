using Careline.Clinics.Contracts;
using Careline.Doctors.Doctors;
using Careline.Finding.Contracts;
using Careline.Platform.Signals;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Doctors.Search;

/// <summary>Keeps the catalogue of listed doctors, who change with their clinics too.</summary>
internal sealed class DoctorIndex : KeptIndex<DoctorCatalogue>
{
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;

    public DoctorIndex(SignalLine signals, NpgsqlDataSource database, TimeProvider clock, ILogger<DoctorIndex> log)
        : base(signals, "doctor", log)
    {
        (_database, _clock) = (database, clock);
        signals.Subscribe(ClinicSignals.Topic, key => Hear(Loaded()?.AtClinic(Guid.Parse(key))));
    }

    /// <summary>A page of the list; null when the tables have to be asked.</summary>
    public async ValueTask<Page<DoctorResponse>?> AnswerAsync(DoctorQuestion question, ListQuery page, CancellationToken ct) =>
        (await CurrentAsync(ct))?.Answer(question, page, _clock.GetUtcNow());

    protected override async Task<DoctorCatalogue> ReadAsync(CancellationToken ct)
    {
        var rows = new DoctorRows(_database);
        var terms = await rows.TermsAsync(ct);
        return new DoctorCatalogue(await rows.ReadAsync(null, ct), terms);
    }

    protected override async Task<bool> RereadAsync(DoctorCatalogue catalogue, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        catalogue.Replace(ids, await new DoctorRows(_database).ReadAsync([.. ids], ct));
}
