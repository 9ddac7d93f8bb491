using Careline.Labs.Catalogue;

namespace Careline.Labs.Orders;

/// <summary>A test of an order, as the catalogue named and priced it then.</summary>
internal sealed class LabOrderLine
{
    private LabOrderLine()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public int Position { get; private set; }

    public Guid TestId { get; private set; }

    public string TestCode { get; private set; } = "";

    public string TestName { get; private set; } = "";

    public Guid? PanelId { get; private set; }

    public string? PanelName { get; private set; }

    public long? PriceAmount { get; private set; }

    public string? PriceCurrency { get; private set; }

    public static LabOrderLine OfTest(Guid id, int position, LabTest test) => new()
    {
        Id = id,
        Position = position,
        TestId = test.Id,
        TestCode = test.Code,
        TestName = test.Name,
        PriceAmount = test.PriceAmount,
        PriceCurrency = test.PriceCurrency,
    };

    /// <summary>A test that comes with a panel; the panel's price stands on the first.</summary>
    public static LabOrderLine OfPanel(Guid id, int position, LabTest test, Panel panel, bool isFirst) => new()
    {
        Id = id,
        Position = position,
        TestId = test.Id,
        TestCode = test.Code,
        TestName = test.Name,
        PanelId = panel.Id,
        PanelName = panel.Name,
        PriceAmount = isFirst ? panel.PriceAmount : null,
        PriceCurrency = isFirst ? panel.PriceCurrency : null,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<LabOrderLine>
    {
        public void Configure(EntityTypeBuilder<LabOrderLine> builder)
        {
            builder.ToTable("order_lines", "labs");
            builder.Property(l => l.Id).ValueGeneratedNever();
        }
    }
}
