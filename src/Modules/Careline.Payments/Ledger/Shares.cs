namespace Careline.Payments.Ledger;

/// <summary>Whose a payment's money is.</summary>
/// <param name="Account">The account.</param>
/// <param name="Amount">Minor units.</param>
internal readonly record struct Share(string Account, long Amount);

/// <summary>Divides money so that nothing is lost to rounding.</summary>
internal static class Shares
{
    /// <summary>
    /// The tax office's, the platform's and the doctor's share of what was paid; the rest is the clinic's or, where there is none, the platform's. Without a
    /// doctor there is no doctor's share.
    /// </summary>
    public static IReadOnlyList<Share> Of(Payments.Payment payment)
    {
        var net = payment.Amount - payment.TaxAmount;
        var platform = Percent(net, payment.PlatformPercent);
        var doctor = payment.DoctorId is null ? 0 : Percent(net, payment.DoctorPercent);
        var rest = net - platform - doctor;
        var shares = new List<Share> { new(LedgerAccount.TaxOf(payment.ClinicId), payment.TaxAmount) };
        if (payment.DoctorId is { } doctorId)
        {
            shares.Add(new Share(LedgerAccount.ShareOfDoctor(doctorId), doctor));
        }

        shares.Add(new Share(LedgerAccount.Platform, payment.ClinicId is null ? platform + rest : platform));
        if (payment.ClinicId is { } clinicId)
        {
            shares.Add(new Share(LedgerAccount.ShareOfClinic(clinicId), rest));
        }

        return [.. shares.Where(s => s.Amount > 0)];
    }

    /// <summary>
    /// How much of each share goes back, when of all that was paid <paramref name="before"/> had gone back and <paramref name="after"/> have now. Step by step the
    /// parts come to what one step over all would give, so that a payment that is given back whole leaves nothing anywhere.
    /// </summary>
    public static IReadOnlyList<Share> Back(IReadOnlyList<Share> shares, long before, long after)
    {
        var total = shares.Sum(s => s.Amount);
        var (early, late) = (Prorated(shares, before, total), Prorated(shares, after, total));
        return [.. shares.Select((s, i) => s with { Amount = late[i] - early[i] })];
    }

    // Cut where the running sum falls, so that the parts always come to the whole and none ever shrinks as more goes back.
    private static long[] Prorated(IReadOnlyList<Share> shares, long part, long total)
    {
        var (parts, running, cut) = (new long[shares.Count], 0L, 0L);
        for (var i = 0; i < shares.Count; i++)
        {
            running += shares[i].Amount;
            var next = (long)((Int128)running * part / total);
            (parts[i], cut) = (next - cut, next);
        }

        return parts;
    }

    private static long Percent(long amount, decimal percent) => (long)Math.Round(amount * percent / 100m, MidpointRounding.ToZero);
}
