using Careline.Audit.Contracts;
using Careline.Audit.Seals;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Tests.Audit;

/// <summary>What a superuser of the database does to the audit is found and named.</summary>
public sealed class VerifyAuditTests(VerifyAuditTests.World app) : IClassFixture<VerifyAuditTests.World>
{
    private static readonly int _tamperings = LargeRun.Of("CARELINE_TAMPERINGS", 60);

    private static readonly (Tampering Named, string Statement)[] _ways =
    [
        (Tampering.Changed, "UPDATE audit.events SET outcome = 'forbidden ' || outcome WHERE id = $1"),
        (Tampering.Changed, "UPDATE audit.events SET actor_id = gen_random_uuid() WHERE id = $1"),
        (Tampering.Changed, "UPDATE audit.events SET at = at + interval '1 microsecond' WHERE id = $1"),
        (Tampering.Changed, "UPDATE audit.events SET patient_ids = patient_ids || gen_random_uuid() WHERE id = $1"),
        (Tampering.Changed, "UPDATE audit.events SET fields = fields || 'x'::text WHERE id = $1"),
        (Tampering.Changed, "UPDATE audit.seals SET hash = sha256(hash) WHERE event_id = $1"),
        (Tampering.MissingEvent, "DELETE FROM audit.events WHERE id = $1"),
        (Tampering.MissingEvent, "UPDATE audit.events SET id = gen_random_uuid() WHERE id = $1"),
        (Tampering.MissingSeal, "DELETE FROM audit.seals WHERE event_id = $1"),
        (Tampering.MissingSeal, "WITH gone AS (DELETE FROM audit.events WHERE id = $1) DELETE FROM audit.seals WHERE event_id = $1"),
        (Tampering.Swapped, "UPDATE audit.seals s SET position = -position WHERE position IN ($2, $3); UPDATE audit.seals SET position = CASE position WHEN -$2 THEN $3 ELSE $2 END WHERE position < 0"),
        (Tampering.Swapped, "CREATE TEMP TABLE two ON COMMIT DROP AS SELECT position, event_id FROM audit.seals WHERE position IN ($2, $3); UPDATE audit.seals SET event_id = gen_random_uuid() WHERE position IN ($2, $3); UPDATE audit.seals s SET event_id = t.event_id FROM two t WHERE s.position IN ($2, $3) AND t.position IN ($2, $3) AND t.position <> s.position"),
    ];

