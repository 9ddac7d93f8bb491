namespace Careline.PrivateCluster;

// Something the operator can cure. The message names cause and cure in a sentence and is shown without a stack trace.
internal sealed class StartFailure(string message, int exitCode = StartFailure.Failed) : Exception(message)
{
    public const int Failed = 1;

    // sysexits.h EX_CONFIG: starting again without changing a setting cannot help, so the supervisor does not try.
    public const int Configuration = 78;

    public int ExitCode { get; } = exitCode;
}
