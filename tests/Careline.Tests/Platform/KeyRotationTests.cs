using System.Security.Cryptography;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Signals;
using Careline.Tests.Privacy;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Careline.Tests.Platform;

public sealed class KeyRotationTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TestApp _app = new(cluster);

    public async ValueTask InitializeAsync() => await _app.InitializeAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_rotation_seals_everything_anew_and_nothing_is_lost()
    {
        using var patient = await _app.PatientAsync();
        var authenticator = await AuthenticatorApp.EnrolAsync(_app, patient);
        using var admin = await _app.AdminAsync();
        (await admin.PostAsync($"/api/patients/{patient.PatientId}/break-glass/", new { reason = "Found unconscious" })).Status.ShouldBe(201);

        var outcome = await RotateAsync();

        outcome.Unreadable.ShouldBeEmpty();
        outcome.Key.ShouldBe((byte)3);
        outcome.Resealed.ShouldBeGreaterThanOrEqualTo(2);
        (await OldValuesAsync(outcome.Key)).ShouldBe(0);
        _app.Advance(TimeSpan.FromSeconds(30));
        (await patient.PostAsync("/api/auth/step-up/", new { code = authenticator.CodeNow })).Status.ShouldBe(200);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/access-log/")).Text.ShouldContain("Found unconscious");
        (await RotateAsync()).Key.ShouldBe((byte)4);
    }

    [Fact]
    public async Task A_value_that_no_key_opens_is_named_and_left_as_it_is()
    {
        using var patient = await _app.PatientAsync();
        await AuthenticatorApp.EnrolAsync(_app, patient);
        await _app.SqlAsync("UPDATE accounts.authenticators SET secret = set_byte(secret, length(secret) - 1, get_byte(secret, length(secret) - 1) # 1)");

        var outcome = await RotateAsync();

        outcome.Unreadable.ShouldBe([$"accounts.authenticators.secret:{patient.UserId}"]);
        (await _app.SqlAsync("SELECT get_byte(secret, 1) FROM accounts.authenticators")).ShouldBe(1);
    }

    [Fact]
    public async Task Every_column_that_holds_sealed_values_is_registered()
    {
        await FullRecord.MakeAsync(_app, "Rotated");
        var registered = _app.Services.GetServices<SealedColumn>().Select(c => $"{c.Table}.{c.Column}").Append("platform.keys.wrapped").ToHashSet();
        registered.Count.ShouldBeGreaterThanOrEqualTo(4);

        var forgotten = new List<string>();
        foreach (var column in await BinaryColumnsAsync())
        {
            var (table, name) = (column[..column.LastIndexOf('.')], column[(column.LastIndexOf('.') + 1)..]);
            var holds = await _app.SqlAsync(
                $"SELECT coalesce(bool_and(length({name}) >= 30 AND get_byte({name}, 0) = 1 AND get_byte({name}, 1) = 1), false) FROM {table} WHERE length({name}) > 1");
            if ((bool)holds! && !registered.Contains(column))
            {
                forgotten.Add(column);
            }
        }

        forgotten.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_signing_key_opens_what_the_former_one_had_wrapped_only_where_that_is_given()
    {
        var (old, fresh) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        await _app.SqlAsync("DELETE FROM platform.keys");
        var begun = RingOf(old);
        begun.Open();
        var seal = begun.Of("audit-seal");

        Should.Throw<KeysRefused>(() => RingOf(fresh).Open()).Message.ShouldContain("Tokens__PreviousSigningKey");
        RingOf(fresh, old).Of("audit-seal").ShouldBe(seal);

        RingOf(fresh).Of("audit-seal").ShouldBe(seal);
        Should.Throw<KeysRefused>(() => RingOf(old).Open());
    }

    [Fact]
    public async Task A_key_that_another_host_made_is_known_by_its_signal_and_nothing_earlier_is_forgotten()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        await _app.SqlAsync("DELETE FROM platform.keys");
        var (here, there) = (RingOf(secret), RingOf(secret));
        var first = there.NewestField();

        var number = here.AddField();

        await Eventually.HoldsAsync(() => Task.FromResult(there.NewestField().Number == number));
        there.NewestField().Bytes.ShouldBe(here.NewestField().Bytes);
        there.FieldOf(first.Number)!.Value.Bytes.ShouldBe(first.Bytes);
        there.FieldOf(99).ShouldBeNull();
    }

    [Fact]
    public async Task A_number_that_is_not_known_yet_is_looked_for_where_no_signal_came()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        await _app.SqlAsync("DELETE FROM platform.keys");
        var (here, deaf) = (RingOf(secret), RingOf(secret, signals: new SignalLine(_app.Services.GetRequiredService<DatabaseAddress>(), NullLogger<SignalLine>.Instance)));
        deaf.NewestField();

        var number = here.AddField();

        deaf.FieldOf(number)!.Value.Bytes.ShouldBe(here.NewestField().Bytes);
    }

    [Fact]
    public async Task Every_key_is_made_before_the_first_request()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        await _app.SqlAsync("DELETE FROM platform.keys");
        var ring = RingOf(secret);
        var names = _app.Services.GetServices<RingKey>().Select(key => key.Name).ToList();

        ring.Open();

        names.Count.ShouldBeGreaterThanOrEqualTo(3);
        (await _app.SqlAsync("SELECT count(*) FROM platform.keys WHERE number = 1")).ShouldBe(names.Count + 1L);
        names.ForEach(name => ring.Of(name).Length.ShouldBe(32));
        Should.Throw<InvalidOperationException>(() => ring.Of("nobody-registered-this"));
    }

    private Task<RotationOutcome> RotateAsync() =>
        _app.Services.GetRequiredService<KeyRotation>().RotateAsync((_, _) => { }, TestContext.Current.CancellationToken);

    private KeyRing RingOf(byte[] secret, byte[]? former = null, SignalLine? signals = null)
    {
        var master = new MasterSecret();
        master.Load(secret, former);
        return new KeyRing(
            _app.Services.GetRequiredService<NpgsqlDataSource>(), master, signals ?? _app.Services.GetRequiredService<SignalLine>(),
            _app.Services.GetServices<RingKey>(), _app.Services.GetRequiredService<TimeProvider>());
    }

    private async Task<long> OldValuesAsync(byte key)
    {
        var old = 0L;
        foreach (var column in _app.Services.GetServices<SealedColumn>())
        {
            old += (long)(await _app.SqlAsync($"SELECT count(*) FROM {column.Table} WHERE get_byte({column.Column}, 1) <> {key}"))!;
        }

        return old;
    }

    private async Task<string[]> BinaryColumnsAsync() => (string[])(await _app.SqlAsync(
        """
        SELECT array_agg(c.table_schema || '.' || c.table_name || '.' || c.column_name) FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.data_type = 'bytea' AND t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
        """))!;
}
