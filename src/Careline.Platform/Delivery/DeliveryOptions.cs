namespace Careline.Platform.Delivery;

/// <summary>Who carries messages. Section <c>Delivery</c> of the settings.</summary>
public sealed class DeliveryOptions
{
    /// <summary><c>smtp</c>, or <c>sandbox</c> in Development; nothing is sent while it is empty.</summary>
    public string Mail { get; set; } = "";

    /// <summary><c>twilio</c>, <c>termii</c>, <c>africastalking</c>, <c>msg91</c>, or <c>sandbox</c> in Development.</summary>
    public string Sms { get; set; } = "";

    /// <summary><c>webpush</c>, or <c>sandbox</c> in Development; browsers are not offered it while it is empty.</summary>
    public string Push { get; set; } = "";

    /// <summary>The mail server.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>The account at the SMS provider.</summary>
    public SmsOptions SmsAccount { get; set; } = new();
}

/// <summary>A mail server.</summary>
public sealed class SmtpOptions
{
    /// <summary>Name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 with STARTTLS unless told.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Off only for a relay on the same machine.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Sign-in name; empty for a relay that asks for none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Sign-in password.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender that people see, such as <c>Careline &lt;no-reply@clinic.example&gt;</c>.</summary>
    public string From { get; set; } = "";
}

/// <summary>An account at an SMS provider.</summary>
public sealed class SmsOptions
{
    /// <summary>Where the provider listens; empty means its public address.</summary>
    public Uri? Address { get; set; }

    /// <summary>Account id or user name, for providers that have one.</summary>
    public string Account { get; set; } = "";

    /// <summary>The secret: token or API key.</summary>
    public string Key { get; set; } = "";

    /// <summary>Sender number or name.</summary>
    public string From { get; set; } = "";

    /// <summary>MSG91: the approved flow template with one variable, <c>text</c>.</summary>
    public string Template { get; set; } = "";
}
