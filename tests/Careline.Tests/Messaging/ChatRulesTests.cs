using Careline.Accounts.Contracts;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>Who may talk with whom, how people come into a chat and out of it, and what they find there.</summary>
public sealed class ChatRulesTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/chats/";

    [Fact]
    public async Task A_visit_has_one_chat_whoever_of_the_two_begins_it()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        var visit = (await patient.GetAsync($"{Path}{chat}/")).Data.GetProperty("appointment_id").GetGuid();

        var again = await doctor.PostAsync(Path, new { type = "direct", appointment_id = visit });

        again.Id.ShouldBe(chat);
        (await doctor.PostAsync(Path, new { appointment_id = visit, participant_ids = new[] { patient.UserId } })).Id.ShouldBe(chat);
        (await doctor.PostAsync(Path, new { appointment_id = visit, participant_ids = new[] { Guid.CreateVersion7() } })).Status.ShouldBe(400);
        again.Data.GetProperty("participants").EnumerateArray().Select(p => p.GetProperty("user_id").GetGuid()).ShouldBe([patient.UserId, doctor.UserId], ignoreOrder: true);
        var pair = await patient.PostAsync(Path, new { type = "direct", participant_ids = new[] { doctor.UserId } });
        pair.Data.GetProperty("participants").GetArrayLength().ShouldBe(2);
        pair.Id.ShouldNotBe(chat);
        (await doctor.PostAsync(Path, new { participant_ids = new[] { patient.UserId } })).Id.ShouldBe(pair.Id);
    }

    [Fact]
    public async Task Both_begin_the_chat_of_their_visit_at_the_same_moment()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.BookableDoctorAsync();
        foreach (var time in await doctor.OfferAsync(app.Day(), 8))
        {
            var visit = await patient.BookedAsync(time);

            var begun = await Task.WhenAll(new[] { patient, doctor, patient, doctor }.Select(p => p.PostAsync(Path, new { appointment_id = visit })));

            begun.Select(b => b.Status).ShouldBe([201, 201, 201, 201]);
            begun.Select(b => b.Id).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Who_has_nothing_to_do_with_each_other_does_not_talk()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        using var waiting = await app.DoctorAsync(verified: false);
        using var nurse = await app.StaffAsync(Roles.Nurse);
        var (treated, treating, chat) = await app.TalkingAsync();
        var visit = (await treated.GetAsync($"{Path}{chat}/")).Data.GetProperty("appointment_id").GetGuid();

        foreach (var (who, whom) in new[]
        {
            (patient, other.UserId), (doctor, patient.UserId), (doctor, treated.UserId), (patient, waiting.UserId), (patient, nurse.UserId), (nurse, patient.UserId),
            (patient, patient.UserId == Guid.Empty ? patient.UserId : Guid.CreateVersion7()), (treating, other.UserId),
        })
        {
            (await who.PostAsync(Path, new { type = "direct", participant_ids = new[] { whom } })).Status.ShouldBe(403);
        }

        (await patient.PostAsync(Path, new { type = "group", participant_ids = new[] { doctor.UserId } })).Status.ShouldBe(403);
        (await doctor.PostAsync(Path, new { type = "group", participant_ids = new[] { nurse.UserId, treated.UserId } })).Status.ShouldBe(403);
        (await patient.PostAsync(Path, new { appointment_id = visit })).Status.ShouldBe(404);
        (await patient.PostAsync(Path, new { type = "direct" })).Status.ShouldBe(400);
        (await patient.PostAsync($"{Path}{chat}/invitations/accept/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_doctor_who_is_asked_reads_nothing_before_accepting()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var chat = (await patient.PostAsync(Path, new { type = "direct", participant_ids = new[] { doctor.UserId }, title = "A question" })).Id;
        await patient.SayAsync(chat, "May I ask something?");

        var seen = (await doctor.GetAsync($"{Path}?invited=true")).Rows.Single();
        seen.GetProperty("status").GetString().ShouldBe("invited");
        (await doctor.GetAsync($"{Path}{chat}/messages/")).ErrorCode.ShouldBe("NOT_A_PARTICIPANT");
        (await doctor.PostAsync($"{Path}{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "x" })).Status.ShouldBe(403);
        (await doctor.GetAsync($"{Path}search/?search=something")).Rows.ShouldBeEmpty();
        (await doctor.GetAsync("/api/notifications/")).Rows.First().GetProperty("type").GetString().ShouldBe("messaging.invited");

        (await doctor.PostAsync($"{Path}{chat}/invitations/accept/")).Data.GetProperty("status").GetString().ShouldBe("accepted");
        (await doctor.PostAsync($"{Path}{chat}/invitations/accept/")).ErrorCode.ShouldBe("NOT_INVITED");
        (await doctor.GetAsync($"{Path}{chat}/messages/")).Rows.Count().ShouldBe(1);
        (await doctor.GetAsync($"{Path}{chat}/")).Data.GetProperty("unread_count").GetInt64().ShouldBe(1);

        using var declining = await app.DoctorAsync();
        var unwanted = (await patient.PostAsync(Path, new { participant_ids = new[] { declining.UserId } })).Id;
        (await declining.PostAsync($"{Path}{unwanted}/invitations/decline/")).Status.ShouldBe(200);
        (await declining.GetAsync($"{Path}{unwanted}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_visit_that_is_called_off_closes_its_chat_to_the_doctor()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        await using var line = await app.ListenAsync(doctor, chat);
        var visit = (await patient.GetAsync($"{Path}{chat}/")).Data.GetProperty("appointment_id").GetGuid();

        (await patient.MoveAsync(visit, "cancel")).Status.ShouldBe(200);

        (await line.Closed).ShouldBe(4403);
        (await doctor.GetAsync($"{Path}{chat}/messages/")).Status.ShouldBe(404);
        (await patient.GetAsync($"{Path}{chat}/")).Data.GetProperty("status").GetString().ShouldBe("closed");
        (await patient.PostAsync($"{Path}{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "Hello?" })).ErrorCode.ShouldBe("CHAT_CLOSED");
        (await patient.PostAsync(Path, new { appointment_id = visit })).ErrorCode.ShouldBe("APPOINTMENT_NOT_AGREED");
    }

    [Fact]
    public async Task Help_is_asked_of_administrators_who_may_come_in()
    {
        using var early = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var chat = (await patient.PostAsync(Path, new { type = "support", title = "I cannot pay" })).Id;
        using var late = await app.AdminAsync();

        (await early.GetAsync($"{Path}{chat}/messages/")).Status.ShouldBe(200);
        (await late.GetAsync($"{Path}{chat}/")).Data.GetProperty("status").GetString().ShouldBe("open");
        (await late.GetAsync($"{Path}{chat}/messages/")).Status.ShouldBe(403);
        (await late.PostAsync($"{Path}{chat}/participants/", new { user_id = late.UserId })).Status.ShouldBe(201);
        await late.SayAsync(chat, "How can I help?");
        (await patient.GetAsync($"{Path}{chat}/messages/")).Rows.Single().GetProperty("content").GetString().ShouldBe("How can I help?");
        (await late.DeleteAsync($"{Path}{chat}/participants/{late.UserId}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task History_goes_back_and_forth_by_numbers_and_what_is_read_is_counted()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        for (var i = 1; i <= 7; i++)
        {
            await patient.SayAsync(chat, $"Number {i}");
        }

        (await SeqsAsync(doctor, "?limit=3")).ShouldBe([7, 6, 5]);
        (await SeqsAsync(doctor, "?before_seq=5&limit=2")).ShouldBe([4, 3]);
        (await SeqsAsync(doctor, "?after_seq=5")).ShouldBe([6, 7]);
        foreach (var (from, all) in new[] { ("?limit=3", new[] { 7, 6, 5, 4, 3, 2, 1 }), ("?after_seq=0&limit=3", [1, 2, 3, 4, 5, 6, 7]) })
        {
            var read = new List<int>();
            for (var path = $"{Path}{chat}/messages/{from}"; path is not null;)
            {
                var piece = await doctor.GetAsync(path);
                read.AddRange(piece.Rows.Select(m => m.GetProperty("seq").GetInt32()));
                path = piece.Json.GetProperty("meta").GetProperty("next").GetString();
            }

            read.ShouldBe(all);
        }

        (await doctor.GetAsync($"{Path}{chat}/messages/?after_seq=1&before_seq=3")).Status.ShouldBe(400);
        (await doctor.GetAsync($"{Path}?unread=true")).Rows.Single().GetProperty("unread_count").GetInt64().ShouldBe(7);
        (await doctor.PostAsync($"{Path}{chat}/read/", new { seq = 4 })).Data.GetProperty("unread_count").GetInt64().ShouldBe(3);
        (await doctor.PostAsync($"{Path}{chat}/read/", new { seq = 2 })).Data.GetProperty("read_seq").GetInt64().ShouldBe(4);
        (await doctor.PostAsync($"{Path}{chat}/read/", new { seq = 900 })).Data.GetProperty("read_seq").GetInt64().ShouldBe(7);
        (await doctor.GetAsync($"{Path}?unread=true")).Rows.ShouldBeEmpty();

        async Task<IEnumerable<int>> SeqsAsync(Person who, string query) =>
            (await who.GetAsync($"{Path}{chat}/messages/{query}")).Rows.Select(m => m.GetProperty("seq").GetInt32()).ToList();
    }

    [Fact]
    public async Task Words_are_found_in_ones_own_chats_though_nothing_is_stored_in_clear()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        var (other, _, foreign) = await app.TalkingAsync();
        var said = await patient.SayAsync(chat, "The Amoxicillin gave me a RASH on both arms.");
        await patient.SayAsync(chat, "A rash decision");
        await other.SayAsync(foreign, "Amoxicillin rash");

        (await doctor.GetAsync($"{Path}search/?search=rash amoxicillin")).Rows.Select(m => m.GetProperty("id").GetGuid()).ShouldBe([said]);
        (await doctor.GetAsync($"{Path}search/?search=rash")).Rows.Count().ShouldBe(2);
        (await patient.GetAsync($"{Path}search/?search=rash&chat={foreign}")).Rows.ShouldBeEmpty();
        (await patient.GetAsync($"{Path}search/")).Status.ShouldBe(400);
        (await patient.PutAsync($"{Path}{chat}/messages/{said}/", new { content = "It was the penicillin." })).Status.ShouldBe(200);
        (await doctor.GetAsync($"{Path}search/?search=amoxicillin")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_of_the_patients_record_goes_along_and_no_other_file_does()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var stranger = await app.PatientAsync();
        var own = await patient.AddDocumentAsync("A letter");
        var hidden = await patient.AddDocumentAsync("A diary", ("is_private", "true"));
        var foreign = await stranger.AddDocumentAsync("Another's");
        await using var line = await app.ListenAsync(doctor, chat);

        var sent = await patient.PostAsync($"{Path}{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "", attachment_id = own });

        sent.Status.ShouldBe(201, sent.Text);
        (await line.NextAsync("message")).GetProperty("attachment").GetProperty("media_type").GetString().ShouldBe("text/plain");
        (await doctor.GetAsync($"/api/medical-files/{own}/content/")).Status.ShouldBe(200);
        foreach (var refused in new[] { hidden, foreign, Guid.CreateVersion7() })
        {
            (await patient.PostAsync($"{Path}{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "See", attachment_id = refused })).ErrorCode.ShouldBe("ATTACHMENT_REFUSED");
        }

        (await patient.PostAsync($"{Path}{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = "" })).Status.ShouldBe(400);
    }
}
