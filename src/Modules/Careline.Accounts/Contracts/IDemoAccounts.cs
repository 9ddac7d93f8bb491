namespace Careline.Accounts.Contracts;

/// <summary>Keeps account of the demo people: which sets there are, and who belongs to them.</summary>
public interface IDemoAccounts
{
    /// <summary>Whether anybody at all has an account.</summary>
    Task<bool> AnyoneAsync(CancellationToken ct);

    /// <summary>The set of a scale, or null where it was never begun.</summary>
    Task<DemoSet?> FindSetAsync(string scale, CancellationToken ct);

    /// <summary>Begins a set, or answers when it was begun.</summary>
    Task<DemoSet> BeginSetAsync(string scale, CancellationToken ct);

    /// <summary>The set is whole.</summary>
    Task FinishSetAsync(string scale, CancellationToken ct);

    /// <summary>Makes demo people of accounts and gives all of them one password, hashed once: everybody may know it, and Development alone takes it.</summary>
    Task MarkAsync(IReadOnlyCollection<Guid> accountIds, string password, CancellationToken ct);

    /// <summary>The hash for all accounts of a set that is not made one by one.</summary>
    Task<string> HashAsync(string password, CancellationToken ct);
}

/// <summary>A set of demo people.</summary>
public sealed class DemoSet
{
    /// <summary>When its making was begun.</summary>
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>When it was whole; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
