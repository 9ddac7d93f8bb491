namespace Careline.Tests.Authorization;

/// <content>What whoever runs the platform looks at, and puts right.</content>
internal static partial class AuthorizationTable
{
    private const string Running =
        """


        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/system/statistics/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/system/jobs/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/system/dead-letters/
        401  403  403  403  403  403  403  403  403  403  403  404  404 | POST /api/system/dead-letters/{id:guid}/replay/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/system/dead-letters/replay/
        401  403  403  403  403  403  403  403  403  403  403  404  404 | POST /api/system/dead-letters/{id:guid}/discard/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/system/undelivered-messages/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/system/notice/
        401  403  403  403  403  403  403  403  403  403  403  403  ok  | GET /api/configuration/
        401  403  403  403  403  403  403  403  403  403  403  403  ok  | PUT /api/configuration/{key}/
        401  403  403  403  403  403  403  403  403  403  403  403  ok  | GET /api/configuration/{key}/history/
        """;
}

/// <content>Nothing was set aside.</content>
public sealed partial class AuthorizationWorld
{
    private void SayWhatRuns()
    {
        _ids[("{id}", "/api/system/dead-letters/")] = Guid.CreateVersion7();
        _ids[("{key}", "/api/configuration/")] = "system.maintenance_notice";
        _bodies["PUT /api/configuration/{key}/"] = new { value = (string?)null, reason = "As it was" };
        _bodies["POST /api/system/dead-letters/replay/"] = new { handler = "Nobody" };
        _bodies["POST /api/system/dead-letters/{id}/discard/"] = new { reason = "Nobody waits for it" };
    }
}
