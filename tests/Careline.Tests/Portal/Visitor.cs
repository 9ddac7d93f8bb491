using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>A browser without scripts: it keeps cookies, follows redirects, and fills in forms.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <param name="app">Whose portal is visited.</param>
    /// <param name="language">What the browser asks for.</param>
    /// <param name="from">From where the visitor comes, as a proxy says; null where there is none.</param>
    public Visitor(TestApp app, string language = "en", string? from = null)
    {
        _address = app.Address;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = app.Address };
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Accept-Language", language);
        _client.DefaultRequestHeaders.Add("User-Agent", "Visitor/1.0");
        if (from is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        }
    }

    /// <summary>Where the visitor is.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>The page on which the visitor is.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    public int Status { get; private set; }

    public HttpResponseMessage Answer { get; private set; } = null!;

    public string Text { get; private set; } = "";

    public string Heading => Page.QuerySelector("h1")!.TextContent.Trim();

    public CookieCollection Cookies => _cookies.GetCookies(_address);

    public void Take(Cookie cookie) => _cookies.Add(_address, new Cookie(cookie.Name, cookie.Value));

    /// <summary>Goes back to a page as it stood there.</summary>
    public void Return(IHtmlDocument page, string path) => (Page, Path) = (page, path);

    public Task<Visitor> OpenAsync(string path) => AskAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<Visitor> SignInAsync(string name, string password = TestApp.Password)
    {
        await OpenAsync("/sign-in");
        return await SubmitAsync("sign-in", ("username", name), ("password", password));
    }

    /// <summary>Sends the form of this name as it stands, with these fields filled in.</summary>
    public async Task<Visitor> SubmitAsync(string form, params (string Name, string Value)[] fields)
    {
        var found = Page.QuerySelectorAll<IHtmlFormElement>("form").LastOrDefault(f => (f.QuerySelector("[name=_handler]") as IHtmlInputElement)?.Value == form)
            ?? throw new InvalidOperationException($"{Path} has no form {form}: {string.Join(", ", Page.QuerySelectorAll<IHtmlInputElement>("[name=_handler]").Select(h => h.Value))}");
        var values = found.Elements.OfType<IHtmlElement>().Where(e => e.GetAttribute("name") is { Length: > 0 }).SelectMany(Values).ToList();
        foreach (var (name, value) in fields)
        {
            values.RemoveAll(v => v.Key == name);
            values.Add(new(name, value));
        }

        return await AskAsync(new HttpRequestMessage(HttpMethod.Post, found.GetAttribute("action") ?? Path) { Content = new FormUrlEncodedContent(values) });
    }

    public async Task<Visitor> AskAsync(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 8; hops++)
        {
            Path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.OriginalString;
            Answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            Status = (int)Answer.StatusCode;
            if (Answer.Headers.Location is not { } next)
            {
                break;
            }

            var to = new Uri(_address, next);
            to.Authority.ShouldBe(_address.Authority, $"{Path} leads elsewhere");
            request = new HttpRequestMessage(HttpMethod.Get, to.PathAndQuery);
        }

        Text = await Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Page = await new HtmlParser().ParseDocumentAsync(Text, TestContext.Current.CancellationToken);
        return this;
    }

    public void Dispose() => _client.Dispose();

    private static IEnumerable<KeyValuePair<string, string>> Values(IHtmlElement element) => element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? [new(box.Name!, box.Value)] : [],
        IHtmlInputElement { Type: "file" } => [],
        IHtmlInputElement input => [new(input.Name!, input.Value)],
        IHtmlTextAreaElement text => [new(text.Name!, text.Value)],
        IHtmlSelectElement select => [new(select.Name!, select.Value ?? "")],
        _ => [],
    };
}
