using Careline.Notifications.Contracts;
using Careline.Scheduling.Contracts;
using Careline.Scheduling.Reminders;

namespace Careline.Tests.Scheduling;

public sealed class ReminderPlanTests
{
    private static readonly Reader _reader = new() { AccountId = Guid.CreateVersion7(), Email = "a@example.test", Phone = "+2348012345678" };
    private static readonly Reader _quiet = _reader with { TimeZone = "UTC", Quiet = (new TimeOnly(22, 0), new TimeOnly(7, 0)) };
    private static readonly DateTimeOffset _longAgo = At("2026-03-01T12:00:00Z");

    [Fact]
    public void A_reminder_comes_as_long_before_the_visit_as_it_says() =>
        Plan("2026-03-10T15:00:00Z", 60, _reader).ShouldBe(new Planned(At("2026-03-10T14:00:00Z"), ReminderStatus.Planned, null));

    [Fact]
    public void One_that_was_due_before_the_visit_was_agreed_is_not_made_up_for() =>
        Plan("2026-03-10T15:00:00Z", 1440, _reader, agreedAt: "2026-03-10T09:00:00Z").ShouldBe(
            new Planned(At("2026-03-09T15:00:00Z"), ReminderStatus.Skipped, ReminderWhy.AgreedLater));

    [Fact]
    public void In_quiet_hours_it_waits_for_their_end_where_that_is_still_of_use() =>
        Plan("2026-03-10T23:30:00Z", 1440, _quiet).ShouldBe(new Planned(At("2026-03-10T07:00:00Z"), ReminderStatus.Planned, null));

    [Fact]
    public void One_of_no_use_after_quiet_hours_comes_before_they_begin() =>
        Plan("2026-03-10T07:10:00Z", 60, _quiet).ShouldBe(new Planned(At("2026-03-09T21:59:00Z"), ReminderStatus.Planned, null));

    [Fact]
    public void And_not_at_all_where_they_had_begun_when_the_visit_was_agreed() =>
        Plan("2026-03-10T07:10:00Z", 60, _quiet, agreedAt: "2026-03-09T23:00:00Z").ShouldBe(
            new Planned(At("2026-03-10T06:10:00Z"), ReminderStatus.Skipped, ReminderWhy.QuietHours));

    [Fact]
    public void What_is_urgent_passes_and_the_list_within_careline_wakes_nobody()
    {
        Plan("2026-03-10T07:10:00Z", 60, _quiet, urgency: Urgency.Emergency).DueAt.ShouldBe(At("2026-03-10T06:10:00Z"));
        Plan("2026-03-10T07:10:00Z", 60, _quiet, NoticeChannel.InApp).DueAt.ShouldBe(At("2026-03-10T06:10:00Z"));
    }

    [Theory]
    [InlineData(AppointmentStatus.Scheduled, null)]
    [InlineData(AppointmentStatus.Confirmed, null)]
    [InlineData(AppointmentStatus.CheckedIn, ReminderWhy.AlreadyThere)]
    [InlineData(AppointmentStatus.InProgress, ReminderWhy.AlreadyThere)]
    [InlineData(AppointmentStatus.Completed, ReminderWhy.AlreadyThere)]
    [InlineData(AppointmentStatus.Cancelled, ReminderWhy.CalledOff)]
    [InlineData(AppointmentStatus.Expired, ReminderWhy.CalledOff)]
    public void Whether_it_is_still_sent_follows_from_the_visit(AppointmentStatus status, ReminderWhy? why) =>
        Judge(Visit("2026-03-10T15:00:00Z", status: status), "2026-03-10T14:00:00Z").Why.ShouldBe(why);

