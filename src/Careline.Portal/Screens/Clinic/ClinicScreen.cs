using Careline.Portal.Layout;
using Microsoft.AspNetCore.Components;

namespace Careline.Portal.Screens.Clinic;

/// <summary>A screen of somebody who runs a clinic. The API tells the state of its verification to nobody else, and so says who that is.</summary>
public abstract class ClinicScreen : Screen
{
    /// <summary>The clinic.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>What the API says of it.</summary>
    protected Reply Clinic { get; private set; } = Reply.Empty;

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Clinic = await Api.GetAsync($"/api/eclinic/clinics/{Id}/");
        if (Clinic.Data["verification"].IsNone)
        {
            throw ApiRefused.NotThere();
        }

        await LoadOfClinicAsync();
    }

    /// <summary>Asks for what the screen shows beside the clinic.</summary>
    protected virtual Task LoadOfClinicAsync() => Task.CompletedTask;
}
