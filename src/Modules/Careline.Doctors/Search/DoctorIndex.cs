using Careline.Clinics.Contracts;
using Careline.Doctors.Doctors;
using Careline.Platform.Data;
using Careline.Platform.Signals;
using Careline.Platform.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Doctors.Search;

/// <summary>
/// Keeps the catalogue of listed doctors. The tables are the truth: it is loaded from them in the background, told by the database of each doctor that
/// changed on any host, and made anew whenever a signal may have been missed. What this host committed is in it before the next question is
/// answered. While it cannot be trusted it answers nothing, and the tables do.
/// </summary>
internal sealed partial class DoctorIndex : BackgroundService
{
    /// <summary>The topic under which triggers name doctors that changed; <see cref="Everybody"/> stands for more than can be named.</summary>
    private const string Topic = "doctor";
    private const string Everybody = "*";

    private readonly SignalLine _signals;
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<DoctorIndex> _log;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0);
    private HashSet<Guid> _changed = [];
    private DoctorCatalogue? _catalogue;
    private long _heard;
    private long _owed;
    private long _applied;
    private int _epoch;
    private int _loadedEpoch = -1;

    public DoctorIndex(SignalLine signals, NpgsqlDataSource database, TimeProvider clock, ILogger<DoctorIndex> log)
    {
        (_signals, _database, _clock, _log) = (signals, database, clock, log);
        signals.Lost += Distrust;
        signals.Subscribe(Topic, key => Hear(key == Everybody ? null : key.Split(',').Select(Guid.Parse)));
        signals.Subscribe(ClinicSignals.Topic, key => HearOfClinic(Guid.Parse(key)));
    }

    /// <summary>Whether what it holds is what the tables held when the last signal came.</summary>
    public bool IsTrusted => _signals.IsUp && Volatile.Read(ref _loadedEpoch) == Volatile.Read(ref _epoch);

    /// <summary>A page of the list; null when the tables have to be asked.</summary>
    public async ValueTask<Page<DoctorResponse>?> AnswerAsync(DoctorQuestion question, ListQuery page, CancellationToken ct) =>
        (await CurrentAsync(ct))?.Answer(question, page, _clock.GetUtcNow());

    /// <summary>Everybody listed, with all that this host committed; null when the tables have to be asked.</summary>
    public async ValueTask<DoctorCatalogue?> CurrentAsync(CancellationToken ct) =>
        !IsTrusted || (Volatile.Read(ref _applied) < Volatile.Read(ref _owed) && !await CaughtUpAsync(ct)) ? null : _catalogue;

    /// <summary>Doctors change with the context's transaction: whoever asks this host after it is answered by what they are then.</summary>
    public void Follow(CarelineDb db, params IEnumerable<Guid> doctorIds)
    {
        if (db.Database.CurrentTransaction is null)
        {
            Owe(doctorIds);
        }
        else
        {
            db.AfterCommit(() => Owe(doctorIds));
        }
    }

    /// <summary>The same for a change of so many that nobody counts them.</summary>
    public void FollowAll(CarelineDb db) => db.AfterCommit(Distrust);

    /// <summary>Brings the index to what the tables hold now, loading it where it must be.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _loadedEpoch) != Volatile.Read(ref _epoch))
        {
            await LoadAsync(ct);
        }

        await RefreshAsync(ct);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stoppingToken);
                while (_wake.Wait(0, CancellationToken.None))
                {
                }

                await CatchUpAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(_log, error.GetType().Name);
                await Task.Delay(1000, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _wake.Release();
            }
        }
    }

    private async Task<bool> CaughtUpAsync(CancellationToken ct)
    {
        try
        {
            await RefreshAsync(ct);
            return IsTrusted;
        }
        catch (NpgsqlException error)
        {
            // What the tables cannot say either is their answer's business.
            LogFailed(_log, error.GetType().Name);
            return false;
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            // Whatever changes from here on is signalled, and read once more.
            var (epoch, heard) = (Volatile.Read(ref _epoch), TakeChanged().Heard);
            var rows = new DoctorRows(_database);
            var terms = await rows.TermsAsync(ct);
            var catalogue = new DoctorCatalogue(await rows.ReadAsync(null, ct), terms);
            Volatile.Write(ref _catalogue, catalogue);
            Volatile.Write(ref _applied, heard);
            Volatile.Write(ref _loadedEpoch, epoch);
            LogLoaded(_log, catalogue.Count);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            if (_catalogue is not { } catalogue || _loadedEpoch != Volatile.Read(ref _epoch))
            {
                return;
            }

            var (ids, heard) = TakeChanged();
            try
            {
                if (ids.Length > 0 && !catalogue.Replace(ids, await new DoctorRows(_database).ReadAsync(ids, ct)))
                {
                    Distrust();
                    return;
                }
            }
            catch
            {
                Hear(ids);
                throw;
            }

            Volatile.Write(ref _applied, heard);
        }
        finally
        {
            _reading.Release();
        }
    }

    private (Guid[] Ids, long Heard) TakeChanged()
    {
        lock (_gate)
        {
            Guid[] ids = [.. _changed];
            _changed = [];
            return (ids, _heard);
        }
    }

    private void Owe(IEnumerable<Guid> doctorIds)
    {
        lock (_gate)
        {
            _changed.UnionWith(doctorIds);
            _owed = ++_heard;
        }

        _wake.Release();
    }

    private void Hear(IEnumerable<Guid>? doctorIds)
    {
        if (doctorIds is null)
        {
            Distrust();
            return;
        }

        lock (_gate)
        {
            _changed.UnionWith(doctorIds);
            _heard++;
        }

        _wake.Release();
    }

    private void HearOfClinic(Guid clinicId)
    {
        // A load that is under way may have read the clinic before.
        Hear(Volatile.Read(ref _catalogue) is { } catalogue && Volatile.Read(ref _loadedEpoch) == Volatile.Read(ref _epoch) ? catalogue.AtClinic(clinicId) : null);
    }

    /// <summary>Something may have been missed: the tables answer until everybody is loaded anew.</summary>
    public void Distrust()
    {
        Interlocked.Increment(ref _epoch);
        _wake.Release();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Index of doctors loaded: {Count}")]
    private static partial void LogLoaded(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Index of doctors is behind: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
