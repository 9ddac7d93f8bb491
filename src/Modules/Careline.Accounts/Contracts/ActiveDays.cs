namespace Careline.Accounts.Contracts;

/// <summary>On which days people were here: <c>accounts.active_day_rows</c>, for figures.</summary>
public static class ActiveDays
{
    /// <summary>For how many days back it is kept of whom.</summary>
    public const int KeptDays = 400;
}
