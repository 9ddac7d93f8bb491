using Careline.Accounts.Contracts;
using Careline.Platform.Security;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.DataProtection;

namespace Careline.Host.Portal;

// What the portal needs of the house: it knows neither the database nor the key ring.
internal static class PortalKeeping
{
    public static void AddPortalKeeping(this IServiceCollection services)
    {
        services.AddSingleton<IKeptSessions, KeptSessions>();
        services.AddSingleton<IDataProtectionProvider>(provider => new KeyRingProtection(new Lazy<FieldCipher>(provider.GetRequiredService<FieldCipher>), "protected"));
    }

    private sealed class KeptSessions(IServiceScopeFactory scopes) : IKeptSessions
    {
        public async Task<byte[]?> FindAsync(byte[] name, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            return await Kept(scope).FindAsync(name, ct);
        }

        public async Task KeepAsync(byte[] name, byte[] content, DateTimeOffset until, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            await Kept(scope).KeepAsync(name, content, until, ct);
        }

        public async Task ForgetAsync(byte[] name, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            await Kept(scope).ForgetAsync(name, ct);
        }

        private static IBrowserSessions Kept(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IBrowserSessions>();
    }

    // The framework protects by keys of its own in files of one machine; here all hosts of an installation share those of the key ring, which turn and are kept safe already.
    // Asked for as late as can be: the pipeline is built before the schema is migrated, and what reads the database before that would read it in the owner's role for ever.
    private sealed class KeyRingProtection(Lazy<FieldCipher> cipher, string place) : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => new KeyRingProtection(cipher, $"{place}/{purpose}");

        public byte[] Protect(byte[] plaintext) => cipher.Value.Seal(Convert.ToBase64String(plaintext), place);

        public byte[] Unprotect(byte[] protectedData) => Convert.FromBase64String(cipher.Value.Open(protectedData, place));
    }
}
