using System.Net.Mime;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Payments;

/// <summary>How a payment is paid.</summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="Gateway">Where.</param>
/// <param name="Url">A page to send the browser to, if there is one.</param>
/// <param name="FormAction">Where a browser posts the form, if there is one.</param>
/// <param name="Form">The form's fields.</param>
/// <param name="ClientFields">What the gateway's own kit for apps needs.</param>
public sealed record CheckoutResponse(
    Guid PaymentId, Gateway Gateway, Uri? Url, Uri? FormAction, IReadOnlyDictionary<string, string>? Form, IReadOnlyDictionary<string, string>? ClientFields);

internal static class OpenCheckout
{
    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapPost("/{id:guid}/checkout/", Handle).Named("OpenCheckout", "Says how an open payment is paid: a page, a form, or what an app's kit needs.")
            .ForSignedIn().VisibleAs<Payment>().WithOwnTransaction();
        payments.MapGet("/checkout/{token}/", Follow).Named("FollowCheckout", "Leads a browser to the gateway's page of a payment.")
            .ForAnyone("The link is the key, and nothing can be done with it but pay.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Text.Html).Produces(StatusCodes.Status303SeeOther);
    }

    private static async Task<Answer<CheckoutResponse>> Handle(Guid id, Actor actor, CheckoutDesk desk, AuditTrail trail, HttpContext http, CarelineDb db, CancellationToken ct)
    {
        var payment = await Payment.VisibleTo(db, actor).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();
        trail.About("payment", id).Because("payment");
        var checkout = await desk.OpenAsync(id, http.Request, ct);
        return Answer.Ok(new CheckoutResponse(id, payment.Gateway, checkout.Url, checkout.FormAction, checkout.Form, checkout.ClientFields));
    }

    private static async Task<IResult> Follow(string token, CheckoutDesk desk, HttpContext http, CarelineDb db, CancellationToken ct)
    {
        var hash = OpaqueToken.HashOf(token);
        var payment = await db.Set<Payment>().FirstOrDefaultAsync(p => p.LinkHash == hash, ct) ?? throw new NotFound();
        if (payment.IsCaptured)
        {
            return PaymentPage.Of(http, payment);
        }

        var checkout = await desk.OpenAsync(payment.Id, http.Request, ct);
        if (checkout.Url is { } url)
        {
            http.Response.Headers.Location = url.ToString();
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }

        return PaymentPage.Leading(http, payment, checkout);
    }
}
