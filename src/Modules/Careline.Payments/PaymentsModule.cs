using Careline.Gateways.Contracts;
using Careline.Payments.Analytics;
using Careline.Payments.Coupons;
using Careline.Payments.Discrepancies;
using Careline.Payments.Disputes;
using Careline.Payments.Invoices;
using Careline.Payments.Ledger;
using Careline.Payments.Methods;
using Careline.Payments.Notices;
using Careline.Payments.Payments;
using Careline.Payments.Payouts;
using Careline.Payments.Plans;
using Careline.Payments.Privacy;
using Careline.Payments.Reconciling;
using Careline.Payments.Refunds;
using Careline.Payments.Settling;
using Careline.Payments.Terms;
using Careline.Payments.Webhooks;
using Careline.Platform.Events;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;

namespace Careline.Payments;

/// <summary>Money: what is owed, how it is paid, where it went.</summary>
public static class PaymentsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddModule("Payments", 6, typeof(PaymentsModule).Assembly);
        services.AddValidation();
        services.AddFigures("payments", $"""SELECT status AS "Name", count(*) AS "Value" FROM payments.payments GROUP BY status""");
        services.AddOptions<PaymentsOptions>().BindConfiguration("Payments")
            .Validate(
                options => options.PayWithinMinutes is >= 1 and <= 1440 && options.DoctorSharePercent >= 0 && options.PlatformSharePercent >= 0
                    && options.DoctorSharePercent + options.PlatformSharePercent <= 100,
                "Payments__PayWithinMinutes is between 1 and 1440; Payments__DoctorSharePercent and Payments__PlatformSharePercent come to at most 100.")
            .ValidateOnStart();
        services.AddNumberSetting<PaymentsOptions>("payments.pay_within_minutes", "Payments:PayWithinMinutes", (1, 1440), "How many minutes somebody has to pay.");
        services.AddScoped<Cashiers>();
        services.AddScoped<Book>();
        services.AddScoped<Till>();
        services.AddScoped<Receipts>();
        services.AddScoped<CheckoutDesk>();
        services.AddScoped<FactBook>();
        services.AddScoped<Settlement>();
        services.AddScoped<RefundDesk>();
        services.AddScoped<RefundSender>();
        services.AddScoped<IPayments>(provider => provider.GetRequiredService<RefundDesk>());
        services.AddScoped<DisputeBook>();
        services.AddScoped<CouponDesk>();
        services.AddScoped<SavedMethods>();
        services.AddScoped<InvoiceDesk>();
        services.AddSingleton<InvoicePaper>();
        services.AddScoped<PaymentNews>();
        services.AddScoped<Alarm>();
        services.AddScoped<IReconciliation, Reconciliation>();
        services.AddScoped<IWebhookDoor, WebhookDoor>();
        services.AddScoped<IPersonalRecords, PaymentRecords>();
        services.AddHandler<WebhookReceived, OnWebhookReceived>();
        services.AddSingleton<IRecurringJob, AskGateways>();
        services.AddSingleton<IRecurringJob, SendRefunds>();
        services.AddSingleton<IRecurringJob, ExpirePayments>();
        services.AddSingleton<IRecurringJob, ReconcileDaily>();
        AddPlans(services);
        AddSealedColumns(services);
        services.AddConstraintMeaning("payments_one_of_subject", () => new RuleViolation("PAYMENT_OPEN", "Another payment for it began at the same moment."));
        services.AddConstraintMeaning("coupons_code", () => new RuleViolation("CODE_TAKEN", "Another coupon has this code."));
        services.AddConstraintMeaning("coupons_uses", () => new RuleViolation("COUPON_NOT_VALID", "This coupon was used as often as it could be.", new { reason = "used_up" }));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapPayments(this IEndpointRouteBuilder app)
    {
        var payments = app.MapApi("/api/payments", "Payments");
        ReadPayments.Map(payments);
        StartPayment.Map(payments);
        OpenCheckout.Map(payments);
        ReturnFromGateway.Map(payments);
        MovePayment.Map(payments);
        RazorpayRoutes.Map(payments);
        RefundPayment.Map(payments);
        ReceiveWebhook.Map(payments);
        ReadLedger.Map(payments);
        ShowPaymentAnalytics.Map(payments);
        ReconcileNow.Map(payments);
        ManageMethods.Map(app.MapApi("/api/payments/methods", "Payments"));
        ManageCoupons.Map(app.MapApi("/api/payments/coupons", "Coupons"));
        ManageDisputes.Map(app.MapApi("/api/payments/disputes", "Payments"));
        ManageDiscrepancies.Map(app.MapApi("/api/payments/discrepancies", "Payments"));
        var invoices = app.MapApi("/api/payments/invoices", "Payments");
        ReadInvoices.Map(invoices);
        PrintInvoice.Map(invoices);
        MapPlans(app);
        SetTerms.Map(app.MapApi("/api/eclinic/clinics", "Payments"));
        return app;
    }

    private static void AddPlans(IServiceCollection services)
    {
        services.AddScoped<SubscriptionDesk>();
        services.AddScoped<MemberDiscount>();
        services.AddScoped<IPayable, PayableSubscription>();
        services.AddHandler<PaymentCaptured, OnPeriodPaid>();
        services.AddSingleton<IRecurringJob, RenewSubscriptions>();
        services.AddConstraintMeaning("plans_code", () => new RuleViolation("CODE_TAKEN", "Another plan has this code."));
        services.AddConstraintMeaning("subscriptions_one_live", () => new RuleViolation("SUBSCRIBED", "There is a subscription to this plan already."));
    }

    private static void MapPlans(IEndpointRouteBuilder app)
    {
        ManagePlans.Map(app.MapApi("/api/payments/plans", "Plans"));
        var subscriptions = app.MapApi("/api/payments/subscriptions", "Plans");
        ManageSubscriptions.Map(subscriptions);
        Subscribe.Map(subscriptions);
        var payouts = app.MapApi("/api/payments/payouts", "Payouts");
        ManagePayouts.Map(payouts);
        ReadStatement.Map(payouts);
    }

    private static void AddSealedColumns(IServiceCollection services)
    {
        services.AddSealedColumn("payments.attempts", "id", "checkout_sealed");
        services.AddSealedColumn("payments.saved_methods", "id", "token_sealed");
        services.AddSealedColumn("payments.webhooks", "id", "facts_sealed");
        services.AddSealedColumn("payments.disputes", "id", "evidence_sealed");
        services.AddSealedColumn("payments.invoices", "id", "content_sealed");
    }
}
