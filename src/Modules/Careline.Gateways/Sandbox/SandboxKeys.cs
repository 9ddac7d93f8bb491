namespace Careline.Gateways.Sandbox;

/// <summary>Keys of the sandbox, where none are set. They open nothing but the sandbox.</summary>
internal static class SandboxKeys
{
    public static void Fill(GatewaysOptions options)
    {
        if (options.Stripe.SecretKey.Length == 0)
        {
            (options.Stripe.SecretKey, options.Stripe.PublishableKey, options.Stripe.WebhookSecrets) = ("sk_test_sandbox", "pk_test_sandbox", "whsec_sandbox");
        }

        if (options.Paystack.SecretKey.Length == 0)
        {
            options.Paystack.SecretKey = "sk_test_sandbox";
        }

        if (options.Razorpay.KeyId.Length == 0)
        {
            (options.Razorpay.KeyId, options.Razorpay.KeySecret, options.Razorpay.WebhookSecrets) = ("rzp_test_sandbox", "sandbox-key-secret", "sandbox-webhook-secret");
        }

        if (options.Payu.Key.Length == 0)
        {
            (options.Payu.Key, options.Payu.Salts) = ("sandbox", "sandbox-salt");
        }
    }

    public static bool HasLiveOnes(GatewaysOptions options) =>
        new[] { options.Stripe.SecretKey, options.Paystack.SecretKey, options.Razorpay.KeyId }.Any(key => key.Contains("_live_", StringComparison.Ordinal));
}
