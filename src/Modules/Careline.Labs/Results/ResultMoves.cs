namespace Careline.Labs.Results;

/// <summary>Which states may follow which.</summary>
internal static class ResultMoves
{
    public static bool Allows(ResultState from, ResultState to) => (from, to) switch
    {
        (ResultState.Preliminary, _) => true,
        (ResultState.Final or ResultState.Corrected, ResultState.Corrected or ResultState.Cancelled) => true,
        _ => false,
    };
}
