using System.Text.RegularExpressions;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed partial class MovesTests
{
    private const string Table =
        """
        Confirm    | Doctor Staff         | Scheduled                                        | Confirmed
        CheckIn    | Patient Staff        | Scheduled Confirmed                              | CheckedIn
        Start      | Doctor               | Scheduled Confirmed CheckedIn                    | InProgress
        Complete   | Doctor               | InProgress                                       | Completed
        MarkNoShow | Doctor Staff         | Scheduled Confirmed                              | NoShow
        Cancel     | Patient Doctor Staff | Requested Held Scheduled Confirmed CheckedIn     | Cancelled
        Reschedule | Patient Doctor Staff | Scheduled Confirmed                              | Scheduled
        GetReady   | Patient Doctor Staff | CheckedIn                                        | CheckedIn
        Leave      | Patient Staff        | CheckedIn                                        | Scheduled
        """;

    [Fact]
    public void Every_move_is_allowed_to_its_parties_from_its_states_and_to_nobody_else()
    {
        var seen = 0;
        foreach (var line in Table.Split('\n'))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            var move = Enum.Parse<Move>(cells[0]);
            foreach (var party in Enum.GetValues<Party>())
            {
                foreach (var from in Enum.GetValues<AppointmentStatus>())
                {
                    seen++;
                    var isTheirs = cells[1].Split(' ').Contains(party.ToString());
                    var isPossible = cells[2].Split(' ').Contains(from.ToString());
                    Moves.Allows(move, from, party).ShouldBe(isTheirs && isPossible, $"{move} {from} {party}");
                    if (!isTheirs)
                    {
                        Should.Throw<PermissionDenied>(() => Moves.Follow(move, from, party));
                    }
                    else if (!isPossible)
                    {
                        Should.Throw<RuleViolation>(() => Moves.Follow(move, from, party)).Code.ShouldBe("ILLEGAL_MOVE");
                    }
                    else
                    {
                        Moves.Follow(move, from, party).ShouldBe(Enum.Parse<AppointmentStatus>(cells[3]));
                    }
                }
            }
        }

        seen.ShouldBe(9 * 3 * 11);
    }

    [Fact]
    public void What_occupies_time_is_said_in_one_list() =>
        Enum.GetValues<AppointmentStatus>().Where(Moves.Occupies).ShouldBe(Moves.Occupying);

    /// <summary>Statements by hand spell the list; a visit that is over still counts for a day's limit.</summary>
    [Fact]
    public void Every_statement_says_the_same_list_of_what_occupies_time()
    {
        var occupying = Moves.Occupying.Select(EnumText<AppointmentStatus>.Of).ToHashSet();
        var completed = EnumText<AppointmentStatus>.Of(AppointmentStatus.Completed);
        var seen = 0;
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("src/Modules/Careline.Scheduling"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match list in StatusList().Matches(File.ReadAllText(file)))
            {
                var said = list.Groups[1].Value.Split(',').Select(word => word.Trim(' ', '\'')).ToHashSet();
                if (said.Contains("held") && said.Contains("in_progress"))
                {
                    seen++;
                    said.Remove(completed);
                    said.ShouldBe(occupying, ignoreOrder: true, Path.GetFileName(file));
                }
            }
        }

        seen.ShouldBeGreaterThan(6);
    }

    [GeneratedRegex(@"status IN \(([^)]*)\)")]
    private static partial Regex StatusList();
}
