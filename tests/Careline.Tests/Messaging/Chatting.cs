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

    /// <summary>A socket that is ready, to one chat or to all.</summary>
    public static Task<Socket> ListenAsync(this TestApp app, Person person, Guid? chat = null) => ListenAsync(app.Address, person, chat);

    /// <summary>The same at one of several hosts.</summary>
    public static async Task<Socket> ListenAsync(Uri host, Person person, Guid? chat = null)
    {
        var socket = await Socket.OpenAsync(host, chat is null ? "/ws/chat/" : $"/ws/chat/{chat}/", person);
        await socket.NextAsync("ready");
        return socket;
    }

    public static async Task<Guid> SayAsync(this Person person, Guid chat, string content) =>
        (await person.PostAsync($"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content })).Id;
}
