using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Sessions;

/// <summary>When a session ends by itself: unused for a while, or at the end of its day however busy (45 CFR 164.312(a)(2)(iii)).</summary>
internal sealed class SessionLimits(IOptions<AccountsOptions> accounts, IOptions<TokenOptions> tokens, IWebHostEnvironment environment)
{
    private readonly bool _asksSecondFactor = accounts.Value.StaffSecondFactor ?? !environment.IsDevelopment();

    /// <summary>How long somebody may do nothing.</summary>
    public TimeSpan IdleOf(IEnumerable<string> roles) =>
        TimeSpan.FromMinutes(Roles.AreStaff(roles) ? accounts.Value.StaffIdleMinutes : accounts.Value.PatientIdleMinutes);

    /// <summary>When a session that was begun at one moment and is continued at another is over.</summary>
    public DateTimeOffset EndOf(IEnumerable<string> roles, DateTimeOffset begunAt, DateTimeOffset continuedAt)
    {
        var unused = continuedAt + TimeSpan.FromDays(tokens.Value.RefreshDays);
        var day = LastMomentOf(roles, begunAt);
        return unused < day ? unused : day;
    }

    /// <summary>From when staff without a second factor get no further than to where one is set up; null where none is asked for.</summary>
    public DateTimeOffset? SecondFactorDueAt(DateTimeOffset? staffSince) =>
        _asksSecondFactor ? staffSince + TimeSpan.FromDays(accounts.Value.SecondFactorGraceDays) : null;

    /// <summary>Past this no use prolongs it.</summary>
    public DateTimeOffset LastMomentOf(IEnumerable<string> roles, DateTimeOffset begunAt) =>
        begunAt + TimeSpan.FromHours(Roles.AreStaff(roles) ? accounts.Value.StaffSessionHours : accounts.Value.PatientSessionHours);
}
