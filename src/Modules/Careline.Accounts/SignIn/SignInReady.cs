using Microsoft.Extensions.Hosting;

namespace Careline.Accounts.SignIn;

/// <summary>
/// Does once, before the host listens, what the first sign-in would do alone: the look-up's queries are built and the decoy hash is made. Whoever
/// needs a query that is being built waits on a thread, so a burst of sign-ins on a fresh start (everybody comes back at once) took every
/// thread there is, and nobody else was answered for a second.
/// </summary>
internal sealed class SignInReady(IServiceScopeFactory scopes, Passwords passwords) : IHostedService
{
    private static readonly string[] _eachKindOfName = ["nobody", "nobody@example.invalid", "+2348000000000"];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        foreach (var name in _eachKindOfName)
        {
            await Login.FindAsync(db, name, cancellationToken);
        }

        await passwords.VerifyAsync(null, "nobody's", cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
