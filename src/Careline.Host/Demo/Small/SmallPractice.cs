using Careline.Accounts.Contracts;
using Careline.Host.Demo.Small.Cast;
using Careline.Platform.Data;
using Careline.Platform.Web;

namespace Careline.Host.Demo.Small;

// A small practice in several countries, told from its opening three weeks ago until now.
internal sealed class SmallPractice(WebApplication app)
{
    public const string Scale = "small";

    public async Task<bool> IsThereAsync(CancellationToken ct) => await AskAsync(demo => demo.FindSetAsync(Scale, ct)) is { FinishedAt: not null };

    public async Task<bool> IsWantedAtFirstStartAsync(CancellationToken ct) =>
        await AskAsync(demo => demo.FindSetAsync(Scale, ct)) is { } set ? set.FinishedAt is null : !await AskAsync(demo => demo.AnyoneAsync(ct));

    // Answers what there is now, in a sentence.
    public async Task<string> MakeAsync(CancellationToken ct)
    {
        var isRetelling = await AskAsync(demo => demo.FindSetAsync(Scale, ct)) is not null;
        var set = await AskAsync(demo => demo.BeginSetAsync(Scale, ct));
        var agenda = new Agenda(set.BegunAt);
        await using var stage = await DemoStage.OpenAsync(app.Services.GetRequiredService<DatabaseAddress>().ConnectionString, isRetelling, ct);
        stage.BeginAt(agenda.Opening);
        await HireAdministratorAsync(stage, ct);
        var practice = new Practice(await DemoCaller.SignInAsync(
            stage, DemoSignIns.AdministratorName, DemoSignIns.AdministratorPassword, ct));
        var opening = new OpeningDay(stage, practice, agenda, ct);
        await opening.RegisterAsync();
        await AskAsync(async demo =>
        {
            await demo.MarkAsync([.. practice.Everybody.Select(p => p.UserId)], DemoSignIns.Password, ct);
            return true;
        });
        await opening.OpenClinicsAsync();
        await opening.VerifyAndOfferAsync();
        await opening.WriteHistoriesAsync();
        await TellVisitsAsync(stage, practice, agenda, ct);
        await SignEverybodyOutAsync(practice, ct);
        await AskAsync(async demo =>
        {
            await demo.FinishSetAsync(Scale, ct);
            return true;
        });
        return $"the demo practice is there: {DoctorCast.All.Count} doctors, {ClinicCast.Clinics.Count} clinics with {ClinicCast.Staff.Count} staff, "
            + $"{PatientCast.All.Count} patients, {VisitCast.All.Count} appointments. Sign in as";
    }

    private static async Task TellVisitsAsync(DemoStage stage, Practice practice, Agenda agenda, CancellationToken ct)
    {
        var met = new HashSet<string>();
        foreach (var visit in VisitCast.All)
        {
            new VisitStory(practice, agenda, ct).Tell(visit, met.Add(visit.Patient));
        }

        new HomeReadings(stage, practice, agenda, ct).Tell(VisitCast.All.First(v => v is { Patient: "amara.nwosu", Outcome: DemoOutcome.Completed }));
        await agenda.PlayAsync(stage);
    }

    private static async Task HireAdministratorAsync(DemoStage stage, CancellationToken ct)
    {
        await using var scope = stage.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IAdministratorAccounts>().CreateAsync(
                new NewAdministrator(
                    DemoSignIns.AdministratorEmail, DemoSignIns.AdministratorPassword, IsSuperAdmin: true, DemoSignIns.AdministratorName, IsDemo: true),
                ct);
        }
        catch (RuleViolation)
        {
            // From an earlier telling; or somebody else's, whose password will not be this one.
        }
    }

    private static async Task SignEverybodyOutAsync(Practice practice, CancellationToken ct)
    {
        foreach (var person in practice.Everybody.Append(practice.Administrator))
        {
            await person.SignOutAsync(ct);
        }
    }

    // Through the application that asked, whose clock is the present and whose hashes are of full strength.
    private async Task<T> AskAsync<T>(Func<IDemoAccounts, Task<T>> question)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IDemoAccounts>());
    }
}
