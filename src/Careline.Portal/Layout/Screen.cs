using Careline.Portal.Language;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.Components;

namespace Careline.Portal.Layout;

/// <summary>What every screen has at hand.</summary>
public abstract class Screen : ComponentBase
{
    private bool _isLoaded;

    /// <summary>The request that the page answers.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    /// <summary>The API, asked on behalf of whoever the page is for.</summary>
    [Inject]
    public CarelineApi Api { get; set; } = null!;

    /// <summary>Texts.</summary>
    [Inject]
    public Words T { get; set; } = null!;

    /// <summary>Days, times, numbers and money.</summary>
    [Inject]
    public Show Show { get; set; } = null!;

    /// <summary>Who signed in, if anybody.</summary>
    protected PortalSession? Me => PortalSession.Of(Http);

    /// <summary>The patient whose own screens these are.</summary>
    protected Guid PatientId => Me?.PatientId ?? throw ApiRefused.NotThere();

    /// <summary>The doctor whose own screens these are.</summary>
    protected Guid DoctorId => Me?.DoctorId ?? throw ApiRefused.NotThere();

    /// <summary>Asks for what the screen shows, before any of it is drawn.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // The framework would draw once with nothing there, while it waits.
        parameters.SetParameterProperties(this);
        if (!_isLoaded)
        {
            _isLoaded = true;
            await LoadAsync();
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>What stands in the address under this name; null where nothing does.</summary>
    protected string? Asked(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The day that stands in the address under this name, or null.</summary>
    protected DateOnly? AskedDay(string name) => DateOnly.TryParseExact(Asked(name), "yyyy-MM-dd", out var day) ? day : null;
}
