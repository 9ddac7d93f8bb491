using System.Text.Json.Serialization;
using Careline.Clinics.Contracts;

namespace Careline.Clinics.Staff;

/// <summary>Who joins a clinic, in which role.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Role">What they do there.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StaffRequest(Guid AccountId, ClinicRole Role);
