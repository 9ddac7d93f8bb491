namespace Careline.Gateways;

/// <summary>The gateways' part of section <c>Payments</c> of the settings.</summary>
public sealed class GatewaysOptions
{
    /// <summary>All gateways are played by the sandbox, which moves no money: on in Development unless told otherwise, refused elsewhere.</summary>
    public bool? Sandbox { get; set; }

    /// <summary>An address for payers who have none: gateways insist on one.</summary>
    public string PayerEmail { get; set; } = "payments@careline.invalid";

    /// <summary>Stripe.</summary>
    public StripeOptions Stripe { get; set; } = new();

    /// <summary>Paystack.</summary>
    public PaystackOptions Paystack { get; set; } = new();

    /// <summary>Razorpay.</summary>
    public RazorpayOptions Razorpay { get; set; } = new();

    /// <summary>PayU India.</summary>
    public PayuOptions Payu { get; set; } = new();
}

/// <summary>Section <c>Payments:Stripe</c>.</summary>
public sealed class StripeOptions
{
    /// <summary>Where the interface is; https, but for this machine.</summary>
    public Uri Address { get; set; } = new("https://api.stripe.com");

    /// <summary>The secret key, <c>sk_…</c>; empty means that Stripe is not used.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>The publishable key, <c>pk_…</c>, for apps that use Stripe's own kit.</summary>
    public string PublishableKey { get; set; } = "";

    /// <summary>The webhook endpoint's secret, <c>whsec_…</c>; several, separated by commas, while one is replaced.</summary>
    public string WebhookSecrets { get; set; } = "";
}

/// <summary>Section <c>Payments:Paystack</c>.</summary>
public sealed class PaystackOptions
{
    /// <summary>Where the interface is; https, but for this machine.</summary>
    public Uri Address { get; set; } = new("https://api.paystack.co");

    /// <summary>The secret key, <c>sk_…</c>, which also signs webhooks; empty means that Paystack is not used.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>The key before, while it is replaced: what it signed is still taken.</summary>
    public string PreviousSecretKey { get; set; } = "";
}

/// <summary>Section <c>Payments:Razorpay</c>.</summary>
public sealed class RazorpayOptions
{
    /// <summary>Where the interface is; https, but for this machine.</summary>
    public Uri Address { get; set; } = new("https://api.razorpay.com");

    /// <summary>The key's id, <c>rzp_…</c>; empty means that Razorpay is not used.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>The key's secret.</summary>
    public string KeySecret { get; set; } = "";

    /// <summary>The webhook's secret; several, separated by commas, while one is replaced.</summary>
    public string WebhookSecrets { get; set; } = "";
}

/// <summary>Section <c>Payments:Payu</c>.</summary>
public sealed class PayuOptions
{
    /// <summary>Where browsers post their payments; https, but for this machine.</summary>
    public Uri Address { get; set; } = new("https://secure.payu.in");

    /// <summary>Where the interface for servers is; https, but for this machine.</summary>
    public Uri ServerAddress { get; set; } = new("https://info.payu.in");

    /// <summary>The merchant key; empty means that PayU is not used.</summary>
    public string Key { get; set; } = "";

    /// <summary>The merchant's salt; several, separated by commas, while one is replaced: the first signs.</summary>
    public string Salts { get; set; } = "";
}
