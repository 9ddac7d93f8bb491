using System.Collections.Frozen;

namespace Careline.Scheduling.Appointments;

/// <summary>What can be done to an appointment.</summary>
internal enum Move
{
    Confirm,
    CheckIn,
    Start,
    Complete,
    MarkNoShow,
    Cancel,
    Reschedule,
    Accept,
    Reject,
    GetReady,
    Leave,
}

/// <summary>As what somebody acts on an appointment that they see.</summary>
internal enum Party
{
    Patient,
    Doctor,
    Staff,
}

/// <summary>Who may move an appointment from which state to which. Depends on state and actor, never on the clock: a doctor may start early.</summary>
internal static class Moves
{
    private static readonly FrozenDictionary<Move, Rule> _rules = new Dictionary<Move, Rule>
    {
        [Move.Confirm] = new([Party.Doctor, Party.Staff], [AppointmentStatus.Scheduled], AppointmentStatus.Confirmed),
        [Move.CheckIn] = new(
            [Party.Patient, Party.Staff], [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed], AppointmentStatus.CheckedIn),
        [Move.Start] = new(
            [Party.Doctor],
            [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn],
            AppointmentStatus.InProgress),
        [Move.Complete] = new([Party.Doctor], [AppointmentStatus.InProgress], AppointmentStatus.Completed),
        [Move.MarkNoShow] = new(
            [Party.Doctor, Party.Staff], [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed], AppointmentStatus.NoShow),
        [Move.Cancel] = new(
            [Party.Patient, Party.Doctor, Party.Staff],
            [AppointmentStatus.Requested, AppointmentStatus.Held, AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn],
            AppointmentStatus.Cancelled),
        [Move.Reschedule] = new(
            [Party.Patient, Party.Doctor, Party.Staff],
            [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed],
            AppointmentStatus.Scheduled),
        [Move.Accept] = new([Party.Doctor, Party.Staff], [AppointmentStatus.Requested], AppointmentStatus.Scheduled),
        [Move.Reject] = new([Party.Doctor, Party.Staff], [AppointmentStatus.Requested], AppointmentStatus.Rejected),
        [Move.GetReady] = new([Party.Patient, Party.Doctor, Party.Staff], [AppointmentStatus.CheckedIn], AppointmentStatus.CheckedIn),
        [Move.Leave] = new([Party.Patient, Party.Staff], [AppointmentStatus.CheckedIn], AppointmentStatus.Scheduled),
    }.ToFrozenDictionary();

    /// <summary>The states that occupy their time; the exclusion constraints spell the same list.</summary>
    public static IReadOnlyList<AppointmentStatus> Occupying { get; } =
    [
        AppointmentStatus.Requested, AppointmentStatus.Held, AppointmentStatus.Scheduled, AppointmentStatus.Confirmed,
        AppointmentStatus.CheckedIn, AppointmentStatus.InProgress,
    ];

    public static bool Occupies(AppointmentStatus status) => status <= AppointmentStatus.InProgress;

    public static bool Allows(Move move, AppointmentStatus from, Party by) => _rules[move].By.Contains(by) && _rules[move].From.Contains(from);

    /// <summary>The state that a move leads to.</summary>
    /// <exception cref="PermissionDenied">It is not this party's to do, in any state.</exception>
    /// <exception cref="RuleViolation">The present state forbids it.</exception>
    public static AppointmentStatus Follow(Move move, AppointmentStatus from, Party by)
    {
        var rule = _rules[move];
        if (!rule.By.Contains(by))
        {
            throw new PermissionDenied();
        }

        return rule.From.Contains(from) ? rule.To : throw Illegal(from, EnumText<AppointmentStatus>.Of(rule.To));
    }

    public static RuleViolation Illegal(AppointmentStatus from, string to) => new(
        "ILLEGAL_MOVE",
        $"An appointment that is {EnumText<AppointmentStatus>.Display(from).ToLowerInvariant()} cannot become {to.Replace('_', ' ')}.",
        new MoveDetails(from, to));

    private sealed record Rule(Party[] By, AppointmentStatus[] From, AppointmentStatus To);
}

/// <summary>The move that was refused.</summary>
/// <param name="From">The present state.</param>
/// <param name="To">The state asked for.</param>
internal sealed record MoveDetails(AppointmentStatus From, string To);
