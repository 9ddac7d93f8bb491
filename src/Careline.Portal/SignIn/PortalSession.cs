namespace Careline.Portal.SignIn;

/// <summary>A sign-in of a browser: its tokens, which never leave the server, and what every page says of who signed in.</summary>
public sealed record PortalSession
{
    private static readonly object _here = new();

    /// <summary>The token by which the API knows them.</summary>
    public required string Access { get; init; }

    /// <summary>Serves once, for the next pair.</summary>
    public required string Refresh { get; init; }

    /// <summary>Until when the first serves.</summary>
    public required DateTimeOffset AccessEndsAt { get; init; }

    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What they are called.</summary>
    public required string Name { get; init; }

    /// <summary>All roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Their patient record, if any.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>Their doctor profile, if any.</summary>
    public Guid? DoctorId { get; init; }

    /// <summary>The language they chose, if any; BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>The zone they chose, if any; IANA.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether they have one of these roles.</summary>
    public bool Has(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>That of the browser which asks; null where nobody signed in.</summary>
    public static PortalSession? Of(HttpContext http) => http.Items.TryGetValue(_here, out var session) ? (PortalSession?)session : null;

    internal static void Set(HttpContext http, PortalSession? session) => http.Items[_here] = session;

    /// <summary>What the API said at a sign-in, and what of it the pages need.</summary>
    internal static PortalSession From(Thing tokens, DateTimeOffset now) => new()
    {
        Access = tokens.Text("access"),
        Refresh = tokens.Text("refresh"),
        AccessEndsAt = now.AddSeconds(tokens.Whole("expires_in")!.Value),
        UserId = tokens.Id("user.id"),
        Name = $"{tokens.Text("user.first_name")} {tokens.Text("user.last_name")}".Trim() is { Length: > 0 } name ? name : tokens.Text("user.username"),
        Roles = [.. tokens["user.roles"].Items.Select(r => r.ToString())],
        PatientId = tokens["user.patient_id"].IsNone ? null : tokens.Id("user.patient_id"),
        DoctorId = tokens["user.doctor_id"].IsNone ? null : tokens.Id("user.doctor_id"),
    };
}
