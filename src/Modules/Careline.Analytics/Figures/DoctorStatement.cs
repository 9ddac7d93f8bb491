using System.Runtime.CompilerServices;

namespace Careline.Analytics.Figures;

/// <summary>
/// One text counts everybody or a doctor, but not one plan: the database keeps a plan for each text whatever is asked, and one that serves everybody looks at all that
/// happened.
/// </summary>
internal static class DoctorStatement
{
    private const string Anybody = "::uuid IS NULL OR doctor_id";
    private const string One = "::uuid IS NOT NULL AND doctor_id";

    /// <summary>The statement, which lets a doctor be absent; where one is given, another text that asks for that one.</summary>
    /// <exception cref="InvalidOperationException">The statement does not ask for a doctor in the one way that is known here.</exception>
    public static FormattableString OfOne(FormattableString statement, Guid? doctorId)
    {
        if (!statement.Format.Contains(Anybody, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"This statement must contain '{Anybody}'.");
        }

        return doctorId is null ? statement : FormattableStringFactory.Create(statement.Format.Replace(Anybody, One, StringComparison.Ordinal), statement.GetArguments());
    }
}
