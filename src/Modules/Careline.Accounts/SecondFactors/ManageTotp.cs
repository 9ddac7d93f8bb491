using Careline.Accounts.Accounts;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;
using QRCoder;

namespace Careline.Accounts.SecondFactors;

/// <summary>What an authenticator app needs to know; shown this once.</summary>
/// <param name="OtpauthUri">For apps on the same device.</param>
/// <param name="Qr">The same as a picture, a PNG data URI.</param>
public sealed record TotpEnrolment(string OtpauthUri, string Qr);

/// <summary>The first code of the app: it shows that the app has the secret.</summary>
/// <param name="Code">Six digits.</param>
public sealed record ConfirmTotpRequest([Required, MaxLength(16)] string Code);

/// <summary>Ways in for when the phone is lost; shown this once.</summary>
/// <param name="RecoveryCodes">Ten, each serves once.</param>
public sealed record IssuedRecoveryCodes(IReadOnlyList<string> RecoveryCodes);

internal static class ManageTotp
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/mfa/totp/", Enrol).Named("EnrolTotp", "Begins to use an authenticator app; it counts once confirmed.").ForSignedIn()
            .RequiresRecentSignIn().WithoutSecondFactor();
        routes.MapPost("/mfa/totp/confirm/", Confirm).Named("ConfirmTotp", "Turns the second factor on and answers recovery codes.")
            .ForSignedIn().RequiresRecentSignIn().WithoutSecondFactor().LimitedAsAuth();
        routes.MapDelete("/mfa/totp/", TurnOff).Named("TurnTotpOff", "Turns the second factor off.").ForSignedIn().RequiresRecentSignIn();
        routes.MapPost("/mfa/recovery-codes/", Renew).Named("RenewRecoveryCodes", "New recovery codes in the place of the earlier ones.").ForSignedIn()
            .RequiresRecentSignIn().WithoutSecondFactor();
    }

    private static async Task<CreatedAnswer<TotpEnrolment>> Enrol(
        Actor actor, CarelineDb db, FieldCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        if (await SecondFactor.HasAppAsync(db, actor.AccountId, ct))
        {
            throw new RuleViolation("MFA_ALREADY_ON", "An authenticator app is in use. Turn it off before you enrol another.");
        }

        var name = await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.Email ?? a.UserName!).SingleAsync(ct);
        var secret = Totp.NewSecret();
        await db.Set<Authenticator>().Where(a => a.AccountId == actor.AccountId).ExecuteDeleteAsync(ct);
        db.Append(Authenticator.Enrol(actor.AccountId, secret, cipher, db.Now));
        trail.About("account", actor.AccountId);
        await db.SaveChangesAsync(ct);
        var uri = $"otpauth://totp/Careline:{Uri.EscapeDataString(name)}?secret={Totp.ToBase32(secret)}&issuer=Careline&algorithm=SHA1&digits=6&period=30";
        using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return Answer.Created(
            new TotpEnrolment(uri, "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(6))), "Show this to your authenticator app.");
    }

    private static async Task<Answer<IssuedRecoveryCodes>> Confirm(
        ConfirmTotpRequest request, Actor actor, CarelineDb db, FieldCipher cipher, SessionCache sessions, SignInNotice notice, AuditTrail trail,
        CancellationToken ct)
    {
        var authenticator = await db.Set<Authenticator>().AsTracking().FirstOrDefaultAsync(a => a.AccountId == actor.AccountId && a.ConfirmedAt == null, ct)
            ?? throw new RuleViolation("MFA_NOT_BEGUN", "Enrol an authenticator app first.");
        var step = authenticator.StepOf(request.Code.Trim(), cipher, db.Now)
            ?? throw new InvalidInput("code", "Is not the code that the app shows now.");
        authenticator.Confirm(step, db.Now);
        trail.About("account", actor.AccountId).Changed("second_factor");
        var codes = await SecondFactor.IssueRecoveryCodesAsync(db, actor.AccountId, ct);
        await notice.TellAsync(actor.AccountId, "accounts.app_added", ct);
        await db.SaveChangesAsync(ct);
        await sessions.RenewAsync(db, actor.AccountId, ct);
        return Answer.Ok(new IssuedRecoveryCodes(codes), "Keep these codes where you keep your papers.");
    }

    private static async Task<DeletedAnswer> TurnOff(
        Actor actor, CarelineDb db, SessionCache sessions, SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        if (await db.Set<Authenticator>().Where(a => a.AccountId == actor.AccountId).ExecuteDeleteAsync(ct) == 0)
        {
            throw new NotFound();
        }

        await SecondFactor.DropRecoveryCodesIfLastAsync(db, actor.AccountId, ct);
        await notice.TellAsync(actor.AccountId, "accounts.app_removed", ct);
        trail.About("account", actor.AccountId).Changed("second_factor");
        await db.SaveChangesAsync(ct);
        await sessions.RenewAsync(db, actor.AccountId, ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<IssuedRecoveryCodes>> Renew(
        Actor actor, CarelineDb db, SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        if (!await SecondFactor.IsOnAsync(db, actor.AccountId, ct))
        {
            throw new RuleViolation("MFA_NOT_BEGUN", "Enrol an authenticator app or a passkey first.");
        }

        var codes = await SecondFactor.IssueRecoveryCodesAsync(db, actor.AccountId, ct);
        trail.About("account", actor.AccountId).Changed("recovery_codes");
        await notice.TellAsync(actor.AccountId, "accounts.recovery_codes_renewed", ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new IssuedRecoveryCodes(codes), "The earlier codes are worth nothing now.");
    }
}
