namespace Careline.Notifications.Contracts;

/// <summary>Tells people something. What is told is posted with the caller's save, and goes out afterwards or never was.</summary>
public interface INotifier
{
    /// <summary>Tells a reader by mail, or else by SMS; a reader who gave neither is told nothing.</summary>
    /// <param name="reader">Whom.</param>
    /// <param name="phrase">What: a name in the catalogues, such as <c>patients.opened</c>.</param>
    /// <param name="values">What stands in the phrase's placeholders: nothing clinical and no names, since messages are read over shoulders.</param>
    void Tell(Reader reader, string phrase, params (string Name, string Value)[] values);
}

/// <summary>Somebody who is told something.</summary>
/// <param name="Email">Where mail goes.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Language">BCP 47; English when unknown.</param>
public sealed record Reader(string? Email, string? Phone, string? Language);
