using Careline.Payments.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Payments;

public sealed class SharesTests
{
    [Fact]
    public void However_a_payment_goes_back_step_by_step_all_of_it_went_back_and_no_share_ever_grew()
    {
        var amounts = Gen.ArrayOf(Gen.Choose(1, 500_000)).Where(a => a.Length is > 0 and < 6).Select(a => a.Select((amount, i) => new Share($"account {i}", amount)).ToList());
        var cuts = Gen.ArrayOf(Gen.Choose(0, 1000)).Where(c => c.Length < 12);

        Prop.ForAll(
            amounts.SelectMany(shares => cuts.Select(c => (Shares: shares, Cuts: c))).ToArbitrary(),
            given =>
            {
                var total = given.Shares.Sum(s => s.Amount);
                var back = new long[given.Shares.Count];
                var before = 0L;
                foreach (var after in given.Cuts.Select(c => c * total / 1000).Append(total).Order())
                {
                    var step = Careline.Payments.Ledger.Shares.Back(given.Shares, before, after);
                    if (step.Sum(s => s.Amount) != after - before || step.Any(s => s.Amount < 0))
                    {
                        return false;
                    }

                    for (var i = 0; i < back.Length; i++)
                    {
                        back[i] += step[i].Amount;
                    }

                    before = after;
                }

                return back.SequenceEqual(given.Shares.Select(s => s.Amount));
            }).QuickCheckThrowOnFailure();
    }
}
