using Careline.Clinics.Clinics;
using Careline.Finding.Contracts;
using Careline.Platform.Signals;
using Microsoft.Extensions.Logging;

namespace Careline.Clinics.Nearby;

/// <summary>Keeps the catalogue of clinics that the public finds by their place.</summary>
internal sealed class ClinicIndex(SignalLine signals, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ClinicIndex> log)
    : KeptIndex<ClinicCatalogue>(signals, "found_clinic", log)
{
    /// <summary>A page of the list; null when the tables have to be asked.</summary>
    public async ValueTask<Page<ClinicResponse>?> AnswerAsync(NearbyQuestion question, ListQuery page, Actor? actor, CancellationToken ct) =>
        (await CurrentAsync(ct))?.Answer(question, page, actor, clock.GetUtcNow());

    protected override async Task<ClinicCatalogue> ReadAsync(CancellationToken ct) => new(await ReadAsync(null, ct));

    protected override async Task<bool> RereadAsync(ClinicCatalogue catalogue, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        catalogue.Replace(ids, await ReadAsync(ids, ct));

    private async Task<IReadOnlyList<ListedClinic>> ReadAsync(IReadOnlyCollection<Guid>? ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ListedClinic.ReadAsync(scope.ServiceProvider.GetRequiredService<CarelineDb>(), ids, ct);
    }
}

/// <summary>Whatever is written at a clinic by this host is in its next answer: one filter of all routes, so that none can forget.</summary>
internal sealed class FollowClinic : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var answer = await next(context);
        if (!HttpMethods.IsGet(http.Request.Method) && Guid.TryParse(http.Request.RouteValues["id"] as string, out var id))
        {
            http.RequestServices.GetRequiredService<ClinicIndex>().Follow(http.RequestServices.GetRequiredService<CarelineDb>(), id);
        }

        return answer;
    }
}
