namespace Careline.Analytics.Exports;

/// <summary>Texts in the cells of spreadsheets.</summary>
internal static class CellText
{
    // The wide forms too, since some programs read them as the narrow ones.
    private static readonly System.Buffers.SearchValues<char> _beginsFormula = System.Buffers.SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>
    /// The text, with an apostrophe in front where a spreadsheet would take it for a formula and do what it says (OWASP, CSV injection; ASVS 5.0, 1.2.10). What people
    /// called themselves is opened on an administrator's machine.
    /// </summary>
    public static string Defuse(string text) => text.Length > 0 && _beginsFormula.Contains(text[0]) ? "'" + text : text;
}
