using Careline.Accounts.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.SignIn;

/// <summary>
/// Hashes and checks passwords (PBKDF2-HMAC-SHA512). A hash costs a fifth of a second of a core, so only so many run at once and wait; whoever
/// comes beyond that is told to try later, and the rest of the system goes on.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const int MostWaiting = 24;

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly PasswordHasher<Account> _hasher;
    private readonly AccountsOptions _options;
    private readonly Lazy<string> _decoy;
    private int _waiting;

    public Passwords(IOptions<AccountsOptions> options)
    {
        _options = options.Value;
        _hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = _options.PasswordIterations }));
        _decoy = new Lazy<string>(() => _hasher.HashPassword(null!, "nobody's password"));
    }

    /// <summary>Refuses a password that is too short or says what everybody guesses first; any character is welcome.</summary>
    /// <exception cref="InvalidInput">It may not be used.</exception>
    public void Check(string password, string field, params string?[] names)
    {
        if (FaultOf(password, names) is { } fault)
        {
            throw new InvalidInput(field, fault);
        }
    }

    /// <summary>Why it may not be used, or null.</summary>
    public string? FaultOf(string password, params string?[] names)
    {
        if (password.EnumerateRunes().Count() < _options.PasswordMinimumLength)
        {
            return $"Use at least {_options.PasswordMinimumLength} characters.";
        }

        if (GuessablePasswords.Contains(password, names))
        {
            return "This is among the first that anybody would guess. Use a few words that only you would put together.";
        }

        return null;
    }

    public Task<string> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => _hasher.HashPassword(null!, password), ct);

    /// <summary>Whether the password fits; for an unknown account the same work is done in vain, so that time tells nothing.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken ct) => InTurnAsync(
        () => hash is null
            ? Refuse(_hasher.VerifyHashedPassword(null!, _decoy.Value, password))
            : _hasher.VerifyHashedPassword(null!, hash, password),
        ct);

    public void Dispose() => _turns.Dispose();

    private static PasswordVerificationResult Refuse(PasswordVerificationResult inVain) =>
        inVain == PasswordVerificationResult.Failed ? inVain : PasswordVerificationResult.Failed;

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new RateLimited(2);
        }

        try
        {
            await _turns.WaitAsync(ct);
            try
            {
                // On a thread of its own: on a small machine the pool has two, and everybody else's requests would share the other for half a second.
                return await Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
