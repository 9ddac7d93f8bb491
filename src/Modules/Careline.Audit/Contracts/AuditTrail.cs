using Careline.Audit.Events;

namespace Careline.Audit.Contracts;

/// <summary>
/// What the audit will say of the present request: one row, named after the route. A change's row joins the change's transaction; a read's row
/// is committed before the answer leaves, if the read concerned a person's health data. Handlers say whom it concerns before they save or answer.
/// </summary>
public sealed class AuditTrail : IRequestTrail
{
    private readonly IHttpContextAccessor _request;
    private readonly AuditReads _reads;
    private readonly AddressHash _addresses;
    private readonly TimeProvider _clock;
    private readonly HashSet<Guid> _patients = [];
    private string? _resource;
    private Guid? _resourceId;
    private Guid? _accountId;
    private string[] _fields = [];
    private string _purpose = "treatment";
    private bool _recorded;
    private bool _always;

    internal AuditTrail(IHttpContextAccessor request, AuditReads reads, AddressHash addresses, TimeProvider clock)
    {
        _request = request;
        _reads = reads;
        _addresses = addresses;
        _clock = clock;
    }

    /// <summary>A keyed hash of the caller's address, as the audit keeps it.</summary>
    public byte[]? CallerAddressHash => _addresses.Of(_request.HttpContext?.Connection.RemoteIpAddress);

    /// <summary>Names the thing that was read or changed, such as <c>appointment</c>.</summary>
    public AuditTrail About(string resource, Guid id)
    {
        _resource = resource;
        _resourceId = id;
        return this;
    }

    /// <summary>The request concerns this patient's data.</summary>
    public AuditTrail Concerns(Guid patientId)
    {
        _patients.Add(patientId);
        return this;
    }

    /// <summary>The request concerns these patients' data: a list names everybody it showed.</summary>
    public AuditTrail Concerns(IEnumerable<Guid> patientIds)
    {
        _patients.UnionWith(patientIds);
        return this;
    }

    /// <summary>Names the fields that a change touched, never their values.</summary>
    public AuditTrail Changed(params string[] fields)
    {
        _fields = fields;
        return this;
    }

    /// <summary>Why it was done, where it was not for treatment: <c>payment</c>, <c>operations</c>.</summary>
    public AuditTrail Because(string purpose)
    {
        _purpose = purpose;
        return this;
    }

    /// <summary>Who did it, where the request itself is anonymous: signing in and up.</summary>
    public AuditTrail By(Guid accountId)
    {
        _accountId = accountId;
        return this;
    }

    /// <summary>The read is recorded even if it concerned no patient.</summary>
    public AuditTrail Always()
    {
        _always = true;
        return this;
    }

    /// <summary>
    /// Records, before the answer leaves, that somebody who is not signed in was refused, and why: never what they sent. The same row whether or not
    /// what they named exists, so that time tells nothing either.
    /// </summary>
    /// <param name="action">What was refused, such as <c>sign_in_refused</c>.</param>
    /// <param name="outcome">Why, in a word or two, such as <c>wrong_password</c>.</param>
    public ValueTask RefusedAsync(string action, string outcome) =>
        _request.HttpContext is { } http ? _reads.CommitAsync(Describe(http, outcome, action)) : ValueTask.CompletedTask;

    void IRequestTrail.BeforeSave(CarelineDb db)
    {
        if (!_recorded && _request.HttpContext is { } http && !HttpMethods.IsGet(http.Request.Method))
        {
            _recorded = true;
            db.Append(Describe(http, "success"));
        }
    }

    async Task IRequestTrail.BeforeCommitAsync(CarelineDb db, CancellationToken ct)
    {
        if (!_recorded)
        {
            await db.SaveChangesAsync(ct);
        }
    }

    void IRequestTrail.Restart()
    {
        _recorded = false;
        _patients.Clear();
    }

    ValueTask IRequestTrail.BeforeAnswerAsync(HttpContext http) =>
        _recorded || (_patients.Count == 0 && !_always) ? ValueTask.CompletedTask : _reads.CommitAsync(Describe(http, "success"));

    ValueTask IRequestTrail.RefusedAsync(HttpContext http, int status) =>
        Actor.Of(http) is null || http.GetEndpoint() is not RouteEndpoint
            ? ValueTask.CompletedTask
            : _reads.CommitAsync(Describe(http, status == StatusCodes.Status403Forbidden ? "forbidden" : "not_found"));

    private AuditEvent Describe(HttpContext http, string outcome, string? action = null)
    {
        var actor = Actor.Of(http);
        var now = _clock.GetUtcNow();
        return new AuditEvent
        {
            Id = Ids.New(now),
            At = now,
            ActorId = _accountId ?? actor?.AccountId,
            Roles = actor is null ? [] : [.. actor.Roles.Order(StringComparer.Ordinal)],
            SessionId = actor?.SessionId,
            AddressHash = _addresses.Of(http.Connection.RemoteIpAddress),
            Action = action ?? http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method,
            Resource = _resource,
            ResourceId = _resourceId ?? (Guid.TryParse(http.GetRouteValue("id") as string, out var id) ? id : null),
            PatientIds = [.. _patients],
            Purpose = _purpose,
            Outcome = outcome,
            Fields = _fields,
            RequestId = http.TraceIdentifier,
        };
    }
}
