namespace Careline.Labs.Imports;

/// <summary>An observation that could not be matched.</summary>
/// <param name="Id">Names it.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Position">Which of its OBX segments it is.</param>
/// <param name="Reason">Why it could not be matched.</param>
/// <param name="ClinicId">For which clinic it came.</param>
/// <param name="PatientId">Whose it seems to be.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Sent">What the message said; absent once it is settled.</param>
/// <param name="ResultId">The result that it became.</param>
/// <param name="DismissReason">Why it was set aside.</param>
/// <param name="CreatedAt">When it came.</param>
/// <param name="ResolvedAt">When somebody settled it.</param>
/// <param name="Version">Starts at 1.</param>
public sealed record QuarantineResponse(
    Guid Id, Guid MessageId, int Position, QuarantineReason Reason, Guid? ClinicId, Guid? PatientId, QuarantineStatus Status, SentResponse? Sent, Guid? ResultId,
    string? DismissReason, DateTimeOffset CreatedAt, DateTimeOffset? ResolvedAt, int Version) : IVersioned
{
    /// <summary>The reason for people.</summary>
    public string ReasonDisplay => EnumText<QuarantineReason>.Display(Reason);

    /// <summary>The status for people.</summary>
    public string StatusDisplay => EnumText<QuarantineStatus>.Display(Status);

    internal static QuarantineResponse Of(QuarantinedResult row, FieldCipher cipher) => new(
        row.Id, row.MessageId, row.Position, row.Reason, row.ClinicId, row.PatientId, row.Status, row.Sent(cipher) is { } sent ? SentResponse.Of(sent) : null, row.ResultId,
        row.DismissReason, row.CreatedAt, row.ResolvedAt, row.Version);
}

/// <summary>What a message said.</summary>
/// <param name="PatientNumbers">PID-3.</param>
/// <param name="PatientName">PID-5.</param>
/// <param name="BirthDate">PID-7.</param>
/// <param name="OrderNumbers">OBR-2 and OBR-3.</param>
/// <param name="Code">OBX-3.</param>
/// <param name="CodeName">Its text.</param>
/// <param name="Type">OBX-2.</param>
/// <param name="Value">OBX-5.</param>
/// <param name="Unit">OBX-6.</param>
/// <param name="Range">OBX-7.</param>
/// <param name="Flags">OBX-8.</param>
/// <param name="Status">OBX-11.</param>
/// <param name="Time">OBX-14 or OBR-7.</param>
/// <param name="Note">NTE-3.</param>
public sealed record SentResponse(
    IReadOnlyList<string> PatientNumbers, string PatientName, DateOnly? BirthDate, IReadOnlyList<string> OrderNumbers, string Code, string CodeName, string Type,
    string Value, string? Unit, string? Range, string? Flags, string Status, string Time, string? Note)
{
    internal static SentResponse Of(SentObservation sent) => new(
        sent.PatientNumbers, sent.PatientName, sent.BirthDate, sent.OrderNumbers, sent.Code, sent.CodeName, sent.Type, sent.Value, sent.Unit, sent.Range, sent.Flags,
        sent.Status, sent.Time, sent.Note);
}
