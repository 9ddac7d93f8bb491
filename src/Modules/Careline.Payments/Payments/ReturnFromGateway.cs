using Careline.Payments.Settling;

namespace Careline.Payments.Payments;

/// <summary>
/// Where browsers come back to. What they bring is believed only where the gateway signed it; otherwise the gateway is asked. Whether the browser ever comes makes
/// no difference to the money.
/// </summary>
internal static class ReturnFromGateway
{
    private const string Why = "The reference is known to the payer and the gateway alone, and shows only whether it is paid.";
    private const int MostFields = 60;

    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapGet("/return/{reference}/", Handle).Named("ReturnFromGateway", "Where a browser comes back to from a gateway's page.").ForAnyone(Why);
        payments.MapPost("/return/{reference}/", Handle).Named("ReturnFromGatewayByForm", "The same, for gateways that send the browser back with a form.")
            .ForAnyone(Why).WithOwnTransaction().DisableAntiforgery();
    }

    private static async Task<IResult> Handle(string reference, HttpContext http, Settlement settlement, CarelineDb db, CancellationToken ct)
    {
        var attempt = await db.Set<Attempt>().FirstOrDefaultAsync(a => a.Reference == reference, ct) ?? throw new NotFound();
        await settlement.HearReturnAsync(attempt.Id, await FieldsAsync(http.Request, ct), ct);
        return PaymentPage.Of(http, await db.Set<Payment>().FirstAsync(p => p.Id == attempt.PaymentId, ct));
    }

    private static async Task<Dictionary<string, string>> FieldsAsync(HttpRequest request, CancellationToken ct)
    {
        var fields = request.Query.Take(MostFields).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in (await request.ReadFormAsync(ct)).Take(MostFields))
            {
                fields[name] = value.ToString();
            }
        }

        return fields;
    }
}
