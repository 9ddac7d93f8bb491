using System.Text.Json;
using Careline.Platform.Events;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>
/// The one database context: every module's mappings, one transaction per request. Contexts are pooled; what belongs to a scope is set when
/// one is taken from the pool (<see cref="Enter"/>).
/// </summary>
public sealed class CarelineDb(DbContextOptions<CarelineDb> options) : DbContext(options)
{
    private ScopeParts? _scope;

    /// <summary>The application's time; no SQL asks the database for it.</summary>
    public DateTimeOffset Now => Scope.Clock.GetUtcNow();

    /// <summary>The application's clock.</summary>
    public TimeProvider Clock => Scope.Clock;

    private ScopeParts Scope => _scope ?? throw new InvalidOperationException("The context was not taken from a scope.");

    /// <summary>A new version-7 key.</summary>
    public Guid NewId() => Ids.New(Scope.Clock);

    /// <summary>
    /// Announces what happened: one outbox row for each handler, written by the next save in the same transaction and delivered afterwards.
    /// </summary>
    public void Publish(object happened)
    {
        var type = happened.GetType();
        foreach (var handler in Scope.Events.HandlersOf(type))
        {
            Append(OutboxDelivery.Of(handler, JsonSerializer.Serialize(happened, type, EventRegistry.Json), Now));
            Scope.OutboxWritten = true;
        }
    }

    /// <summary>
    /// Adds a row that nothing else in this request changes: history, an audit row, a booking. The next save writes it, before what is tracked, in
    /// one round trip with its neighbours.
    /// </summary>
    public void Append(object row) => Scope.Queue.Add(RowInsert.Of(Model, row.GetType()), row);

    /// <summary>Sends a statement with the next save, before what is tracked and in the order of the calls.</summary>
    /// <param name="command">The statement, with positional parameters.</param>
    /// <param name="read">Reads its answer, placed on the first row if there is one, and may refuse; null for a statement that answers none.</param>
    public void Send(NpgsqlBatchCommand command, Action<NpgsqlDataReader>? read = null) => Scope.Queue.Add(command, read);

    /// <summary>Saves what was queued and what changed, the request's audit row with it, and raises the version of each changed row.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Scope.Trail?.BeforeSave(this);
        ChangeTracker.DetectChanges();
        var isTracking = ChangeTracker.HasChanges();
        foreach (var entry in isTracking ? ChangeTracker.Entries<IVersioned>() : [])
        {
            if (entry.State == EntityState.Modified)
            {
                var version = entry.Property(nameof(IVersioned.Version));
                version.CurrentValue = (int)version.OriginalValue! + 1;
            }
        }

        if (Scope.Queue.Count == 0)
        {
            return isTracking ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) : 0;
        }

        // Both halves of a save outside of a request's transaction are one.
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var saved = await SendAsync(cancellationToken);
        if (isTracking)
        {
            saved += await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return saved;
    }

    /// <summary>Sends what is queued now, within the present transaction, and saves nothing else.</summary>
    public async Task<int> SendAsync(CancellationToken ct)
    {
        var sent = Scope.Queue.Count;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection());
        var readers = Scope.Queue.MoveTo(batch);
        await using var answers = await batch.ExecuteReaderAsync(ct);
        foreach (var read in readers)
        {
            await answers.ReadAsync(ct);
            read(answers);
            await answers.NextResultAsync(ct);
        }

        // An error of a later statement surfaces only when its answer is reached.
        while (await answers.NextResultAsync(ct))
        {
        }

        return sent;
    }

    /// <summary>Drops everything that is not saved yet.</summary>
    public void Forget()
    {
        ChangeTracker.Clear();
        Scope.Queue.Clear();
    }

    /// <summary>Does something in this process once the present transaction has committed; nothing when it rolls back.</summary>
    public void AfterCommit(Action act) => Scope.AfterCommit.Add(act);

    internal void Ended(bool committed)
    {
        if (committed)
        {
            Scope.Recent.Forget();
            Scope.AfterCommit.ForEach(act => act());
            WakeOutbox();
        }

        Scope.AfterCommit.Clear();
        Scope.OutboxWritten = false;
    }

    private void WakeOutbox()
    {
        if (Scope.OutboxWritten)
        {
            Scope.OutboxWritten = false;
            Scope.Events.Wake();
        }
    }

    internal CarelineDb Enter(TimeProvider clock, EventRegistry events, RecentAnswers recent, IRequestTrail? trail)
    {
        _scope = new ScopeParts(clock, events, recent, trail);

        // A failed save ends its whole transaction here: a savepoint around each would be two round trips for nothing.
        Database.AutoSavepointsEnabled = false;

        // The save looks for changes itself, once.
        ChangeTracker.AutoDetectChangesEnabled = false;
        return this;
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove<Microsoft.EntityFrameworkCore.Metadata.Conventions.ForeignKeyIndexConvention>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CarelineDb).Assembly);
        foreach (var module in Options().Modules)
        {
            modelBuilder.ApplyConfigurationsFromAssembly(module.Assembly);
        }

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
        {
            Name(property);
            ConvertEnum(property);
            if (property.Name == nameof(IVersioned.Version) && property.ClrType == typeof(int))
            {
                property.IsConcurrencyToken = true;
            }
        }
    }

    private static void Name(IMutableProperty property) => property.SetColumnName(SnakeCase.Of(property.Name));

    private static void ConvertEnum(IMutableProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && property.GetValueConverter() is null)
        {
            property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(EnumTextConverter<>).MakeGenericType(type))!);
            property.SetColumnType("text");
        }
    }

    private ModulesExtension Options() => this.GetModules();

    private sealed class EnumTextConverter<T>() : ValueConverter<T, string>(v => EnumText<T>.Of(v), s => Parse(s))
        where T : struct, Enum
    {
        private static T Parse(string text) =>
            EnumText<T>.TryParse(text, out var value) ? value : throw new InvalidOperationException($"'{text}' is no {typeof(T).Name}.");
    }

    private sealed class ScopeParts(TimeProvider clock, EventRegistry events, RecentAnswers recent, IRequestTrail? trail)
    {
        public TimeProvider Clock { get; } = clock;

        public EventRegistry Events { get; } = events;

        public RecentAnswers Recent { get; } = recent;

        public IRequestTrail? Trail { get; } = trail;

        public bool OutboxWritten { get; set; }

        public SaveQueue Queue { get; } = new();

        public List<Action> AfterCommit { get; } = [];
    }
}
