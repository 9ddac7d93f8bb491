using System.Diagnostics;
using System.Globalization;
using Careline.Accounts.Contracts;
using Careline.Host.CommandLine;
using Careline.Platform.Data;
using Npgsql;

namespace Careline.Host.Demo.Large;

// As many people and appointments as a country's platform has, loaded by COPY as the database's owner in one transaction: all of it, or nothing.
internal static class LargeSet
{
    public const string Scale = "large";

    private static readonly string[] _suspended =
    [
        "accounts.accounts", "patients.patients", "patients.care_relationships", "scheduling.time_slots", "scheduling.appointments",
        "scheduling.appointment_events", "doctors.free_days",
    ];

    public static async Task<int> MakeAsync(WebApplication app, LargeSize size, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var demo = scope.ServiceProvider.GetRequiredService<IDemoAccounts>();
        if (await demo.FindSetAsync(Scale, ct) is not null)
        {
            throw new StartFailure("The large demo set is already there; nothing was changed.");
        }

        var watch = Stopwatch.StartNew();
        Terminal.Say("careline: loading the large demo set; a host that runs on this database answers late or 503 until it is there.");
        var plan = new LargePlan(size, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await using var connection = new NpgsqlConnection(app.Services.GetRequiredService<DatabaseAddress>().ConnectionString);
        await connection.OpenAsync(ct);
        await LoadAsync(connection, plan, await demo.HashAsync(DemoSignIns.Password, ct), ct);
        Terminal.Say("careline:   gathering statistics");
        await ExecuteAsync(connection, $"VACUUM (ANALYZE) {string.Join(", ", [.. _suspended, "doctors.doctors", "doctors.doctor_specializations"])}", ct);
        Terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"careline: {size.Doctors:N0} doctors, {size.Patients:N0} patients, {size.Slots:N0} slots and {size.Appointments:N0} appointments in "
            + $"{watch.Elapsed.TotalSeconds:N0} s. Sign in as demo.doctor.000001 or demo.patient.000001 / {DemoSignIns.Password}"));
        return 0;
    }

    private static async Task LoadAsync(NpgsqlConnection connection, LargePlan plan, string passwordHash, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, "SET LOCAL maintenance_work_mem = '256MB'", ct);
        await ExecuteAsync(connection, "INSERT INTO accounts.demo_sets (scale, begun_at, finished_at) VALUES ('large', $1, $1)", ct, plan.Now);
        var suspended = await SuspendedIndexes.TakeAsync(connection, _suspended, ct);
        await new PeopleLoad(connection, plan, passwordHash).LoadAsync(ct);
        await new CalendarLoad(connection, plan).LoadAsync(ct);
        Terminal.Say("careline:   indexing, and proving that nobody is booked twice");
        await suspended.RestoreAsync(connection, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
