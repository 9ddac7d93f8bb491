using Careline.Accounts.Accounts;

namespace Careline.Accounts.SignIn;

/// <summary>A successful sign-in.</summary>
/// <param name="User">Who signed in.</param>
/// <param name="Access">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="Refresh">Serves once, for the next pair.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Life of the access token, seconds.</param>
public sealed record TokenResponse(UserResponse User, string Access, string Refresh, string TokenType, int ExpiresIn);
