using Careline.Accounts.Accounts;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;

namespace Careline.Accounts.Passkeys;

/// <summary>A device's new key.</summary>
/// <param name="ChallengeId">The question that it answers.</param>
/// <param name="Credential">What <c>navigator.credentials.create</c> gave, by toJSON.</param>
/// <param name="Name">What its owner calls the device.</param>
public sealed record RegisterPasskeyRequest(Guid ChallengeId, JsonElement Credential, [MaxLength(100)] string? Name = null);

/// <summary>A passkey of the caller.</summary>
/// <param name="Id">The passkey.</param>
/// <param name="Name">What its owner calls the device.</param>
/// <param name="IsBackedUp">The device's maker keeps a copy, so that it survives the device.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LastUsedAt">When it last signed in.</param>
public sealed record PasskeyResponse(Guid Id, string Name, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>A passkey that was registered.</summary>
/// <param name="Passkey">The passkey.</param>
/// <param name="RecoveryCodes">With the first second factor: ten ways in for when the device is lost, shown this once.</param>
public sealed record PasskeyRegistered(
    PasskeyResponse Passkey, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? RecoveryCodes);

internal static class OwnPasskeys
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/passkeys/options/", Ask).Named("AskToRegisterPasskey", "What a device needs to make a passkey.").ForSignedIn().RequiresRecentSignIn()
            .WithoutSecondFactor();
        routes.MapPost("/passkeys/", Register).Named("RegisterPasskey", "Registers a passkey, which from then on signs in and serves as second factor.")
            .ForSignedIn().RequiresRecentSignIn().WithoutSecondFactor().WithOwnTransaction();
        routes.MapGet("/passkeys/", List).Named("ListPasskeys", "The caller's passkeys, the latest first.").ForSignedIn().WithoutSecondFactor();
        routes.MapDelete("/passkeys/{id:guid}/", Remove).Named("RemovePasskey", "Makes a passkey worthless.").ForSignedIn().RequiresRecentSignIn()
            .VisibleAs<Passkey>();
    }

    private static async Task<Answer<PasskeyQuestion>> Ask(Actor actor, HttpContext http, CarelineDb db, PasskeyQuestions questions, CancellationToken ct)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.AccountId, ct);
        var question = await questions.AskToRegisterAsync(account, http);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(question, "Ask the device.");
    }

    private static async Task<CreatedAnswer<PasskeyRegistered>> Register(
        RegisterPasskeyRequest request, Actor actor, HttpContext http, CarelineDb db, PasskeyQuestions questions, SessionCache sessions, SignInNotice notice,
        AuditTrail trail, CancellationToken ct)
    {
        var proven = await questions.RegisterAsync(request.ChallengeId, actor.AccountId, request.Credential, http, ct)
            ?? throw new InvalidInput("credential", "Was not accepted. Ask for a new question and try again.");
        if (await db.Set<Passkey>().CountAsync(p => p.AccountId == actor.AccountId, ct) >= Passkey.MostPerAccount)
        {
            throw new RuleViolation("TOO_MANY_PASSKEYS", "Remove a passkey before you register another.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isFirst = !await SecondFactor.IsOnAsync(db, actor.AccountId, ct);
        var passkey = Passkey.Register(actor.AccountId, request.Name is { Length: > 0 } name ? name : "Passkey", proven, db.Now);
        db.Append(passkey);
        var codes = isFirst ? await SecondFactor.IssueRecoveryCodesAsync(db, actor.AccountId, ct) : null;
        trail.About("passkey", passkey.Id).Changed("second_factor");
        await notice.TellAsync(actor.AccountId, "accounts.passkey_added", ct);
        await db.SaveChangesAsync(ct);
        await sessions.RenewAsync(db, actor.AccountId, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(
            new PasskeyRegistered(new PasskeyResponse(passkey.Id, passkey.Name, passkey.IsBackedUp, passkey.CreatedAt, passkey.LastUsedAt), codes), "Registered.");
    }

    private static async Task<PageAnswer<PasskeyResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        query.Ordering("-created_at");
        var own = Passkey.VisibleTo(db, actor);
        foreach (var pattern in query.SearchPatterns)
        {
            own = own.Where(p => EF.Functions.ILike(p.Name, pattern, @"\"));
        }

        return Answer.Page(await query.PageAsync(
            own.OrderByDescending(p => p.CreatedAt).ThenBy(p => p.Id), p => new PasskeyResponse(p.Id, p.Name, p.IsBackedUp, p.CreatedAt, p.LastUsedAt), ct));
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Actor actor, CarelineDb db, SessionCache sessions, SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        if (await Passkey.VisibleTo(db, actor).Where(p => p.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            throw new NotFound();
        }

        await SecondFactor.DropRecoveryCodesIfLastAsync(db, actor.AccountId, ct);
        trail.About("passkey", id).Changed("second_factor");
        await notice.TellAsync(actor.AccountId, "accounts.passkey_removed", ct);
        await db.SaveChangesAsync(ct);
        await sessions.RenewAsync(db, actor.AccountId, ct);
        return Answer.Deleted();
    }
}
