namespace Careline.Clinics.Contracts;

/// <summary>What the signal line says of clinics.</summary>
public static class ClinicSignals
{
    /// <summary>The topic; the key is the id of a clinic whose name, place or state changed.</summary>
    public const string Topic = "clinic";
}
