using Microsoft.AspNetCore.Identity;

namespace Careline.Accounts.Accounts;

/// <summary>
/// A login identity. Derives from Identity's user for its password hasher and, later, its passkeys; counters, second factors and roles are ours.
/// </summary>
internal sealed class Account : IdentityUser<Guid>, IVersioned, IVisible<Account>
{
    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public string[] Roles { get; private set; } = [];

    public AccountStatus Status { get; private set; }

    public DateOnly? DateOfBirth { get; private set; }

    public string? Address { get; private set; }

    public string? Bio { get; private set; }

    /// <summary>The address of a picture elsewhere.</summary>
    public string? ProfilePicture { get; private set; }

    /// <summary>A picture of the person's own, which goes before the address.</summary>
    public Guid? PictureFileId { get; private set; }

    /// <summary>A JSON object of the person's own settings.</summary>
    public string Preferences { get; private set; } = "{}";

    public Guid? PatientId { get; private set; }

    public Guid? DoctorId { get; private set; }

    /// <summary>A demo person: the password is in the documentation, so Development alone lets it in.</summary>
    public bool IsDemo { get; private set; }

    /// <summary>Raised when every token issued so far must die: the <c>ver</c> of access tokens.</summary>
    public int Generation { get; private set; }

    /// <summary>Since when the account works with other people's data, as far as is known.</summary>
    public DateTimeOffset? StaffSince { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? LastLoginAt { get; private set; }

    public int Version { get; private set; }

    public static IQueryable<Account> VisibleTo(CarelineDb db, Actor actor)
    {
        var accountId = actor.AccountId;
        return actor.IsAdmin ? db.Set<Account>() : db.Set<Account>().Where(a => a.Id == accountId);
    }

    public static Account Register(string userName, string? email, string? phone, string[] roles, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        UserName = userName,
        NormalizedUserName = AccountNames.Normalize(userName),
        Email = email,
        NormalizedEmail = email is null ? null : AccountNames.Normalize(email),
        PhoneNumber = phone,
        Roles = roles,
        Status = AccountStatus.Active,
        Generation = 1,
        StaffSince = Contracts.Roles.AreStaff(roles) ? now : null,
        CreatedAt = now,
        UpdatedAt = now,
        Version = 1,
    };

    /// <summary>Takes over what the person says of themselves.</summary>
    public void Describe(string firstName, string lastName, DateOnly? dateOfBirth, string? address)
    {
        FirstName = firstName;
        LastName = lastName;
        DateOfBirth = dateOfBirth;
        Address = address;
    }

    /// <summary>Takes over contact data, the text about the person and the settings.</summary>
    public void Contact(string? phone, string? bio, string? profilePicture, string preferences, DateTimeOffset now)
    {
        if (phone != PhoneNumber)
        {
            PhoneNumber = phone;
            PhoneNumberConfirmed = false;
        }

        Bio = bio;
        ProfilePicture = profilePicture;
        Preferences = preferences;
        UpdatedAt = now;
    }

    /// <summary>Shows another picture, or none, and answers the one before, which nobody needs any more.</summary>
    public Guid? ShowPicture(Guid? fileId, DateTimeOffset now)
    {
        var former = PictureFileId;
        (PictureFileId, UpdatedAt) = (fileId, now);
        return former;
    }

    public void AttachProfile(string role, Guid profileId)
    {
        if (role == Contracts.Roles.Patient)
        {
            PatientId = profileId;
        }
        else if (role == Contracts.Roles.Doctor)
        {
            DoctorId = profileId;
        }
    }

    public void MarkDemo() => IsDemo = true;

    public void SignedIn(DateTimeOffset now) => LastLoginAt = now;

    /// <summary>Gives other roles: tokens issued before know nothing of them and die.</summary>
    public void Assign(string[] roles, DateTimeOffset now)
    {
        StaffSince = Contracts.Roles.AreStaff(roles) ? StaffSince ?? now : null;
        Roles = roles;
        Generation++;
        UpdatedAt = now;
    }

    public void SetStatus(AccountStatus status, DateTimeOffset now)
    {
        Status = status;
        Generation++;
        UpdatedAt = now;
    }

    public AccountPerson ToPerson() => new()
    {
        AccountId = Id,
        FirstName = FirstName,
        LastName = LastName,
        Email = Email,
        Phone = PhoneNumber,
        DateOfBirth = DateOfBirth,
        Address = Address,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("accounts", "accounts");
            builder.Property(a => a.Preferences).HasColumnType("jsonb");
            builder.Property(a => a.UserName).IsRequired();
            builder.Property(a => a.NormalizedUserName).IsRequired();
            builder.Ignore(a => a.SecurityStamp).Ignore(a => a.ConcurrencyStamp).Ignore(a => a.TwoFactorEnabled)
                .Ignore(a => a.LockoutEnd).Ignore(a => a.LockoutEnabled).Ignore(a => a.AccessFailedCount);
        }
    }
}

/// <summary>Whether an account may sign in.</summary>
internal enum AccountStatus
{
    Active,
    Disabled,
}
