using Careline.Accounts.Accounts;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Recovery;

/// <summary>Asks for a way back in.</summary>
/// <param name="Email">The address of the account.</param>
public sealed record RequestPasswordResetRequest([Required, MaxLength(254)] string Email);

/// <summary>Says the same of every address.</summary>
/// <param name="ExpiresIn">Seconds for which a mailed token serves.</param>
public sealed record PasswordResetRequested(int ExpiresIn);

/// <summary>Known or not, an address gets the same answer; three mails an hour, so that nobody's mailbox is flooded.</summary>
internal static class RequestPasswordReset
{
    private const int MostAnHour = 3;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/password-reset/", Handle)
        .Named("RequestPasswordReset", "Mails a token for setting a new password, if there is such an account.")
        .ForAnyone("Whoever forgot the password cannot sign in.").LimitedAsAuth(countsSuccess: true);

    private static async Task<Answer<PasswordResetRequested>> Handle(
        RequestPasswordResetRequest request, HttpRequest http, CarelineDb db, Postbox post, Phrases phrases, IOptionsMonitor<RateLimitOptions> limits,
        CancellationToken ct)
    {
        var email = AccountNames.Normalize(request.Email);
        var account = await db.Set<Account>().FirstOrDefaultAsync(a => a.NormalizedEmail == email && a.Status == AccountStatus.Active && !a.IsDemo, ct);
        if (account is not null && (!limits.CurrentValue.Enabled || await SentAsync(db, account.Id, ct) < MostAnHour))
        {
            var (token, text) = MailedToken.Issue(account.Id, TokenPurpose.PasswordReset, account.Email!, db.Now);
            db.Append(token);
            var mail = phrases.Say("accounts.password_reset", http.Languages(), ("token", text));
            post.Mail(account.Email!, mail.Subject, mail.Text, MailedToken.Life);
            await db.SaveChangesAsync(ct);
        }

        return Answer.Ok(new PasswordResetRequested((int)MailedToken.Life.TotalSeconds), "If there is such an account, a mail is on its way.");
    }

    private static Task<int> SentAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        var since = db.Now.AddHours(-1);
        return db.Set<MailedToken>().CountAsync(t => t.AccountId == accountId && t.Purpose == TokenPurpose.PasswordReset && t.CreatedAt > since, ct);
    }
}
