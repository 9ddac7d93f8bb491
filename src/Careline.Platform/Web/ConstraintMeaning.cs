namespace Careline.Platform.Web;

/// <summary>What a violated database constraint means to the caller. The database decides; this gives its "no" a name.</summary>
/// <param name="Constraint">The constraint's or unique index's name.</param>
/// <param name="Refuse">Makes the refusal.</param>
public sealed record ConstraintMeaning(string Constraint, Func<Refusal> Refuse);

/// <summary>Registers meanings.</summary>
public static class ConstraintRegistration
{
    /// <summary>A violation of the constraint is answered with the refusal.</summary>
    public static IServiceCollection AddConstraintMeaning(this IServiceCollection services, string constraint, Func<Refusal> refuse) =>
        services.AddSingleton(new ConstraintMeaning(constraint, refuse));
}
