using System.Text;
using Careline.Labs.Hl7;
using Careline.Labs.Imports;
using Careline.Labs.Results;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Labs;

/// <summary>HL7 v2 as it is written, and as nobody should write it.</summary>
public sealed class Hl7Tests
{
    [Fact]
    public void A_message_is_read_by_the_separators_that_it_names()
    {
        var (message, _) = Hl7Message.Read("MSH#*!?%#APP#FAC\rPID#1##A*1!B*2##Do?S?e*Ja%ne\r");

        message!.Header.Text(3).ShouldBe("APP");
        var pid = message.Segments[1];
        pid.Repetitions(3).Select(r => (r.Text(1), r.Text(2))).ShouldBe([("A", "1"), ("B", "2")]);
        pid.Text(5).ShouldBe("Do*e");
        pid.Text(5, 2).ShouldBe("Ja ne");
        pid.Text(40).ShouldBe("");
    }

    [Theory]
    [InlineData(@"a\F\b\S\c\T\d\R\e\E\f", @"a|b^c&d~e\f")]
    [InlineData(@"\H\bold\N\ \.br\next", "bold \nnext")]
    [InlineData(@"\X414243\", "ABC")]
    [InlineData(@"\X0D\x", "\nx")]
    [InlineData(@"\X00\", @"\X00\")]
    [InlineData(@"\XZZ\", @"\XZZ\")]
    [InlineData(@"\Zunknown\", @"\Zunknown\")]
    [InlineData(@"no end \", @"no end \")]
    [InlineData(@"\", @"\")]
    [InlineData(@"\\", @"\\")]
    [InlineData(@"\.sp999999999999\", @"\.sp999999999999\")]
    public void Escapes_are_opened_and_what_is_none_stays(string sent, string meant) => Hl7Escapes.Open(sent, Hl7Separators.Usual).ShouldBe(meant);

    [Fact]
    public void Any_text_survives_being_escaped_and_opened()
    {
        Prop.ForAll(Gen.Elements("ab|^~\\&é€ 1".ToCharArray()).ListOf().Select(c => string.Concat(c)).ToArbitrary(), text =>
            Hl7Escapes.Open(Hl7Escapes.Close(text, Hl7Separators.Usual), Hl7Separators.Usual) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nothing_that_is_sent_makes_reading_fail()
    {
        var whole = new Oru().Patient("PAT-000001").Order("LAB-000001").Result("2823-3", "4.4", "mmol/L").Line("NTE|1||Note").ToString();
        var bytes = Encoding.UTF8.GetBytes(whole);
        var mutations =
            from cut in Gen.Choose(0, bytes.Length)
            from at in Gen.Choose(0, bytes.Length - 1)
            from with in Gen.Choose(0, 255)
            from again in Gen.Choose(0, bytes.Length - 1)
            select (cut, at, with, again);

        Prop.ForAll(mutations.ToArbitrary(), m =>
        {
            var broken = bytes.ToArray();
            (broken[m.at], broken[m.again]) = ((byte)m.with, broken[m.at]);
            var (message, fault) = Hl7Message.Read(broken.AsSpan(0, m.cut));
            if (message is not null)
            {
                ObservationReader.Read(message).ForEach(o => o.Measured());
                Acknowledgement.Refused(message.Header, Guid.Empty, new Hl7Fault("207", "x"), default).Segments("MSA").Length.ShouldBe(1);
            }

            return (message is null) != (fault is null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_note_is_of_the_observation_directly_before_it_and_no_line_of_a_text_loses_its_flag()
    {
        string text = new Oru().Patient("PAT-000001").Order("LAB-000001").Result("2823-3", "4.4", "mmol/L").Line("NTE|1||Of potassium").Line("NTE|2||and more of it")
            .Order("LAB-000002").Line("NTE|1||Of the order").Result("630-4", "Growth", "", flags: "A", type: "TX").Result("630-4", "of what is feared", "", flags: "AA", type: "TX")
            .Line("SPM|1").Line("NTE|1||Of the specimen");

        var read = ObservationReader.Read(Hl7Message.Read(Encoding.UTF8.GetBytes(text)).Message!);

        read.Select(o => o.Note).ShouldBe(["Of potassium\nand more of it", null]);
        (read[1].Flags, read[1].IsCritical, read[1].Value).ShouldBe(("AA,A", true, "Growth\nof what is feared"));
    }

    [Theory]
    [InlineData("8859/1", "Müller", true)]
    [InlineData("UNICODE UTF-8", "Müller", false)]
    [InlineData("", "Müller", false)]
    public void The_character_set_is_the_one_that_the_message_names(string charset, string name, bool isLatin)
    {
        var text = $"MSH|^~\\&|A|B|||20260101||ORU^R01|1|P|2.5||||||{charset}\rPID|1||1||{name}\r";

        Hl7Message.Read((isLatin ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text)).Message!.Segments[1].Text(5).ShouldBe(name);
        (Hl7Message.Read(Encoding.Latin1.GetBytes(text)).Message is not null).ShouldBe(isLatin);
    }

    [Theory]
    [InlineData("NM", "4.4", 4.4, null)]
    [InlineData("NM", " +4.40 ", 4.40, null)]
    [InlineData("NM", "-1", -1.0, null)]
    [InlineData("ST", "<0.01", 0.01, Comparator.LessThan)]
    [InlineData("ST", ">= 90", 90.0, Comparator.AtLeast)]
    [InlineData("SN", "<5", 5.0, Comparator.LessThan)]
    public void A_number_is_read_with_its_sign(string type, string value, double number, Comparator? comparator)
    {
        var measured = new SentObservation { Type = type, Value = value, Unit = "mmol/L" }.Measured()!;

        (measured.Value, measured.Comparator).ShouldBe(((decimal)number, comparator));
    }

    [Theory]
    [InlineData("NM", "four")]
    [InlineData("NM", "1e5")]
    [InlineData("NM", "1,5")]
    [InlineData("NM", "99999999999999999999")]
    [InlineData("NM", "0.12345678901234567890")]
    [InlineData("NM", "")]
    [InlineData("ED", "JVBERi0=")]
    [InlineData("", "4.4")]
    public void What_is_no_number_is_not_made_one(string type, string value) => new SentObservation { Type = type, Value = value }.Measured().ShouldBeNull();

    [Theory]
    [InlineData("20260301083000+0100", "UTC", "2026-03-01T07:30:00Z")]
    [InlineData("202603010830", "Africa/Lagos", "2026-03-01T07:30:00Z")]
    [InlineData("20260301083015.123-0530", "UTC", "2026-03-01T14:00:15Z")]
    [InlineData("20260301", "UTC", "2026-03-01T00:00:00Z")]
    [InlineData("2026", "UTC", null)]
    [InlineData("20261301", "UTC", null)]
    [InlineData("00010101000000+1400", "UTC", null)]
    [InlineData("20260301083000+9999", "UTC", null)]
    public void Times_are_read_with_their_offset_or_by_the_clinics_clock(string sent, string zone, string? meant) =>
        Hl7Time.Read(sent, zone).ShouldBe(meant is null ? null : DateTimeOffset.Parse(meant, null));

    [Fact]
    public void A_file_holds_any_number_of_messages_with_or_without_frames_and_batch_headers()
    {
        byte[] file = [.. "FHS|^~\\&\rBHS|^~\\&\rMSH|1\rPID|1\r"u8, 0x0B, .. "MSH|2\rPID|2\r"u8, 0x1C, 0x0D, .. "\nMSH|3\r\nPID|3\r\nBTS|2\rFTS|1\r"u8];

        MllpFrame.Messages(file).Select(m => Encoding.UTF8.GetString(m.Span).ReplaceLineEndings(" ")).ShouldBe(["MSH|1 PID|1", "MSH|2 PID|2", "MSH|3 PID|3"]);
        MllpFrame.Messages("nothing"u8.ToArray()).ShouldBeEmpty();
    }
}
