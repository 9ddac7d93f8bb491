namespace Careline.Platform.Security;

/// <summary>A row that belongs to somebody: who may see it is a filter of the query, so that lists, counts and single reads agree.</summary>
/// <typeparam name="TSelf">The entity.</typeparam>
public interface IVisible<TSelf>
    where TSelf : class, IVisible<TSelf>
{
    /// <summary>The key that paths name.</summary>
    Guid Id { get; }

    /// <summary>The rows that the actor may see at this moment; all others do not exist for them (404).</summary>
    static abstract IQueryable<TSelf> VisibleTo(CarelineDb db, Actor actor);
}
