using Careline.Doctors.Search;

namespace Careline.Tests.Doctors;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("Olúwaṣeun ÀJÀYÍ", "oluwaseun ajayi")]
    [InlineData("Nnámdị́ Ọ́kọ́nkwọ̀", "nnamdi okonkwo")]
    [InlineData("Ƙofar-Ɗan Ƴar'adua", "kofar dan yaradua")]
    [InlineData("Hélène Œuvrard, D’Artagnan", "helene oeuvrard dartagnan")]
    [InlineData("Śrī Kṛṣṇa", "sri krsna")]
    [InlineData("फ़ातिमा", "फातिमा")]
    [InlineData("100% sûr!", "100 sur")]
    [InlineData("%_% --- '", "")]
    public void Marks_do_not_count_and_letters_of_their_own_become_plain(string text, string words) =>
        string.Join(' ', Spelling.WordsOf(text)).ShouldBe(words);

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uDC00b")]
    [InlineData("\u0301")]
    public void Broken_text_breaks_nothing(string text) => Spelling.WordsOf(text).Count.ShouldBeLessThan(3);

    [Theory]
    [InlineData("ngozi", "ngozi", 0)]
    [InlineData("ngozi", "ngozy", 1)]
    [InlineData("ngozi", "gnozi", 1)]
    [InlineData("ngozi", "ngoz", 1)]
    [InlineData("ngozi", "nngozi", 1)]
    [InlineData("oluwaseun", "olwaseum", 2)]
    public void Mistakes_are_counted(string one, string other, int mistakes)
    {
        Mistakes.Between(one, other, 2).ShouldBe(mistakes);
        Mistakes.Between(other, one, 2).ShouldBe(mistakes);
    }

    [Fact]
    public void Counting_ends_once_there_are_too_many() => Mistakes.Between("cardiology", "neurology", 2).ShouldBeGreaterThan(2);
}