    [Fact]
    public void A_missed_one_is_sent_while_the_visit_is_ahead_and_not_after()
    {
        Judge(Visit("2026-03-10T15:00:00Z"), "2026-03-10T14:59:59Z").ShouldBe(Verdict.Send);
        Judge(Visit("2026-03-10T15:00:00Z"), "2026-03-10T15:00:00Z").ShouldBe(Verdict.Skip(ReminderWhy.TooLate));
        Judge(Visit("2026-03-10T15:00:00Z"), "2026-03-10T14:30:00Z", isSuperseded: true).ShouldBe(Verdict.Skip(ReminderWhy.Superseded));
        Judge(null, "2026-03-10T14:30:00Z").ShouldBe(Verdict.Void(ReminderWhy.CalledOff));
    }

    [Fact]
    public void One_for_an_earlier_start_is_void_also_where_the_visit_came_back_to_it()
    {
        Judge(Visit("2026-03-11T15:00:00Z"), "2026-03-10T14:00:00Z", of: "2026-03-10T15:00:00Z").ShouldBe(Verdict.Void(ReminderWhy.Moved));
        Judge(Visit("2026-03-10T15:00:00Z", moves: 2), "2026-03-10T14:00:00Z").ShouldBe(Verdict.Void(ReminderWhy.Moved));
    }

    [Fact]
    public void What_the_reader_wants_by_now_counts_and_not_what_was_planned()
    {
        var off = _reader with { Choices = new Dictionary<(NoticeCategory, NoticeChannel), bool> { [(NoticeCategory.Reminder, NoticeChannel.Email)] = false } };

        Judge(Visit("2026-03-10T15:00:00Z", off), "2026-03-10T14:00:00Z").ShouldBe(Verdict.Void(ReminderWhy.SwitchedOff));
        Judge(Visit("2026-03-10T15:00:00Z", _reader with { Email = null }), "2026-03-10T14:00:00Z").ShouldBe(Verdict.Skip(ReminderWhy.NoAddress));
        Judge(Visit("2026-03-11T06:00:00Z", _quiet), "2026-03-10T23:00:00Z").ShouldBe(Verdict.Skip(ReminderWhy.QuietHours));
        Judge(Visit("2026-03-11T15:00:00Z", _quiet), "2026-03-10T23:00:00Z").ShouldBe(Verdict.Hold(At("2026-03-11T07:00:00Z")));
    }

    [Fact]
    public void Whoever_acts_for_the_patient_no_longer_is_told_nothing_more()
    {
        var visit = Visit("2026-03-10T15:00:00Z", _reader with { AccountId = Guid.CreateVersion7() });

        Judge(visit, "2026-03-10T14:00:00Z").ShouldBe(Verdict.Void(ReminderWhy.NoLongerConcerned));
    }

    private static Planned Plan(
        string start, int minutes, Reader reader, NoticeChannel channel = NoticeChannel.Email, string? agreedAt = null, Urgency urgency = Urgency.Medium) =>
        ReminderPlan.For(Visit(start, reader, urgency: urgency), TimeSpan.FromMinutes(minutes), reader, channel, agreedAt is null ? _longAgo : At(agreedAt));

    private static Verdict Judge(VisitFacts? visit, string now, bool isSuperseded = false, string? of = null)
    {
        var start = of is null ? visit?.StartsAt ?? At(now).AddHours(1) : At(of);
        return ReminderPlan.Judge(Reminder.Of(_reader.AccountId, NoticeChannel.Email, start), visit, isSuperseded, At(now));
    }

    private static VisitFacts Visit(
        string start, Reader? reader = null, AppointmentStatus status = AppointmentStatus.Scheduled, Urgency urgency = Urgency.Medium, int moves = 0)
    {
        return new VisitFacts
        {
            Id = Guid.CreateVersion7(),
            Number = "APT-000001",
            Status = status,
            StartsAt = At(start),
            EndsAt = At(start).AddMinutes(30),
            TimeZone = "UTC",
            Urgency = urgency,
            PatientId = Guid.CreateVersion7(),
            PatientAccountId = Guid.CreateVersion7(),
            DoctorAccountId = Guid.CreateVersion7(),
            Moves = moves,
            AgreedAt = _longAgo,
            FormerStatus = null,
            Concerned = [new Concerned(reader ?? _reader, false)],
        };
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null).ToUniversalTime();
}
