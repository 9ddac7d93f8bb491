using Careline.Messaging.Chats;
using Careline.Messaging.Invitations;
using Careline.Messaging.Live;
using Careline.Messaging.Messages;
using Careline.Messaging.Notices;
using Careline.Messaging.Participants;
using Careline.Messaging.Privacy;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Scheduling.Contracts;
using Careline.Sockets.Contracts;

namespace Careline.Messaging;

/// <summary>Chats: who talks with whom, what they say, and that it arrives.</summary>
public static class MessagingModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddModule("Messaging", 10, typeof(MessagingModule).Assembly);
        services.AddValidation();
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging")
            .Validate(options => options.UnreadNoticeMinutes is >= 1 and <= 1440, "Messaging__UnreadNoticeMinutes must be between 1 and 1440.")
            .ValidateOnStart();
        services.AddRingKey(MessageText.WordKey);
        services.AddSealedColumn("messaging.messages", "id", "body");
        services.AddSealedColumn("messaging.message_versions", "id", "body");
        services.AddSealedColumn("messaging.chats", "id", "title");
        services.AddSingleton<MessageText>();
        services.AddSingleton<MessagePages>();
        services.AddSingleton<MessageDesk>();
        services.AddSingleton<MessageWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageWriter>());
        services.AddSingleton<Receipts>();
        services.AddHostedService(provider => provider.GetRequiredService<Receipts>());
        services.AddSingleton<Rooms>();
        services.AddHostedService(provider => provider.GetRequiredService<Rooms>());
        services.AddScoped<MessageReader>();
        services.AddScoped<ChatReader>();
        services.AddScoped<ChatParties>();
        services.AddScoped<ChatMembers>();
        services.AddScoped<InvitationDesk>();
        services.AddScoped<EndOfCare>();
        services.AddHandler<AppointmentEnded, OnAppointmentEnded>();
        services.AddSingleton<IRecurringJob, LeaveChatsAfterCare>();
        services.AddSingleton<IRecurringJob, TellOfUnread>();
        services.AddScoped<IPersonalRecords, ChatRecords>();
        services.AddConstraintMeaning("chats_one_per_appointment", () => new RuleViolation("CHAT_EXISTS", "This visit has its chat already."));
        services.AddConstraintMeaning("chats_one_per_pair", () => new RuleViolation("CHAT_EXISTS", "These two have a chat already."));
        services.AddConstraintMeaning("invitations_one_pending", () => new RuleViolation("ALREADY_INVITED", "They were asked already."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapMessaging(this IEndpointRouteBuilder app)
    {
        var chats = app.MapApi("/api/chats", "Chats");
        ListChats.Map(chats);
        OpenChat.Map(chats);
        GetChat.Map(chats);
        ListMessages.Map(chats);
        PostMessage.Map(chats);
        EditMessage.Map(chats);
        SearchMessages.Map(chats);
        ReadChat.Map(chats);
        ManageParticipants.Map(chats);
        AskIntoChat.Map(chats);

        app.MapSocket<ChatTalk>("/ws/chat/", "ChatsSocket", "All of a person's chats on one line.");
        app.MapSocket<ChatTalk>("/ws/chat/{chatId}/", "ChatSocket", "One chat.")
            .OpenToAll("Who may hear it is asked once somebody has signed in: strangers and unknown chats are closed alike, with 4403.");
    }
}
