using Careline.Audit.Contracts;
using Careline.Audit.Events;
using Careline.Audit.Seals;

namespace Careline.Tests.Audit;

/// <summary>The chain as a plain object.</summary>
public sealed class SealChainTests
{
    private static readonly SealChain _chain = new([1, 2, 3]);

    [Fact]
    public void A_chain_as_it_was_sealed_is_whole()
    {
        var rows = Sealed(20);

        Walk(rows).ShouldBe((20, null));
        Walk(rows, [new Anchor(default, 7, rows[6].Hash)]).ShouldBe((20, null));
    }

    [Fact]
    public void Every_column_counts()
    {
        var original = Event(3);
        AuditEvent[] changed =
        [
            Event(4),
            Copy(original, at: original.At.AddMicroseconds(1)),
            Copy(original, actor: null),
            Copy(original, roles: ["doctor", "nurse"]),
            Copy(original, roles: ["doctorn", "urse"]),
            Copy(original, session: Guid.Empty),
            Copy(original, address: []),
            Copy(original, action: "GetPatien"),
            Copy(original, resource: null),
            Copy(original, resource: ""),
            Copy(original, resourceId: Guid.Empty),
            Copy(original, patients: []),
            Copy(original, purpose: "payment"),
            Copy(original, outcome: "forbidden"),
            Copy(original, fields: ["a", "bc"]),
            Copy(original, fields: ["ab", "c", ""]),
            Copy(original, request: "r4"),
        ];
        var hashes = changed.Append(original).Select(e => Convert.ToHexString(_chain.Next(SealChain.Start, e))).ToList();

        hashes.Distinct().Count().ShouldBe(changed.Length + 1);
        _chain.Next(SealChain.Start, Copy(original)).ShouldBe(_chain.Next(SealChain.Start, original));
        new SealChain([1, 2, 4]).Next(SealChain.Start, original).ShouldNotBe(_chain.Next(SealChain.Start, original));
    }

    [Fact]
    public void Whatever_is_done_to_a_row_breaks_the_chain_there()
    {
        for (var at = 0; at < 20; at++)
        {
            var changed = Sealed(20);
            changed[at] = changed[at] with { Event = Copy(changed[at].Event!, outcome: "forbidden") };
            Walk(changed).ShouldBe((at, Tampering.Changed));

            var gone = Sealed(20);
            gone[at] = gone[at] with { Event = null };
            Walk(gone).ShouldBe((at, Tampering.MissingEvent));

            var unsealed = Sealed(20);
            unsealed.RemoveAt(at);
            Walk(unsealed).ShouldBe(at == 19 ? (19, null) : (at, Tampering.MissingSeal));

            var closed = Sealed(20);
            closed.RemoveAt(at);
            Walk([.. closed.Select((row, i) => row with { Position = i + 1 })]).ShouldBe(at == 19 ? (19, null) : (at, Tampering.Changed));
        }
    }

    [Fact]
    public void An_anchor_shows_a_chain_that_was_made_anew()
    {
        var rows = Sealed(20);

        Walk(rows, [new Anchor(default, 12, new byte[32])]).ShouldBe((11, Tampering.Changed));
    }

    private static (long, Tampering?) Walk(IEnumerable<SealedRow> rows, Anchor[]? anchors = null)
    {
        var walk = new SealWalk(_chain, anchors ?? []);
        var found = rows.Select(walk.Step).FirstOrDefault(t => t is not null);
        return (walk.Whole, found);
    }

    private static List<SealedRow> Sealed(int count)
    {
        var rows = new List<SealedRow>();
        for (var i = 1; i <= count; i++)
        {
            var row = Event(i);
            rows.Add(new SealedRow(i, row.Id, _chain.Next(rows.Count == 0 ? SealChain.Start : rows[^1].Hash, row), row));
        }

        return rows;
    }

    private static AuditEvent Event(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        At = DateTimeOffset.UnixEpoch.AddYears(60),
        ActorId = new Guid(7, 0, 0, new byte[8]),
        Roles = ["doctor"],
        SessionId = new Guid(8, 0, 0, new byte[8]),
        AddressHash = [1, 2],
        Action = "GetPatient",
        Resource = "patient",
        ResourceId = new Guid(9, 0, 0, new byte[8]),
        PatientIds = [new Guid(9, 0, 0, new byte[8])],
        Purpose = "treatment",
        Outcome = "success",
        Fields = ["ab", "c"],
        RequestId = "r3",
    };

    private static AuditEvent Copy(
        AuditEvent e, DateTimeOffset? at = null, string? actor = "", string[]? roles = null, Guid? session = null, byte[]? address = null, string? action = null,
        string? resource = "same", Guid? resourceId = null, Guid[]? patients = null, string? purpose = null, string? outcome = null, string[]? fields = null,
        string? request = null) => new()
        {
            Id = e.Id,
            At = at ?? e.At,
            ActorId = actor is null ? null : e.ActorId,
            Roles = roles ?? e.Roles,
            SessionId = session ?? e.SessionId,
            AddressHash = address ?? e.AddressHash,
            Action = action ?? e.Action,
            Resource = resource == "same" ? e.Resource : resource,
            ResourceId = resourceId ?? e.ResourceId,
            PatientIds = patients ?? e.PatientIds,
            Purpose = purpose ?? e.Purpose,
            Outcome = outcome ?? e.Outcome,
            Fields = fields ?? e.Fields,
            RequestId = request ?? e.RequestId,
        };
}
