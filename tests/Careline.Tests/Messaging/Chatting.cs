using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>People who talk.</summary>
internal static class Chatting
{
    /// <summary>A patient and the doctor of an agreed visit, and their chat.</summary>
    public static async Task<(Person Patient, Person Doctor, Guid Chat)> TalkingAsync(this TestApp app)
    {
        var (patient, doctor) = (await app.PatientAsync(), await app.BookableDoctorAsync());
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);
        var chat = await patient.PostAsync("/api/chats/", new { type = "direct", appointment_id = visit });
        chat.Status.ShouldBe(201, chat.Text);
        return (patient, doctor, chat.Id);
    }

    public static Task<Socket> ListenAsync(this TestApp app, Person person, Guid? chat = null) =>
        Socket.OpenAsync(app, chat is null ? "/ws/chat/" : $"/ws/chat/{chat}/", person);
}
