using Careline.Portal.Language;
using Careline.Portal.SignIn;

namespace Careline.Portal.Screens.Chats;

/// <summary>What a chat is called by somebody in it.</summary>
internal static class ChatNames
{
    public static string NameFor(this Thing chat, PortalSession me, Words words)
    {
        if (chat.Text("title") is { Length: > 0 } title)
        {
            return title;
        }

        var others = chat["participants"].Items.Where(p => p.Text("user_id") != me.UserId.ToString()).Select(p => p.Text("name")).Where(n => n.Length > 0);
        return string.Join(", ", others) is { Length: > 0 } names ? names : words["Messages"];
    }
}
