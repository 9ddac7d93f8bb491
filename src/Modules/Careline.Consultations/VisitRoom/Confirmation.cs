namespace Careline.Consultations.VisitRoom;

/// <summary>
/// What the patient said before a visit: that it is they, where they are at this moment and how they are reached if the line breaks, so that help can be sent, and that
/// they agree to be treated so. Only ever added.
/// </summary>
internal sealed class Confirmation
{
    private Confirmation()
    {
    }

    /// <summary>For so long what somebody said of where they are is believed.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromHours(12);

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public Guid AccountId { get; private set; }

    public DateTimeOffset ConfirmedAt { get; private set; }

    public byte[] Place { get; private set; } = [];

    public byte[] CallbackNumber { get; private set; } = [];

    public static Confirmation Of(Guid id, Guid consultationId, Guid by, (string Place, string CallbackNumber) said, FieldCipher cipher, DateTimeOffset now) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        AccountId = by,
        ConfirmedAt = now,
        Place = cipher.Seal(said.Place, PlaceOf(id)),
        CallbackNumber = cipher.Seal(said.CallbackNumber, NumberOf(id)),
    };

    public string? ReadPlace(FieldCipher cipher) => cipher.TryOpen(Place, PlaceOf(Id));

    public string? ReadNumber(FieldCipher cipher) => cipher.TryOpen(CallbackNumber, NumberOf(Id));

    private static string PlaceOf(Guid id) => $"consultations.confirmations.place:{id}";

    private static string NumberOf(Guid id) => $"consultations.confirmations.callback_number:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Confirmation>
    {
        public void Configure(EntityTypeBuilder<Confirmation> builder)
        {
            builder.ToTable("confirmations", "consultations");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
