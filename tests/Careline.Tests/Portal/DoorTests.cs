using System.Text.RegularExpressions;
using Careline.Portal.Language;
using Careline.Portal.SignIn;
using Careline.Tests.Architecture;
using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>The portal is a client of the API: what it may know, and what every screen says of itself.</summary>
[Collection(typeof(House))]
public sealed partial class DoorTests(House house)
{
    [Fact]
    public void The_portal_refers_to_no_other_project() =>
        House.Portal.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Careline", StringComparison.Ordinal) || n.StartsWith("Npgsql", StringComparison.Ordinal) || n.Contains("EntityFramework", StringComparison.Ordinal))
            .ShouldBeNone("The portal asks the API: it knows no module and no database.", House.Portal.GetReferencedAssemblies().Length, 10);

    [Fact]
    public void Every_screen_says_whom_it_is_for()
    {
        var screens = house.PortalRoutes().Where(r => !r.RoutePattern.RawText!.Contains("_framework", StringComparison.Ordinal)).ToList();

        screens.Where(r => r.Metadata.GetMetadata<ForAttribute>() is null == r.Metadata.GetMetadata<ForAnyoneAttribute>() is null)
            .Select(r => $"{r.RoutePattern.RawText}: [For(…)] or [ForAnyone], and not both.")
            .ShouldBeNone("A screen that says nothing of whom it is for is for nobody.", screens.Count, 15);
    }

    [Fact]
    public void No_screen_has_a_script_or_a_style_of_its_own_or_a_form_without_a_token()
    {
        var screens = House.Files("src/Careline.Portal", "*.razor");

        screens.SelectMany(s => Inline().Matches(s.Text).Select(m => $"{s.Path}: {m.Value}"))
            .Concat(screens.Where(s => PostForm().IsMatch(s.Text) && !s.Text.Contains("<AntiforgeryToken", StringComparison.Ordinal)).Select(s => $"{s.Path} posts without a token."))
            .ShouldBeNone("Nothing runs that stands in a page (CSP), and no form posts without its token.", screens.Count, 25);
    }

    [Fact]
    public void No_screen_has_words_that_cannot_be_said_in_another_language()
    {
        // Those for developers are in English.
        var screens = House.Files("src/Careline.Portal", "*.razor").Where(s => !s.Path.Contains("/Screens/Dev/", StringComparison.Ordinal)).ToList();

        screens.SelectMany(s => Spoken(s.Text).Select(words => $"{s.Path}: {words}"))
            .ShouldBeNone("What people read goes through Words.", screens.Count, 25);
    }

    [Fact]
    public void Every_translation_is_of_a_text_that_is_said_and_keeps_its_places()
    {
        var said = string.Join('\n', House.Files("src/Careline.Portal", "*.razor").Concat(House.Files("src/Careline.Portal", "*.cs")).Select(f => f.Text));
        var days = Enum.GetNames<DayOfWeek>().Select(d => d[..3]).ToHashSet();
        var seen = 0;
        var offenders = new List<string>();
        foreach (var (tag, _) in Words.Languages)
        {
            foreach (var (english, here) in Words.TextsOf(tag))
            {
                seen++;
                if (Places(english) != Places(here))
                {
                    offenders.Add($"{tag}: '{here}' has other places than '{english}'.");
                }

                if (!days.Contains(english) && !ApiWords.Say(english) && !said.Contains($"\"{english.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal))
                {
                    offenders.Add($"{tag}: nobody says '{english}' any more.");
                }
            }
        }

        offenders.ShouldBeNone("A translation is of what is said, and has its places.", seen, 9000);
    }

    // Text between tags, and attributes that are read out, of the part that is drawn. What stands in code is not looked at here.
    private static IEnumerable<string> Spoken(string screen)
    {
        var drawn = Comment().Replace(screen.Split("\n@code")[0], "");
        return Between().Matches(drawn).Select(m => m.Groups[1].Value.Trim()).Where(w => !Code().IsMatch(w)).Concat(ReadOut().Matches(drawn).Select(m => m.Value)).Where(w => !w.Contains("Careline", StringComparison.Ordinal) && !w.Contains("+234", StringComparison.Ordinal));
    }

    private static string Places(string text) => string.Join(',', Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=")]
    private static partial Regex Inline();

    [GeneratedRegex("<form[^>]*method=\"post\"")]
    private static partial Regex PostForm();

    [GeneratedRegex("@\\*.*?\\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(">([^<>@{}]*[A-Za-z]{2,}[^<>@{}]*)<")]
    private static partial Regex Between();

    [GeneratedRegex("[=&|();]")]
    private static partial Regex Code();

    [GeneratedRegex("<[a-z][^>]*\\s(?:placeholder|aria-label|title|alt)=\"[^\"@]*[A-Za-z]{2,}[^\"@]*\"")]
    private static partial Regex ReadOut();

    [GeneratedRegex("\\{\\d\\}")]
    private static partial Regex Place();
}
