namespace Careline.Clinics.Contracts;

/// <summary>What clinics sell, for who books it.</summary>
public interface IClinicServices
{
    /// <summary>A service that can be booked now; null where it is not offered any more, or its clinic is not open to the public.</summary>
    Task<ServiceTerms?> FindAsync(Guid serviceId, CancellationToken ct);
}

/// <summary>A service that can be booked.</summary>
/// <param name="Id">The service.</param>
/// <param name="ClinicId">Who sells it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Modality">How it is given.</param>
/// <param name="DurationMinutes">How long it takes.</param>
/// <param name="PriceAmount">In minor units.</param>
/// <param name="PriceCurrency">ISO 4217.</param>
public sealed record ServiceTerms(
    Guid Id, Guid ClinicId, string Name, ServiceModality Modality, int DurationMinutes, long PriceAmount, string PriceCurrency);

/// <summary>A service, as modules above join it: <c>db.Set&lt;ServiceRow&gt;()</c>; also one that is sold no more.</summary>
public sealed class ServiceRow
{
    /// <summary>The service.</summary>
    public Guid Id { get; init; }

    /// <summary>Who sells it.</summary>
    public Guid ClinicId { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";
}

/// <summary>How a service is given; the words are those of visits.</summary>
public enum ServiceModality
{
    /// <summary>Picture and sound.</summary>
    Video,

    /// <summary>Sound only.</summary>
    Audio,

    /// <summary>Written.</summary>
    Chat,

    /// <summary>At the clinic.</summary>
    InPerson,
}
