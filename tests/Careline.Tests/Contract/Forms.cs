using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Contract;

/// <summary>The forms of an answer, and what is amiss with one that should have had another.</summary>
internal static class Forms
{
    private static readonly Dictionary<string, Func<Reply, string?>> _forms = new()
    {
        ["any"] = _ => null,
        ["document"] = reply => reply.Text.Length == 0 ? "has no body" : IsWrapped(reply) ? "is wrapped" : null,
        ["bare"] = reply => IsWrapped(reply) ? "is wrapped" : null,
        ["redirect"] = reply => reply.Headers.Location is null ? "leads nowhere" : null,
        ["empty"] = reply => reply.Text.Length > 0 ? "has a body" : null,
        ["object"] = reply => Missing(reply.Json, "success=true", "status=success", "message", "data", "timestamp"),
        ["created"] = reply => Missing(reply.Json, "success=true", "status=success", "message", "data", "timestamp"),
        ["state"] = reply => reply.ETag is null ? "has no ETag" : Missing(reply.Json, "success=true", "status=success", "message", "data", "timestamp"),
        ["page"] = reply => Missing(
            reply.Json, "success=true", "status=success", "meta.page=1", "meta.page_size", "meta.total", "meta.total_pages", "meta.next", "meta.previous", "timestamp"),
        ["feed"] = reply => Missing(reply.Json, "success=true", "status=success", "meta.limit", "meta.next_cursor", "timestamp"),
        ["refusal"] = reply => Missing(
            reply.Json, "success=false", "status=error", "message", "error.code", "error.message", "timestamp", "trace_id")
            ?? (reply.Status == 401 && reply.Headers.WwwAuthenticate.Count == 0 ? "has no WWW-Authenticate" : null)
            ?? (reply.Status == 429 && reply.Headers.RetryAfter is null ? "has no Retry-After" : null),
    };

    public static bool Knows(string form) => _forms.ContainsKey(form);

    /// <summary>What is amiss, or null.</summary>
    public static string? Fault(this Reply reply, string form, string[] members)
    {
        if (_forms[form](reply) is { } fault)
        {
            return fault;
        }

        if (members.Length == 0)
        {
            return null;
        }

        if (form is "page" or "feed")
        {
            return reply.Rows.Any() ? Missing(reply.Rows.First(), members) : "has no rows";
        }

        return Missing(form is "bare" or "refusal" ? reply.Json : reply.Data, members);
    }

    private static bool IsWrapped(Reply reply) => reply.Text.StartsWith("{\"success\"", StringComparison.Ordinal);

    private static string? Missing(JsonElement element, params string[] members)
    {
        var faults = members.Select(member => MissingMember(element, member)).OfType<string>().ToList();
        return faults.Count == 0 ? null : string.Join(" and ", faults);
    }

    private static string? MissingMember(JsonElement element, string member)
    {
        var parts = member.TrimStart('!').Split('=', 2);
        foreach (var name in parts[0].Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return member.StartsWith('!') ? null : $"has no {parts[0]}";
            }
        }

        if (member.StartsWith('!'))
        {
            return element.ValueKind == JsonValueKind.Null ? null : $"tells {parts[0]}";
        }

        return parts.Length == 1 || string.Equals(element.ToString(), parts[1].Replace('~', ' '), element.ValueKind == JsonValueKind.String ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
            ? null : $"says {parts[0]}={element}, not {parts[1]}";
    }
}
