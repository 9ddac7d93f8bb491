using Careline.Messaging.Chats;
using Careline.Patients.Contracts;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Scheduling.Contracts;

namespace Careline.Messaging.Participants;

/// <summary>Whoever takes part by treating the patient leaves when that ends; without the doctor of whom it is, a direct chat is closed.</summary>
internal sealed class EndOfCare(CarelineDb db, ChatMembers members)
{
    /// <summary>Looks at the chats of some patients, or of all. The caller saves and commits.</summary>
    public async Task EndAsync(Guid? appointmentId, CancellationToken ct)
    {
        var now = db.Now;
        var over = await (
            from p in db.Set<Participant>()
            join c in db.Set<Chat>() on p.ChatId equals c.Id
            where p.NeedsCare && p.LeftAt == null
                && (appointmentId == null || db.Set<AppointmentRow>().Any(a => a.Id == appointmentId && a.PatientId == c.PatientId))
                && !db.Set<CareRelationshipRow>().Any(r => r.AccountId == p.AccountId && r.PatientId == c.PatientId && r.Reason != CareReason.BreakGlass && r.From <= now && (r.Until == null || now < r.Until))
            orderby p.ChatId
            select new { p.ChatId, p.AccountId }).Take(500).ToListAsync(ct);
        foreach (var (chatId, accounts) in over.GroupBy(o => o.ChatId).Select(g => (g.Key, g.Select(o => o.AccountId).ToArray())))
        {
            await members.ReviseAsync(chatId, ct);
            await db.Database.ExecuteSqlAsync($"UPDATE messaging.participants SET left_at = {now} WHERE chat_id = {chatId} AND account_id = ANY ({accounts}) AND left_at IS NULL", ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE messaging.chats c SET closed_at = {now}
                WHERE id = {chatId} AND type = 'direct' AND closed_at IS NULL AND NOT EXISTS (
                    SELECT FROM messaging.participants p JOIN doctors.doctor_rows d ON d.account_id = p.account_id
                    WHERE p.chat_id = c.id AND p.left_at IS NULL AND d.id = c.doctor_id)
                """,
                ct);
        }
    }
}

/// <summary>A visit that does not take place any more ends the care that it had begun, at once.</summary>
internal sealed class OnAppointmentEnded(EndOfCare care) : IHandle<AppointmentEnded>
{
    public Task HandleAsync(AppointmentEnded happened, CancellationToken ct) => care.EndAsync(happened.AppointmentId, ct);
}

/// <summary>Care also ends by time, and when a grant or a proxy does.</summary>
internal sealed class LeaveChatsAfterCare : IRecurringJob
{
    public string Name => "messaging.leave-chats-after-care";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await scope.GetRequiredService<EndOfCare>().EndAsync(null, ct);
        await transaction.CommitAsync(ct);
    }
}
