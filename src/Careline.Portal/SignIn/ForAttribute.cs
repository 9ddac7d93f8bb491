namespace Careline.Portal.SignIn;

/// <summary>Whom a screen is for: everybody who signed in, or those with one of the roles. What each may see and do is the API's to say.</summary>
/// <param name="roles">The roles; none means everybody who signed in.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAttribute(params string[] roles) : Attribute
{
    /// <summary>The roles.</summary>
    public IReadOnlyList<string> Roles { get; } = roles;
}

/// <summary>A screen for everybody, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAnyoneAttribute : Attribute;
