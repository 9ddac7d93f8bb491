namespace Careline.Analytics.Figures;

/// <summary>
/// Figures of a kind, a row for each day and scope. They are counted from facts and from nothing else: the same days counted twice give the same rows, so that an event
/// which comes late, twice or never does no harm.
/// </summary>
/// <typeparam name="TSelf">The row.</typeparam>
internal interface IFigures<TSelf>
    where TSelf : class, IFigures<TSelf>
{
    /// <summary>Names the kind.</summary>
    static abstract string Name { get; }

    /// <summary>The day.</summary>
    DateOnly Day { get; }

    /// <summary>The statement that counts days from the facts: of all and of each clinic; of one doctor's work alone if one is given.</summary>
    static abstract FormattableString Counting(Stretch days, Guid? doctorId);

    /// <summary>The first day that has a fact; null where there is none.</summary>
    static abstract Task<DateOnly?> FirstDayAsync(CarelineDb db, CancellationToken ct);

    /// <summary>The last day that has a fact.</summary>
    static abstract Task<DateOnly?> LastDayAsync(CarelineDb db, CancellationToken ct);

    /// <summary>How old they may get where counting them costs much.</summary>
    static virtual TimeSpan MayBeOld => TimeSpan.Zero;

    /// <summary>For how many days back the facts are kept; null for ever. Figures of earlier days stay as they are.</summary>
    static virtual int? FactsKeptDays => null;
}
