using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Host.Demo.Large;

// Accounts, doctors and patients. All accounts share one hash: one each would take hours.
internal sealed class PeopleLoad(NpgsqlConnection connection, LargePlan plan, string passwordHash)
{
    public async Task LoadAsync(CancellationToken ct)
    {
        var specialties = await SpecialtiesAsync(ct);
        await new TableCopy(
            connection,
            "accounts.accounts",
            """
            id, user_name, normalized_user_name, email, normalized_email, email_confirmed, phone_number, phone_number_confirmed, password_hash,
            first_name, last_name, roles, status, preferences, patient_id, doctor_id, generation, created_at, updated_at, version, is_demo
            """).LoadAsync(Accounts(), plan.Size.Doctors + plan.Size.Patients, WriteAccount, ct);
        await new TableCopy(
            connection,
            "doctors.doctors",
            """
            id, account_id, first_name, last_name, license_number, license_country, specialization_ids, specializations, time_zone, bio, languages,
            modalities, experience_years, fee_amount, fee_currency, rating, review_count, verification, verification_at, accepts_patients, next_free_at,
            created_at, updated_at, version
            """).LoadAsync(Enumerable.Range(0, plan.Size.Doctors), plan.Size.Doctors, (row, doctor) => WriteDoctor(row, doctor, specialties), ct);
        await new TableCopy(
            connection,
            "patients.patients",
            """
            id, account_id, first_name, last_name, gender, date_of_birth, phone, email, city, country, language, is_active, created_by,
            created_at, updated_at, version
            """).LoadAsync(Enumerable.Range(0, plan.Size.Patients), plan.Size.Patients, WritePatient, ct);
    }

    private IEnumerable<(LargeKind Kind, int Number)> Accounts() =>
        Enumerable.Range(0, plan.Size.Doctors).Select(n => (LargeKind.Doctor, n))
            .Concat(Enumerable.Range(0, plan.Size.Patients).Select(n => (LargeKind.Patient, n)));

    private void WriteAccount(RowWriter row, (LargeKind Kind, int Number) person)
    {
        var (kind, number) = person;
        var region = LargePlan.RegionOf(number);
        var isDoctor = kind == LargeKind.Doctor;
        var name = UserName(isDoctor ? "doctor" : "patient", number);
        row.Id(AccountOf(kind, number)).Text(name).Text(name).Text(name + "@example.org").Text(name + "@example.org").Flag(true)
            .Text(isDoctor ? null : Phone(number)).Flag(!isDoctor).Text(passwordHash)
            .Text(region.FirstName(kind, number)).Text(region.LastName(kind, number))
            .Value<string[]>([isDoctor ? "doctor" : "patient"], NpgsqlDbType.Array | NpgsqlDbType.Text).Text("active").Value("{}", NpgsqlDbType.Jsonb);
        WriteProfile(row, isDoctor ? null : LargeIds.Of(kind, number));
        WriteProfile(row, isDoctor ? LargeIds.Of(kind, number) : null);
        row.Number(1).Time(plan.Now).Time(plan.Now).Number(1).Flag(true);
    }

    private void WriteDoctor(RowWriter row, int number, IReadOnlyList<(Guid Id, string Name)> specialties)
    {
        var region = LargePlan.RegionOf(number);
        var specialty = specialties[Draw(3, specialties.Count)];
        var reviews = Draw(4, 400);
        var firstFree = plan.TimesOf(number)[plan.IsBooked(number, 0) ? 1 : 0].Start;
        row.Id(LargeIds.Of(LargeKind.Doctor, number)).Id(AccountOf(LargeKind.Doctor, number))
            .Text(region.FirstName(LargeKind.Doctor, number)).Text(region.LastName(LargeKind.Doctor, number))
            .Text(string.Create(CultureInfo.InvariantCulture, $"DEMO-{number + 1:D6}")).Text(region.Country)
            .Value<Guid[]>([specialty.Id], NpgsqlDbType.Array | NpgsqlDbType.Uuid)
            .Value<string[]>([specialty.Name], NpgsqlDbType.Array | NpgsqlDbType.Text)
            .Text(region.Zone).Text($"{specialty.Name} in {region.City}, in person and by video.")
            .Value<string[]>(["en", region.Languages[Draw(5, region.Languages.Length)]], NpgsqlDbType.Array | NpgsqlDbType.Text)
            .Value<string[]>(["video", "audio", "chat", "in_person"], NpgsqlDbType.Array | NpgsqlDbType.Text)
            .Number(1 + Draw(6, 40)).Value(region.Fee / 10 * (5 + Draw(7, 26)), NpgsqlDbType.Bigint).Text(region.Currency)
            .Value(reviews == 0 ? 0 : 2.5m + (0.01m * Draw(8, 251)), NpgsqlDbType.Numeric).Number(reviews)
            .Text("verified").Time(plan.Now).Flag(true).Time(firstFree).Time(plan.Now).Time(plan.Now).Number(1);

        int Draw(int question, int below) => LargeIds.Draw(LargeKind.Doctor, number, question, below);
    }

    private void WritePatient(RowWriter row, int number)
    {
        var region = LargePlan.RegionOf(number);
        var account = AccountOf(LargeKind.Patient, number);
        row.Id(LargeIds.Of(LargeKind.Patient, number)).Id(account)
            .Text(region.FirstName(LargeKind.Patient, number)).Text(region.LastName(LargeKind.Patient, number))
            .Text(Draw(3, 2) == 0 ? "female" : "male").Date(new DateOnly(1935, 1, 1).AddDays(Draw(4, 31_000))).Text(Phone(number))
            .Text(UserName("patient", number) + "@example.org").Text(region.City).Text(region.Country)
            .Text(region.Languages[Draw(5, region.Languages.Length)]).Flag(true).Id(account).Time(plan.Now).Time(plan.Now).Number(1);

        int Draw(int question, int below) => LargeIds.Draw(LargeKind.Patient, number, question, below);
    }

    private async Task<IReadOnlyList<(Guid Id, string Name)>> SpecialtiesAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT id, name FROM doctors.specializations WHERE slug <> 'other' ORDER BY slug", connection);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var specialties = new List<(Guid, string)>();
        while (await rows.ReadAsync(ct))
        {
            specialties.Add((rows.GetGuid(0), rows.GetString(1)));
        }

        return specialties;
    }

    private static void WriteProfile(RowWriter row, Guid? id)
    {
        if (id is { } profile)
        {
            row.Id(profile);
        }
        else
        {
            row.Text(null);
        }
    }

    private static Guid AccountOf(LargeKind kind, int number) =>
        LargeIds.Of(kind == LargeKind.Doctor ? LargeKind.DoctorAccount : LargeKind.PatientAccount, number);

    private static string UserName(string role, int number) => string.Create(CultureInfo.InvariantCulture, $"demo.{role}.{number + 1:D6}");

    // No country has the code 999, so that nobody can ever be called or written to.
    private static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"+999{number + 1:D9}");
}
