namespace Careline.Hours;

/// <summary>Arithmetic of working hours, spans of time and calendars' text: pure, with nothing stored and no route.</summary>
public static class HoursModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddHours(this IServiceCollection services) => services.AddModule("Hours", 1, typeof(HoursModule).Assembly);
}
