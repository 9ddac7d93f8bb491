using Careline.Portal.Language;

namespace Careline.Portal.Screens.Patient;

/// <summary>A card that a payment company keeps, as its owner knows it.</summary>
internal static class SavedCards
{
    // Gateways write a brand in letters of their own choice.
    private static readonly (string Value, string Text)[] _brands = [("visa", "Visa"), ("mastercard", "Mastercard"), ("verve", "Verve"), ("amex", "American Express")];

    public static string NameOf(Thing method, Words words) => words[
        "{0} ending in {1}", method["brand"].IsNone ? words["Card"] : _brands.Of(method.Text("brand").Trim().ToLowerInvariant(), words), method.Text("last4")];
}
