using Careline.Gateways.Contracts;

namespace Careline.Payments.Ledger;

/// <summary>The accounts of the ledger, by name.</summary>
internal static class LedgerAccount
{
    /// <summary>What was sold by the platform itself.</summary>
    public const string Platform = "platform";

    /// <summary>The platform's bank.</summary>
    public const string Bank = "bank";

    /// <summary>Money at a gateway.</summary>
    public static string At(Gateway gateway) => "gateway:" + EnumText<Gateway>.Of(gateway);

    /// <summary>What gateways keep for themselves.</summary>
    public static string FeesOf(Gateway gateway) => "fees:" + EnumText<Gateway>.Of(gateway);

    /// <summary>What banks took back and nobody has decided yet.</summary>
    public static string DisputedAt(Gateway gateway) => "disputed:" + EnumText<Gateway>.Of(gateway);

    /// <summary>The till of a clinic, or of the platform.</summary>
    public static string TillOf(Guid? clinicId) => "till:" + Owner(clinicId);

    /// <summary>What is owed to the tax office.</summary>
    public static string TaxOf(Guid? clinicId) => "tax:" + Owner(clinicId);

    /// <summary>What is owed to a clinic.</summary>
    public static string ShareOfClinic(Guid clinicId) => $"clinic:{clinicId}";

    /// <summary>What is owed to a doctor.</summary>
    public static string ShareOfDoctor(Guid doctorId) => $"doctor:{doctorId}";

    /// <summary>What came too much or too late, until it is given back.</summary>
    public static string OwedFor(Guid paymentId) => $"owed:{paymentId}";

    private static string Owner(Guid? clinicId) => clinicId?.ToString() ?? Platform;
}
