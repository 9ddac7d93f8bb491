namespace Careline.Platform.Delivery;

/// <summary>How a message reaches a person.</summary>
public enum Channel
{
    /// <summary>To an e-mail address.</summary>
    Email,

    /// <summary>To a phone number, E.164.</summary>
    Sms,
}
