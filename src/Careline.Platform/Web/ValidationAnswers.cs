namespace Careline.Platform.Web;

/// <summary>
/// Turns the framework's validation problems, whose members are named as in C#, into the error envelope. Everything that the framework would
/// write as problem details passes here.
/// </summary>
internal sealed class ValidationAnswers : IProblemDetailsService
{
    public ValueTask WriteAsync(ProblemDetailsContext context) => throw Refuse(context);

    public ValueTask<bool> TryWriteAsync(ProblemDetailsContext context) => throw Refuse(context);

    private static InvalidInput Refuse(ProblemDetailsContext context) => new(
        context.ProblemDetails is HttpValidationProblemDetails problems
            ? problems.Errors.GroupBy(e => SnakeCase.OfPath(e.Key)).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value).ToArray())
            : new Dictionary<string, string[]>());
}
