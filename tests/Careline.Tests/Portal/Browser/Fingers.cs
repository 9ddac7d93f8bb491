using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>A page used by its keyboard alone: what Tab does not reach is not there, and whoever looks must see what has the focus.</summary>
internal sealed class Fingers(Tab tab)
{
    private const int MostPresses = 150;

    private const string NameOfFocus =
        "() => { const at = document.activeElement; return (at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent).replace(/\\s+/g, ' ').trim(); }";

    // Marked by more than colour, in the window, and not under the bar that stays at the top.
    private const string IsSeen =
        """
        () => {
          const at = document.activeElement, style = getComputedStyle(at), box = at.getClientRects()[0];
          const isMarked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
          const above = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return isMarked && !!above && (at.contains(above) || above.contains(at) || [...at.labels ?? []].some(label => label.contains(above)));
        }
        """;

    private IKeyboard Keyboard => tab.Page.Keyboard;

    public Task<string> FocusAsync() => tab.Page.EvaluateAsync<string>(NameOfFocus);

    /// <summary>On by Tab, to what bears this name.</summary>
    public Task ReachAsync(string name) => ReachAsync(name, async () => (await FocusAsync()).StartsWith(name, StringComparison.Ordinal));

    /// <summary>On by Tab, to the first that is such a thing.</summary>
    public Task ReachFirstAsync(string selector) => ReachAsync(selector, () => tab.Page.EvaluateAsync<bool>("what => document.activeElement.matches(what)", selector));

    public async Task TypeAsync(string name, string text)
    {
        await ReachAsync(name);
        await Keyboard.TypeAsync(text);
    }

    /// <summary>Chooses of a list by the first letters of what is chosen.</summary>
    public async Task PickAsync(string name, string choice)
    {
        await TypeAsync(name, choice);
        (await tab.Page.EvaluateAsync<string>("document.activeElement.selectedOptions[0].textContent")).ShouldBe(choice);
    }

    public async Task FollowAsync(string name)
    {
        await ReachAsync(name);
        await EnterAsync();
    }

    /// <summary>Enter, which leads to another page.</summary>
    public Task EnterAsync() => tab.LeadAsync(() => PressAsync("Enter"));

    public Task PressAsync(string key) => Keyboard.PressAsync(key);

    private async Task ReachAsync(string what, Func<Task<bool>> isThere)
    {
        var passed = new List<string>();
        while (passed.Count < MostPresses)
        {
            await PressAsync("Tab");
            if (await isThere())
            {
                (await tab.Page.EvaluateAsync<bool>(IsSeen)).ShouldBeTrue($"{tab.Path}: nobody sees that {what} has the focus");
                return;
            }

            passed.Add(await FocusAsync());
        }

        throw new InvalidOperationException($"{tab.Path}: Tab does not reach {what}, only {string.Join(" | ", passed.Distinct())}");
    }
}
