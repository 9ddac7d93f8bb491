using Careline.Payments.Payments;

namespace Careline.Tests.Payments;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("paid by 4242 4242 4242 4242 today")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("ref 99 378282246310005")]
    [InlineData("x5555.5555.5555.4444x")]
    public void A_cards_number_is_found_however_it_is_written(string text) => CardNumber.IsIn(text).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Transfer 0123456789")]
    [InlineData("4242424242424241")]
    [InlineData("TRF-2026-11-30 of NGN 15000.00")]
    public void What_is_none_is_let_be(string? text) => CardNumber.IsIn(text).ShouldBeFalse();
}
