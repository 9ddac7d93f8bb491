using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;

namespace Careline.Gateways.Sandbox;

/// <summary>The sandbox's pages, in Development and for the machine itself only.</summary>
internal static class SandboxRoutes
{
    private const string Reason = "Exists in Development only and answers the machine itself only.";

    public static void MapSandbox(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var pages = app.MapApi("/dev/pay", "Development");
        pages.MapPost("/{gateway}/checkout/", (string gateway, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct) => CheckoutAsync(gateway, http, db, players, ct))
            .Named("OpenSandboxCheckout", "Takes the form that a browser would post to the gateway.").ForAnyone(Reason).ExcludeFromDescription();
        pages.MapGet("/{gateway}/{order}/", (string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct) => ShowAsync(gateway, order, http, db, players, ct))
            .Named("ReadSandboxOrder", "The page that stands for the gateway's own.").ForAnyone(Reason).ExcludeFromDescription();
        pages.MapPost("/{gateway}/{order}/", (string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct) => PayAsync(gateway, order, http, db, players, ct))
            .Named("PaySandboxOrder", "Pays, is declined or gives up, as the form says.").ForAnyone(Reason).ExcludeFromDescription();
        pages.MapPost("/{gateway}/{order}/dispute/", (string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct) => DisputeAsync(gateway, order, http, db, players, ct))
            .Named("DisputeSandboxOrder", "Lets the payer's bank want the money back.").ForAnyone(Reason).ExcludeFromDescription();
    }

    private static async Task<IResult> CheckoutAsync(string gateway, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct)
    {
        var player = Player(gateway, http, players);
        var form = await FormAsync(http, ct);
        var books = new SandboxBooks(db, player);
        SandboxCase? about;
        if (player is PayuPlayer payu)
        {
            about = await payu.OpenAsync(form, books, ct);
        }
        else
        {
            about = await books.OfOrderAsync(form.GetValueOrDefault("order_id", ""), ct);
            if (about is not null && Uri.TryCreate(form.GetValueOrDefault("callback_url"), UriKind.Absolute, out var back))
            {
                about.Order.ReturnUrl = back.AbsoluteUri;
            }
        }

        if (about?.Order.ReturnUrl is not { } url)
        {
            return Html(http, null, SandboxPage.Refusal("The order is not signed, not known, or says not where to return to."), StatusCodes.Status400BadRequest);
        }

        await db.SaveChangesAsync(ct);
        return See(SandboxAddress.Page(player.Name, about.Order.OrderId, new Uri(url)).PathAndQuery);
    }

    private static async Task<IResult> ShowAsync(string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct)
    {
        var about = await CaseAsync(order, new SandboxBooks(db, Player(gateway, http, players)), ct);
        return Html(http, about.Order.ReturnUrl, SandboxPage.Order(about));
    }

    private static async Task<IResult> PayAsync(string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct)
    {
        var player = Player(gateway, http, players);
        var form = await FormAsync(http, ct);
        var books = new SandboxBooks(db, player);
        var about = await CaseAsync(order, books, ct);
        if (about.Order.ReturnUrl is not { } url || about.Paid is not null)
        {
            return See(http.Request.Path);
        }

        about.Order.Webhooks = EnumText<SandboxWebhooks>.TryParse(form.GetValueOrDefault("webhooks"), out var webhooks) ? webhooks : SandboxWebhooks.Normal;
        about.Order.SavesMethod = form.GetValueOrDefault("save")?.Contains("true", StringComparison.Ordinal) ?? about.Order.SavesMethod;
        var payment = Pay(about, form.GetValueOrDefault("outcome"), player, books);
        await db.SaveChangesAsync(ct);
        return player.Return(about, payment) switch
        {
            null => See(http.Request.Path),
            { Fields: not null } back => Html(http, url, SandboxPage.Continue(about.Order, back)),
            { } back => See(back.Url),
        };
    }

    private static async Task<IResult> DisputeAsync(string gateway, string order, HttpContext http, CarelineDb db, SandboxPlayers players, CancellationToken ct)
    {
        var player = Player(gateway, http, players);
        var books = new SandboxBooks(db, player);
        var about = await CaseAsync(order, books, ct);
        books.Dispute(about, about.Paid ?? throw new Platform.Web.NotFound());
        await db.SaveChangesAsync(ct);
        return See(SandboxAddress.Page(player.Name, about.Order.OrderId, new Uri("http://localhost")).PathAndQuery);
    }

    // Amounts that end in 13 are declined, as a test card would be.
    private static SandboxPayment? Pay(SandboxCase about, string? outcome, ISandboxPlayer player, SandboxBooks books)
    {
        if (outcome == "decline" || (outcome == "pay" && about.Order.AmountMinor % 100 == 13))
        {
            return books.Pay(about, SandboxPaymentStatus.Failed, "payment_declined");
        }

        if (outcome == "pay")
        {
            return player.Name != Gateway.Razorpay ? books.Pay(about, SandboxPaymentStatus.Captured, null) : Razorpay(about, books);
        }

        if (player is PayuPlayer)
        {
            // PayU tells that its page was left.
            return books.Pay(about, SandboxPaymentStatus.Failed, "userCancelled");
        }

        return null;
    }

    private static SandboxPayment Razorpay(SandboxCase about, SandboxBooks books)
    {
        var payment = books.Pay(about, SandboxPaymentStatus.Authorized, null);
        if (about.Order.AmountMinor % 100 != 19)
        {
            books.Capture(about, payment);
        }

        return payment;
    }

    private static ISandboxPlayer Player(string gateway, HttpContext http, SandboxPlayers players) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) && players.IsOn
            && EnumText<Gateway>.TryParse(gateway, out var name) && players.Of(name) is { } player ? player : throw new Platform.Web.NotFound();

    private static async Task<SandboxCase> CaseAsync(string order, SandboxBooks books, CancellationToken ct) =>
        order.Length <= 100 && await books.OfOrderAsync(order, ct) is { } about ? about : throw new Platform.Web.NotFound();

    private static async Task<IReadOnlyDictionary<string, string>> FormAsync(HttpContext http, CancellationToken ct) => http.Request.HasFormContentType
        ? (await http.Request.ReadFormAsync(ct)).ToDictionary(f => f.Key, f => f.Value.ToString()) : new Dictionary<string, string>();

    // The payer goes on to where the order said, which may be another host.
    private static ContentHttpResult Html(HttpContext http, string? returnUrl, string page, int status = StatusCodes.Status200OK)
    {
        var origin = Uri.TryCreate(returnUrl, UriKind.Absolute, out var url) ? " " + url.GetLeftPart(UriPartial.Authority) : "";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'{origin}; base-uri 'none'; frame-ancestors 'none'";
        return TypedResults.Content(page, "text/html; charset=utf-8", statusCode: status);
    }

    private static SeeOther See(string url) => new(url);

    /// <summary>303: what was posted is done, the rest is to be read.</summary>
    private sealed class SeeOther(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
