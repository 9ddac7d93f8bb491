using Careline.Accounts.Accounts;
using Careline.Platform.Delivery;

namespace Careline.Accounts.SignIn;

/// <summary>
/// Tells somebody that a way into their account changed, posted with the caller's save: whoever did not do it themselves learns of it in time
/// (NIST SP 800-63B, section 4.6). Where the account is reached is read from the database, so a change that is not saved yet is told to where it was before.
/// </summary>
internal sealed class SignInNotice(CarelineDb db, Postbox post, Phrases phrases, IHttpContextAccessor request)
{
    public async Task TellAsync(Guid accountId, string phrase, CancellationToken ct)
    {
        var reached = await db.Set<Account>().Where(a => a.Id == accountId).Select(a => new { a.Email, a.PhoneNumber }).SingleAsync(ct);
        var said = phrases.Say(phrase, request.HttpContext?.Request.Languages() ?? []);
        if (reached.Email is { } email)
        {
            post.Mail(email, said.Subject, said.Text);
        }
        else if (reached.PhoneNumber is { } phone)
        {
            post.Sms(phone, said.Text);
        }
    }
}
