namespace Careline.Clinics.Stock;

/// <summary>A day that may stand on something: the first and last of the calendar are no days to a database, but its infinities.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class ShelfDayAttribute() : ValidationAttribute("Must be a day from 2000 to 2200.")
{
    public override bool IsValid(object? value) => value is null or DateOnly { Year: >= 2000 and <= 2200 };
}
