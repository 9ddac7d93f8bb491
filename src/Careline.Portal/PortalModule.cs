using System.IO.Compression;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Careline.Portal.Assets;
using Careline.Portal.Language;
using Careline.Portal.Layout;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;

namespace Careline.Portal;

/// <summary>The web portal: pages made on the server, which ask the API as any client does and read no database.</summary>
public static class PortalModule
{
    /// <summary>What every route of the portal is tagged with, so that it is not taken for one of the API.</summary>
    internal const string Tag = "Portal";

    private static readonly string[] _others = ["api", "ws", "health", "dev", "fhir", "openapi"];

    // Whatever does not begin like one of these is answered by the rest of the host. What begins like the rest of it is compared whole.
    private static readonly HashSet<string> _screens = new(
        typeof(PortalModule).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => _others.Contains(First(r.Template)) ? r.Template : First(r.Template)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Registers the portal.</summary>
    /// <remarks>The host registers an <see cref="IKeptSessions" /> and a data protection that all hosts of an installation share.</remarks>
    public static void AddPortal(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddAntiforgery(forms =>
        {
            (forms.Cookie.Name, forms.Cookie.HttpOnly, forms.Cookie.SameSite, forms.Cookie.SecurePolicy) = ("careline-form", true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<WebEncoderOptions>(text => text.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(pages => pages.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddSingleton<ApiLine>();
        services.AddSingleton<SessionKeeper>();
        services.AddScoped(provider => new CarelineApi(provider.GetRequiredService<ApiLine>(), Here(provider)));
        services.AddScoped(provider => new SessionDoor(
            provider.GetRequiredService<SessionKeeper>(), provider.GetRequiredService<CarelineApi>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddScoped(provider => Reader.WordsOf(Here(provider)));
        services.AddScoped(provider => new Show(provider.GetRequiredService<Words>(), Reader.ZoneOf(Here(provider)), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Believes the portal about where its visitors are; before anything that asks where a request comes from.</summary>
    public static void UsePortalVisitors(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        Visitor.Believe(http);
        return next(http);
    });

    /// <summary>Answers with pages whatever is addressed to one, and whatever a browser asks for that is nowhere.</summary>
    public static void UsePortal(this IApplicationBuilder app)
    {
        // Of its own, so that the rules for the API's routes and answers are not those for pages.
        var pages = new ApplicationBuilder(app.ApplicationServices);
        pages.UseMiddleware<PortalAssets>();
        pages.UseResponseCompression();
        pages.UseMiddleware<Gate>();
        pages.UseRouting();
        pages.UseMiddleware<Admission>();
        pages.UseAntiforgery();
        pages.UseEndpoints(screens =>
        {
            var portal = screens.MapGroup("").WithTags(Tag).ExcludeFromDescription();
            portal.MapRazorComponents<App>();
            PortalFiles.Map(portal);
            LiveBridge.Map(portal);
        });
        pages.Run(_ => throw ApiRefused.NotThere());
        var answer = pages.Build();
        app.Use((http, next) => IsOurs(http.Request) ? answer(http) : next(http));
    }

    private static bool IsOurs(HttpRequest request)
    {
        var first = First(request.Path.Value ?? "/");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return first.Length == 0 ? !isRead || WantsPage(request)
            : PortalAssets.IsOne(request.Path) || first is PortalFiles.Folder or LiveBridge.Folder || _screens.Contains(first) || _screens.Contains(request.Path.Value!) || (isRead && !_others.Contains(first) && WantsPage(request));
    }

    private static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string First(string path) => path.TrimStart('/').Split('/')[0];

    private static HttpContext Here(IServiceProvider provider) => provider.GetRequiredService<IHttpContextAccessor>().HttpContext!;
}