    [Fact]
    public async Task Events_are_sealed_within_a_moment_and_the_chain_is_whole()
    {
        using var patient = await app.PatientAsync();
        (await patient.GetAsync("/api/patients/me/")).Status.ShouldBe(200);

        await Eventually.HoldsAsync(async () => (bool)(await app.SqlAsync(
            "SELECT count(*) > 1 AND NOT EXISTS (SELECT FROM audit.events e WHERE NOT EXISTS (SELECT FROM audit.seals s WHERE s.event_id = e.id)) FROM audit.seals"))!);

        var verdict = await app.Services.GetRequiredService<IAuditSeal>().VerifyAsync(CancellationToken.None);
        verdict.Broken.ShouldBeNull();
        verdict.Whole.ShouldBe((long)(await app.SqlAsync("SELECT count(*) FROM audit.events"))!);
        (await AuditCheck.RunAsync(app.App, CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Each_of_many_random_tamperings_is_named()
    {
        var random = new Random(20260101);
        var ids = await SealedRowsAsync();
        for (var i = 0; i < _tamperings; i++)
        {
            var (named, statement) = _ways[i % _ways.Length];
            var at = random.Next(ids.Count - 1);
            var other = random.Next(at + 1, ids.Count);

            var verdict = await TamperedAsync(statement, ids[at], at + 1, other + 1);

            verdict.Whole.ShouldBe(at, statement);
            verdict.Broken.ShouldNotBeNull(statement).Tampering.ShouldBe(named, statement);
            verdict.Broken.Position.ShouldBe(at + 1, statement);
        }

        (await app.Services.GetRequiredService<IAuditSeal>().VerifyAsync(CancellationToken.None)).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task A_row_added_to_the_past_is_named()
    {
        var ids = await SealedRowsAsync();

        var verdict = await TamperedAsync(
            """
            INSERT INTO audit.events SELECT gen_random_uuid(), at - interval '1 day', actor_id, roles, session_id, address_hash, action, resource, resource_id,
                patient_ids, purpose, outcome, fields, request_id FROM audit.events WHERE id = $1
            """,
            ids[0], 1, 2);

        verdict.Whole.ShouldBe(ids.Count);
        verdict.Broken!.Tampering.ShouldBe(Tampering.Inserted);
        verdict.Broken.EventId.ShouldNotBeNull();
        AuditCheck.Describe(verdict.Broken).ShouldContain($"event {verdict.Broken.EventId}: inserted");
    }

    [Fact]
    public async Task What_committed_late_is_sealed_after_younger_rows()
    {
        var ids = await SealedRowsAsync();
        await app.SqlAsync(
            """
            INSERT INTO audit.events SELECT gen_random_uuid(), (SELECT max(at) FROM audit.events) - interval '10 seconds', actor_id, roles, session_id, address_hash,
                action, resource, resource_id, patient_ids, purpose, outcome, fields, request_id FROM audit.events WHERE id = $1
            """,
            ids[0]);

        await app.Services.GetRequiredService<SealAudit>().SealAsync(TimeSpan.FromHours(1), CancellationToken.None);
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync("SELECT max(position) FROM audit.seals"))! == ids.Count + 1);

        var verdict = await app.Services.GetRequiredService<IAuditSeal>().VerifyAsync(CancellationToken.None);
        verdict.ShouldBe(new SealVerdict(ids.Count + 1, null));
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_shown_by_the_anchor()
    {
        var ids = await SealedRowsAsync();
        await Eventually.HoldsAsync(() => File.Exists(app.AnchorFile) && File.ReadAllLines(app.AnchorFile).Length > 0);
        var anchored = long.Parse(File.ReadAllLines(app.AnchorFile)[^1].Split(' ')[1], null);

        var verdict = await TamperedAsync(
            "WITH cut AS (DELETE FROM audit.seals WHERE position >= $2 RETURNING event_id) DELETE FROM audit.events WHERE id IN (SELECT event_id FROM cut) AND $1 = $1 AND $3 = $3",
            ids[0], anchored, anchored);

        verdict.Broken.ShouldBe(new BrokenSeal(anchored, null, Tampering.MissingSeal));
    }

    [Fact]
    public async Task The_applications_role_adds_seals_and_changes_none()
    {
        await SealedRowsAsync();
        foreach (var statement in (string[])["UPDATE audit.seals SET hash = ''", "DELETE FROM audit.seals", "TRUNCATE audit.seals"])
        {
            await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);

            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    private async Task<List<Guid>> SealedRowsAsync()
    {
        using var patient = await app.PatientAsync();
        for (var i = 0; i < 12; i++)
        {
            (await patient.GetAsync("/api/patients/me/")).Status.ShouldBe(200);
        }

        await app.Services.GetRequiredService<SealAudit>().SealAsync(TimeSpan.FromHours(1), CancellationToken.None);
        await Eventually.HoldsAsync(async () => (bool)(await app.SqlAsync(
            "SELECT NOT EXISTS (SELECT FROM audit.events e WHERE NOT EXISTS (SELECT FROM audit.seals s WHERE s.event_id = e.id))"))!);
        return [.. (Guid[])(await app.SqlAsync("SELECT array_agg(event_id ORDER BY position) FROM audit.seals"))!];
    }

    // Within a transaction that is rolled back, so that the next tampering finds the audit whole.
    private async Task<SealVerdict> TamperedAsync(string statements, Guid id, long position, long other)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in statements.Split("; "))
        {
#pragma warning disable CA2100 // The statements above.
            await using var command = new NpgsqlCommand(
                statement.Replace("$1", $"'{id}'", StringComparison.Ordinal).Replace("$2", $"{position}", StringComparison.Ordinal)
                    .Replace("$3", $"{other}", StringComparison.Ordinal),
                connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        return await app.Services.GetRequiredService<AuditSeal>().VerifyAsync(connection, CancellationToken.None);
    }

    /// <summary>An application that keeps anchors.</summary>
    public sealed class World(TestCluster cluster) : TestApp(cluster)
    {
        public string AnchorFile { get; } = Path.Combine(Path.GetTempPath(), $"careline-anchors-{Guid.CreateVersion7()}.log");

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Audit:AnchorFile"] = AnchorFile };
    }
}
