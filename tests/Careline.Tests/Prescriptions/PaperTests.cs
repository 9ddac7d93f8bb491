using System.Diagnostics;
using System.Text;
using Careline.Papers;
using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Signatures;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Prescriptions;

public sealed class PaperTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("a4")]
    [InlineData("a5")]
    [InlineData("thermal")]
    public async Task A_signed_prescription_is_printed_with_what_the_api_shows_and_a_code_that_verifies_offline(string size)
    {
        using var ward = await app.WardAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol, new { medication_name = "Vitamin ẹ̀ọ́ṣ", dosage = "1-0-1", frequency = "twice_daily", timing = "with_food" });
        using var answer = await ward.Patient.Client.GetAsync($"/api/prescriptions/{sheet.Id}/document.pdf?size={size}&language=fr", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var pdf = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        if (Program("pdftotext") is not { } reader || Program("pdftoppm") is not { } painter || Program("zbarimg") is not { } scanner)
        {
            Assert.Skip("poppler-utils and zbar-tools read papers; they are not here.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("careline-paper-").FullName;
        var file = Path.Combine(folder, "paper.pdf");
        await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
        var text = await RunAsync(reader, "-layout", file, "-");
        text.ShouldContain(sheet.Word("number"));
        text.ShouldContain(sheet.Code());
        text.ShouldContain("Paracetamol 500 mg tablet");
        text.ShouldContain("trois fois par jour (thrice daily)");
        text.ShouldContain("After meals");
        text.ShouldContain("NON VÉRIFIÉ");
        await RunAsync(painter, "-r", "203", "-png", "-singlefile", file, Path.Combine(folder, "paper"));
        var code = (await RunAsync(scanner, "--raw", "-q", Path.Combine(folder, "paper.png"))).Trim();
        var key = Convert.FromBase64String((await app.Anonymous.AskAsync("/api/prescriptions/keys/")).Data[0].GetProperty("public_key").GetString()!);

        var finding = PaperVerification.Verify(code, key);

        finding.IsGenuine.ShouldBeTrue(finding.Message);
        finding.Content.ShouldContain("1. Paracetamol 500 mg: 500 mg, thrice_daily for 5 days, quantity 15");
        finding.Content.ShouldContain("   After meals");
        finding.Content.Count(l => l.StartsWith("   NOT CHECKED", StringComparison.Ordinal)).ShouldBe(1);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_draft_and_what_was_altered_are_not_printed()
    {
        using var ward = await app.WardAsync();
        var draft = await ward.WriteAsync(Sheets.Paracetamol);
        (await ward.Doctor.GetAsync($"/api/prescriptions/{draft.Id}/document.pdf")).ErrorCode.ShouldBe("NOT_SIGNED");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Doctor.GetAsync($"/api/prescriptions/{sheet.Id}/document.pdf?size=poster")).Status.ShouldBe(400);
        await app.SqlAsync("UPDATE prescriptions.prescription_lines SET dosage = '5 g' WHERE prescription_id = $1", sheet.Id);

        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/document.pdf")).ErrorCode.ShouldBe("ALTERED");
    }

    [Fact]
    public void A_code_with_any_byte_changed_is_not_genuine()
    {
        var key = app.Services.GetRequiredService<SigningKey>();
        var code = PaperCode.Of(Content([Order("Paracetamol")]), "7K3M0QXW92AB", key);
        PaperVerification.Verify(code, key.PublicKey).IsGenuine.ShouldBeTrue();
        var body = Base45.Decode(code[PaperCode.Prefix.Length..])!;
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            PaperVerification.Verify(PaperCode.Prefix + Base45.Encode(body), key.PublicKey).IsGenuine.ShouldBeFalse();
            body[i] ^= 1;
        }
    }

    [Fact]
    public void A_long_prescription_leaves_instructions_or_medicines_out_of_its_code_and_says_so()
    {
        var key = app.Services.GetRequiredService<SigningKey>();
        var random = new Random(7);
        string Noise(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
        var talkative = PaperCode.Of(Content([Order("Paracetamol", Noise(3000))]), "7K3M0QXW92AB", key);
        var endless = PaperCode.Of(Content([.. Enumerable.Range(0, 50).Select(_ => Order(Noise(200)))]), "7K3M0QXW92AB", key);

        talkative.Length.ShouldBeLessThan(2_000);
        PaperVerification.Verify(talkative, key.PublicKey).Content.ShouldContain("   Its instructions do not fit into the code: read them on the paper.");
        endless.Length.ShouldBeLessThan(2_000);
        PaperVerification.Verify(endless, key.PublicKey).Content.ShouldContain("Its 50 medicines do not fit into the code: verify it by its short code.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("CLRX1:")]
    [InlineData("CLRX1:0")]
    [InlineData("CLRX1:ZZZ")]
    [InlineData("CLRX1:~~~")]
    [InlineData("https://example.org")]
    public void What_is_no_code_is_refused(string text) => PaperVerification.Verify(text, new byte[32]).IsGenuine.ShouldBeFalse();

    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    public void Base45_is_that_of_rfc_9285(string plain, string coded)
    {
        Base45.Encode(Encoding.ASCII.GetBytes(plain)).ShouldBe(coded);
        Encoding.ASCII.GetString(Base45.Decode(coded)!).ShouldBe(plain);
    }

    [Theory]
    [InlineData("Ọlá ẹ̀ṣọ́", true)]
    [InlineData("Łukasz Ölçü Ñandú", true)]
    [InlineData("مريم", false)]
    [InlineData("नाम", false)]
    [InlineData("safe\u202etext", false)]
    public void Letters_that_cannot_be_shown_are_marked(string text, bool isWhole)
    {
        var (shown, whole) = PaperFonts.Show(text);

        whole.ShouldBe(isWhole);
        shown.Contains(PaperFonts.Unshown, StringComparison.Ordinal).ShouldBe(!isWhole);
    }

    private static SignedContent Content(IReadOnlyList<MedicationOrder> lines) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = "RX-000001",
        Patient = new SignedPerson(Guid.CreateVersion7(), "Pat Example"),
        Doctor = new SignedPerson(Guid.CreateVersion7(), "Doc Example") { Number = "MD-1" },
        IssuedAt = DateTimeOffset.UnixEpoch,
        ValidUntil = DateTimeOffset.UnixEpoch.AddDays(1),
        Sheet = new PrescriptionSheet(lines),
    };

    private static MedicationOrder Order(string name, string? instructions = null) => new(name, "500 mg", "thrice_daily", Instructions: instructions);

    private static string? Program(string name) => (string[])["/usr/bin/", "/usr/local/bin/"] is var folders ? folders.Select(f => f + name).FirstOrDefault(File.Exists) : null;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return text;
    }
}
