namespace Careline.Platform.Delivery;

/// <summary>How a message reaches a person.</summary>
public enum Channel
{
    /// <summary>To an e-mail address.</summary>
    Email,

    /// <summary>To a phone number, E.164.</summary>
    Sms,

    /// <summary>To whatever devices an account subscribed, by Web Push (RFC 8030); the recipient is the account's id.</summary>
    Push,
}
