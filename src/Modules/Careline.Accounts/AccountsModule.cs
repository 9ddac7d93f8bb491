using Careline.Accounts.Accounts;
using Careline.Accounts.Administration;
using Careline.Accounts.EmailVerification;
using Careline.Accounts.Invitations;
using Careline.Accounts.OneTimeCodes;
using Careline.Accounts.Operations;
using Careline.Accounts.Passkeys;
using Careline.Accounts.Pictures;
using Careline.Accounts.Privacy;
using Careline.Accounts.Profile;
using Careline.Accounts.Recovery;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Accounts.SignIn;
using Careline.Accounts.Tokens;
using Careline.Audit.Contracts;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;
using Careline.Platform.Settings;
using Careline.Sockets.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Careline.Accounts;

/// <summary>Sign-in, tokens, sessions, roles.</summary>
public static class AccountsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddModule("Accounts", 2, typeof(AccountsModule).Assembly);
        services.AddValidation();
        services.AddOptions<AccountsOptions>().Bind(settings.GetSection("Accounts"))
            .Validate(
                options => Math.Min(options.StaffIdleMinutes, options.PatientIdleMinutes) >= 1
                    && Math.Max(options.StaffIdleMinutes, options.PatientIdleMinutes) <= 100_000,
                "Accounts__StaffIdleMinutes and Accounts__PatientIdleMinutes must be between 1 and 100000.")
            .Validate(
                options => Math.Min(options.StaffSessionHours, options.PatientSessionHours) >= 1
                    && Math.Max(options.StaffSessionHours, options.PatientSessionHours) <= 9_000,
                "Accounts__StaffSessionHours and Accounts__PatientSessionHours must be between 1 and 9000.")
            .Validate(options => options.SecondFactorGraceDays is >= 0 and <= 365, "Accounts__SecondFactorGraceDays must be between 0 and 365.")
            .ValidateOnStart();
        services.AddFlagSetting<AccountsOptions>("accounts.registration_open", "Accounts:RegistrationOpen", "Whether people may register by themselves.");
        services.AddNumberSetting<AccountsOptions>("accounts.invitation_minutes", "Accounts:InvitationMinutes", (5, 10_080), "For how many minutes a mailed invitation serves.");
        services.AddOptions<SystemOptions>().Bind(settings.GetSection("System"));
        services.AddTextSetting<SystemOptions>("system.maintenance_notice", "System:MaintenanceNotice", 500, "What everybody is told, such as when the installation will be away.");
        services.Configure<TokenOptions>(settings.GetSection("Tokens"));
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<SessionActivity>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionActivity>());
        services.AddSingleton<SessionCache>();
        services.AddScoped<IAccountActors, AccountActors>();
        services.AddSingleton<ISocketSignIn, SocketSignIn>();
        services.AddSingleton<Passwords>();
        services.AddHostedService<SignInReady>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<OtpKey>();
        services.AddSingleton<SecondFactor>();
        services.AddScoped<SignInNotice>();
        AddPasskeys(services, settings);
        services.AddFigures(
            "accounts",
            $"""
            SELECT role AS "Name", count(*) AS "Value" FROM accounts.accounts a, unnest(a.roles) AS role WHERE a.status = 'active' GROUP BY role
            UNION ALL SELECT a.status, count(*) FROM accounts.accounts a GROUP BY a.status
            """);
        services.AddSingleton<IRecurringJob, ForgetWhatIsOver>();
        services.AddScoped<IAdministratorAccounts, AdministratorAccounts>();
        services.AddScoped<IActorNames, ActorNames>();
        services.AddScoped<IBrowserSessions, BrowserSessions.BrowserSessions>();
        services.AddScoped<IAccountAddresses, AccountAddresses>();
        services.AddScoped<IDemoAccounts, DemoAccounts>();
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        services.AddConstraintMeaning("accounts_user_name_unique", () => new InvalidInput("username", "Already taken."));
        services.AddConstraintMeaning("accounts_email_unique", () => new InvalidInput("email", "Already registered."));
        services.AddConstraintMeaning("passkeys_credential_unique", () => new InvalidInput("credential", "Already registered."));
        services.AddConstraintMeaning("accounts_phone_unique", () => new InvalidInput("phone", "Already registered."));
        services.AddScoped<IPersonalRecords, AccountRecords>();
        services.AddSealedColumn("accounts.authenticators", "account_id", "secret");
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
        StepUp.Map(auth);
        ManageTotp.Map(auth);
        VerifySecondFactor.Map(auth);
        OwnPasskeys.Map(auth);
        SignInByPasskey.Map(auth);
        OwnProfile.Map(auth);
        OwnPicture.Map(auth);

        var users = app.MapApi("/api/users", "Users");
        Register.Map(users, "/", "RegisterUser");
        Users.Map(users);
        InviteUser.Map(users);
        AcceptInvitation.Map(users);

        var system = app.MapApi("/api/system", "System");
        ShowStatistics.Map(system);
        ListJobs.Map(system);
        ManageDeadLetters.Map(system);
        Configure.MapNotice(system);
        Configure.Map(app);
    }

    private static void AddPasskeys(IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<PasskeyOptions>().Bind(settings.GetSection("Passkeys"))
            .Validate(options => options.IsConsistent(), "Passkeys__Origins must be https addresses without a path, of Passkeys__ServerDomain or beneath it.")
            .ValidateOnStart();
        services.AddSingleton<RelyingParty>();
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>>(provider => provider.GetRequiredService<RelyingParty>());

        // Of Identity the handler alone is used; what it asks its user manager is answered by the store.
        services.AddScoped<IPasskeyHandler<Account>>(provider => new PasskeyHandler<Account>(
            new UserManager<Account>(
                new PasskeyStore(provider.GetRequiredService<CarelineDb>()), null!, null!, [], [], null!, null!, null!, NullLogger<UserManager<Account>>.Instance),
            provider.GetRequiredService<IOptions<IdentityPasskeyOptions>>()));
        services.AddScoped<PasskeyQuestions>();
    }
}
