using Careline.Platform.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Careline.Tests.Platform;

public sealed class ErrorAnswersTests
{
    /// <summary>PostgreSQL lets nobody in with whatever code it has at hand; in a statement the same code is a fault of ours.</summary>
    [Theory]
    [InlineData("FATAL", 503)]
    [InlineData("PANIC", 503)]
    [InlineData("ERROR", 500)]
    public void A_connection_that_is_turned_away_is_no_fault_of_the_request(string severity, int status) =>
        new ErrorAnswers(_ => Task.CompletedTask, [], NullLogger<ErrorAnswers>.Instance)
            .Understand(new PostgresException("could not write init file", severity, severity, "XX000")).Status.ShouldBe(status);
}
