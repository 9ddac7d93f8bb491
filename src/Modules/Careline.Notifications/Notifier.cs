using Careline.Notifications.Contracts;
using Careline.Platform.Delivery;

namespace Careline.Notifications;

internal sealed class Notifier(Postbox post, Phrases phrases) : INotifier
{
    public void Tell(Reader reader, string phrase, params (string Name, string Value)[] values)
    {
        var said = phrases.Say(phrase, reader.Language is { } language ? [language] : [], values);
        if (reader.Email is { } email)
        {
            post.Mail(email, said.Subject, said.Text);
        }
        else if (reader.Phone is { } phone)
        {
            post.Sms(phone, said.Text);
        }
    }
}
