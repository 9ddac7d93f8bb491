using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Platform;

/// <summary>What other rows point at without a foreign key can neither be removed nor take another id (docs/decisions/0014).</summary>
public sealed class RowsThatStayTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("accounts.accounts")]
    [InlineData("patients.patients")]
    [InlineData("doctors.doctors")]
    [InlineData("scheduling.time_slots")]
    [InlineData("scheduling.appointments")]
    public async Task Not_even_the_owner_removes_a_row_that_others_point_at(string table)
    {
        foreach (var statement in new[] { $"DELETE FROM {table}", $"TRUNCATE {table} CASCADE", $"UPDATE {table} SET id = gen_random_uuid()" })
        {
            // It asks for every table there is, and may meet what the host does beside it.
            PostgresException refused;
            do
            {
                refused = await Should.ThrowAsync<PostgresException>(() => app.SqlAsync(statement));
            }
            while (refused.SqlState == PostgresErrorCodes.DeadlockDetected);

            refused.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation, statement);
        }
    }

    [Fact]
    public async Task Nothing_points_at_a_row_that_does_not_exist()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        foreach (var (child, parent) in new[]
        {
            ("scheduling.appointments.doctor_id", "doctors.doctors"),
            ("scheduling.appointments.patient_id", "patients.patients"),
            ("scheduling.appointments.time_slot_id", "scheduling.time_slots"),
            ("scheduling.appointment_events.appointment_id", "scheduling.appointments"),
            ("patients.care_relationships.patient_id", "patients.patients"),
            ("patients.care_relationships.account_id", "accounts.accounts"),
        })
        {
            var (table, column) = (child[..child.LastIndexOf('.')], child[(child.LastIndexOf('.') + 1)..]);

            (await app.SqlAsync($"SELECT count(*) FROM {table} c WHERE {column} IS NOT NULL")).ShouldNotBe(0L, child);
            (await app.SqlAsync($"SELECT count(*) FROM {table} c WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT FROM {parent} p WHERE p.id = c.{column})"))
                .ShouldBe(0L, child);
        }
    }
}
