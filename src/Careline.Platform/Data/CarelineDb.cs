using System.Text.Json;
using Careline.Platform.Events;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

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
            Add(OutboxDelivery.Of(handler, JsonSerializer.Serialize(happened, type, EventRegistry.Json), Now));
            Scope.OutboxWritten = true;
        }
    }

    /// <summary>Saves what changed, the request's audit row with it, and raises the version of each changed row.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        Scope.Trail?.BeforeSave(this);
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State == EntityState.Modified)
            {
                var version = entry.Property(nameof(IVersioned.Version));
                version.CurrentValue = (int)version.OriginalValue! + 1;
            }
        }

        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (Scope.OutboxWritten && Database.CurrentTransaction is null)
        {
            WakeOutbox();
        }

        return saved;
    }

    /// <summary>Does something in this process once the present transaction has committed; nothing when it rolls back.</summary>
    public void AfterCommit(Action act) => Scope.AfterCommit.Add(act);

    internal void Ended(bool committed)
    {
        if (committed)
        {
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

    internal CarelineDb Enter(TimeProvider clock, EventRegistry events, IRequestTrail? trail)
    {
        _scope = new ScopeParts(clock, events, trail);

        // A failed save ends its whole transaction here: a savepoint around each would be two round trips for nothing.
        Database.AutoSavepointsEnabled = false;
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

    private sealed class ScopeParts(TimeProvider clock, EventRegistry events, IRequestTrail? trail)
    {
        public TimeProvider Clock { get; } = clock;

        public EventRegistry Events { get; } = events;

        public IRequestTrail? Trail { get; } = trail;

        public bool OutboxWritten { get; set; }

        public List<Action> AfterCommit { get; } = [];
    }
}
