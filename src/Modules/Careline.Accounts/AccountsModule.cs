using Careline.Accounts.Accounts;
using Careline.Accounts.Administration;
using Careline.Accounts.Contracts;
using Careline.Accounts.EmailVerification;
using Careline.Accounts.Invitations;
using Careline.Accounts.OneTimeCodes;
using Careline.Accounts.Privacy;
using Careline.Accounts.Profile;
using Careline.Accounts.Recovery;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Accounts.Tokens;
using Careline.Audit.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Accounts;

/// <summary>Sign-in, tokens, sessions, roles.</summary>
public static class AccountsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddModule("Accounts", 2, typeof(AccountsModule).Assembly);
        services.AddValidation();
        services.Configure<AccountsOptions>(settings.GetSection("Accounts"));
        services.Configure<TokenOptions>(settings.GetSection("Tokens"));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SessionCache>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<OtpKey>();
        services.AddSingleton<SecondFactor>();
        services.AddScoped<IAdministratorAccounts, AdministratorAccounts>();
        services.AddScoped<IActorNames, ActorNames>();
        services.AddScoped<IDemoAccounts, DemoAccounts>();
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        services.AddConstraintMeaning("accounts_user_name_unique", () => new InvalidInput("username", "Already taken."));
        services.AddConstraintMeaning("accounts_email_unique", () => new InvalidInput("email", "Already registered."));
        services.AddConstraintMeaning("accounts_phone_unique", () => new InvalidInput("phone", "Already registered."));
        services.AddScoped<IPersonalRecords, AccountRecords>();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var auth = app.MapApi("/api/auth", "Authentication");
        Register.Map(auth, "/register/", "Register");
        Login.Map(auth);
        Refresh.Map(auth);
        Logout.Map(auth);
        SendOtp.Map(auth);
        VerifyOtp.Map(auth);
        ChangePassword.Map(auth);
        RequestPasswordReset.Map(auth);
        ResetPassword.Map(auth);
        SendEmailVerification.Map(auth);
        VerifyEmail.Map(auth);
        OwnSessions.Map(auth);
        ManageTotp.Map(auth);
        VerifySecondFactor.Map(auth);
        OwnProfile.Map(auth);

        var users = app.MapApi("/api/users", "Users");
        Register.Map(users, "/", "RegisterUser");
        Users.Map(users);
        InviteUser.Map(users);
        AcceptInvitation.Map(users);
    }
}
