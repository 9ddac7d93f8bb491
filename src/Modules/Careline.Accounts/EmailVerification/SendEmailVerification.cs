using Careline.Accounts.Accounts;
using Careline.Accounts.Recovery;
using Careline.Platform.Delivery;

namespace Careline.Accounts.EmailVerification;

/// <summary>A mail is on its way.</summary>
/// <param name="ExpiresIn">Seconds for which its token serves.</param>
public sealed record EmailVerificationSent(int ExpiresIn);

internal static class SendEmailVerification
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/verify-email/send/", Handle)
        .Named("SendEmailVerification", "Mails a token that shows the address to be one's own.").ForSignedIn();

    private static async Task<Answer<EmailVerificationSent>> Handle(
        HttpRequest http, Actor actor, CarelineDb db, Postbox post, Phrases phrases, CancellationToken ct)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.AccountId, ct);
        var since = db.Now - _pause;
        if (account.Email is null)
        {
            throw new RuleViolation("NO_EMAIL", "The account has no e-mail address.");
        }

        if (await db.Set<MailedToken>().AnyAsync(
            t => t.AccountId == account.Id && t.Purpose == TokenPurpose.EmailVerification && t.UsedAt == null && t.CreatedAt > since, ct))
        {
            throw new RateLimited((int)_pause.TotalSeconds);
        }

        Post(db, post, phrases, http.Languages(), account);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new EmailVerificationSent((int)MailedToken.Life.TotalSeconds), "A mail is on its way.");
    }

    /// <summary>Posts the mail with the caller's save.</summary>
    public static void Post(CarelineDb db, Postbox post, Phrases phrases, IReadOnlyList<string> languages, Account account)
    {
        var (token, text) = MailedToken.Issue(account.Id, TokenPurpose.EmailVerification, account.Email!, db.Now);
        db.Append(token);
        var mail = phrases.Say("accounts.confirm_email", languages, ("token", text));
        post.Mail(account.Email!, mail.Subject, mail.Text, MailedToken.Life);
    }
}
