using System.Text.Json;
using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>
/// A page as a screen reader has it: the browser's own accessibility tree. What has no name there cannot be used, and what is used is found by what is said of it.
/// </summary>
internal sealed class Reader(Tab tab)
{
    private static readonly HashSet<string> _silent = ["none", "generic", "LineBreak", "ListMarker", "LabelText", "paragraph", "list", "listitem", "Section", "term", "definition"];

    /// <summary>All that is said of the page, in the order of reading.</summary>
    public async Task<IReadOnlyList<Said>> ListenAsync()
    {
        var session = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        try
        {
            await session.SendAsync("Accessibility.enable");
            var tree = await session.SendAsync("Accessibility.getFullAXTree");
            var nodes = tree!.Value.GetProperty("nodes").EnumerateArray().Where(n => Said.Of(n).Role != "InlineTextBox").ToDictionary(n => n.GetProperty("nodeId").GetString()!);
            var said = new List<Said>();
            Walk(nodes.Values.First(n => !n.TryGetProperty("parentId", out _)), nodes, said);
            return said;
        }
        finally
        {
            await session.DetachAsync();
        }
    }

    /// <summary>Listens to a page that has just come: it says what it is, its parts have names, and nothing is said out of order.</summary>
    public async Task<IReadOnlyList<Said>> ArriveAsync(string heading)
    {
        await Assertions.Expect(tab.Heading).ToContainTextAsync(heading);
        var said = await ListenAsync();
        var offenders = new List<string>();
        offenders.AddRange(said.Where(s => s.IsFocusable && s.Role is not ("RootWebArea" or "main") && s.Name.Length == 0).Select(s => $"a {s.Role} has no name"));
        offenders.AddRange(said.Where(s => s.Role == "image" && s.Name.Length == 0).Select(_ => "a picture has no words"));
        offenders.AddRange(said.Where(s => s.IsInvalid && s.Description.Length == 0).Select(s => $"what is wrong with {s.Name} is not said"));
        if (said[0] is not { Role: "RootWebArea", Name.Length: > 0 } root || !root.Name.EndsWith("Careline", StringComparison.Ordinal))
        {
            offenders.Add($"the page is called {said[0].Name}");
        }

        if (said.Count(s => s.Role == "main") != 1)
        {
            offenders.Add("there is not one main part");
        }

        var levels = said.Where(s => s.Role == "heading").Select(s => s.Level).ToList();
        if (levels.Count(l => l == 1) != 1 || levels.Zip(levels.Skip(1)).Any(l => l.Second > l.First + 1))
        {
            offenders.Add($"headings are of levels {string.Join(' ', levels)}");
        }

        offenders.ShouldBeEmpty($"{tab.Path}: {string.Join("; ", offenders)}");
        return said;
    }

    public async Task TypeAsync(string name, string text)
    {
        await FocusAsync(name, "textbox", "searchbox", "Date");
        await tab.Page.Keyboard.TypeAsync(text);
    }

    public async Task PickAsync(string name, string choice)
    {
        await FocusAsync(name, "combobox", "listbox");
        await tab.Page.Keyboard.TypeAsync(choice);
        (await ListenAsync()).ShouldContain(s => s.Role == "combobox" && s.Name == name && s.Value == choice, $"{choice} is not said to be chosen");
    }

    /// <summary>Follows a link, or presses a button, which leads to another page.</summary>
    public async Task FollowAsync(string name)
    {
        await FocusAsync(name, "link", "button");
        await tab.LeadAsync(() => tab.Page.Keyboard.PressAsync("Enter"));
    }

    /// <summary>Opens what is folded.</summary>
    public async Task UnfoldAsync(string name)
    {
        await FocusAsync(name, "DisclosureTriangle");
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to the first thing of which this, or more than this, is said.</summary>
    public async Task FocusAsync(string name, params string[] roles)
    {
        var said = await ListenAsync();
        var found = said.FirstOrDefault(s => roles.Contains(s.Role) && s.Name == name)
            ?? said.FirstOrDefault(s => roles.Contains(s.Role) && s.Name.StartsWith(name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{tab.Path}: no {roles[0]} is called {name}, only {string.Join(" | ", said.Where(s => roles.Contains(s.Role)).Select(s => s.Name))}");
        var session = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await session.SendAsync("DOM.focus", new Dictionary<string, object> { ["backendNodeId"] = found.Node });
        await session.DetachAsync();
    }

    private static void Walk(JsonElement node, Dictionary<string, JsonElement> nodes, List<Said> said)
    {
        if (!node.GetProperty("ignored").GetBoolean() && Said.Of(node) is var it && (!_silent.Contains(it.Role) || it.IsFocusable))
        {
            said.Add(it);
        }

        foreach (var child in node.GetProperty("childIds").EnumerateArray())
        {
            if (nodes.TryGetValue(child.GetString()!, out var below))
            {
                Walk(below, nodes, said);
            }
        }
    }

    /// <summary>One thing of a page.</summary>
    /// <param name="Role">What it is.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Description">What else is said of it.</param>
    /// <param name="Value">What stands in it.</param>
    /// <param name="Level">Of a heading.</param>
    /// <param name="IsFocusable">Whether one can go there.</param>
    /// <param name="IsInvalid">Whether what stands in it was refused.</param>
    /// <param name="Node">Where it is in the document.</param>
    internal sealed record Said(string Role, string Name, string Description, string Value, int Level, bool IsFocusable, bool IsInvalid, int Node)
    {
        public static Said Of(JsonElement node)
        {
            var properties = node.TryGetProperty("properties", out var all)
                ? all.EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("value").TryGetProperty("value", out var value) ? value.ToString() : "") : [];
            return new Said(
                Text("role"), Text("name"), Text("description"), Text("value"),
                properties.TryGetValue("level", out var level) ? int.Parse(level, null) : 0,
                properties.GetValueOrDefault("focusable") == "True",
                properties.GetValueOrDefault("invalid") == "true",
                node.TryGetProperty("backendDOMNodeId", out var id) ? id.GetInt32() : 0);

            string Text(string member) => node.TryGetProperty(member, out var said) && said.TryGetProperty("value", out var value) ? value.ToString().Trim() : "";
        }

        public override string ToString() => $"{Role} {Name} {Value} {Description}".Trim();
    }
}
