using Careline.Accounts.SignIn;

namespace Careline.Tests.Accounts;

/// <summary>What is guessed first is refused; what people think of is not.</summary>
public sealed class GuessablePasswordsTests
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd2026")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("1234567890123456")]
    [InlineData("000000000000")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("qwertyuiop12")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("zxcvbnmasdfghjkl")]
    [InlineData("abcdefghijkl")]
    [InlineData("iloveyou2026")]
    [InlineData("Liverpool1892!")]
    [InlineData("careline2026")]
    [InlineData("letmein123456")]
    [InlineData("9876543210987")]
    [InlineData("jesusjesusjesus")]
    [InlineData("Summer_2026!!")]
    [InlineData("adaeze.okafor")]
    [InlineData("AdaezeOkafor1990")]
    public void Refused(string password) => GuessablePasswords.Contains(password, "adaeze.okafor@example.test", "AdaezeOkafor").ShouldBeTrue();

    [Theory]
    [InlineData("securepassword")]
    [InlineData("correct horse battery")]
    [InlineData("another horse, another battery")]
    [InlineData("careline-demo")]
    [InlineData("mango tree behind the school")]
    [InlineData("пароль для врача ✓")]
    [InlineData("xk7#mQ2vLp9w")]
    public void Welcome(string password) => GuessablePasswords.Contains(password, "adaeze.okafor@example.test").ShouldBeFalse();

    [Fact]
    public void Every_word_with_every_year_and_every_usual_ending_is_refused()
    {
        string[] words = ["password", "welcome", "football", "princess", "sunshine", "superman", "michael", "nigeria", "computer", "chocolate"];
        var endings = Enumerable.Range(1940, 100).Select(y => $"{y}").Concat(["1", "12", "123", "1234", "12345", "123456", "!", "!!", "1!", "123!", "@123", "#1", "007"]).ToList();
        var spellings = words.SelectMany(w => new[] { w, char.ToUpperInvariant(w[0]) + w[1..], w.ToUpperInvariant(), w.Replace('o', '0').Replace('a', '@') }).ToList();

        var passed = spellings.SelectMany(w => endings.Select(e => w + e)).Where(p => !GuessablePasswords.Contains(p)).ToList();

        (spellings.Count * endings.Count).ShouldBeGreaterThan(3000);
        passed.ShouldBeEmpty();
    }
}
