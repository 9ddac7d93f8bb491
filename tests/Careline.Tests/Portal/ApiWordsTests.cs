using System.Net;
using Careline.Audit.Breaches;
using Careline.Clinics.Stock.Orders;
using Careline.Consultations.Consultations;
using Careline.Gateways.Contracts;
using Careline.Labs.Collections;
using Careline.Labs.Contracts;
using Careline.Labs.Results;
using Careline.Patients.Proxies;
using Careline.Payments.Contracts;
using Careline.Payments.Discrepancies;
using Careline.Payments.Disputes;
using Careline.Payments.Plans;
using Careline.Payments.Refunds;
using Careline.Platform.Data;
using Careline.Portal.Language;
using Careline.Prescriptions.Contracts;
using Careline.Records.MedicalFiles;
using Careline.Scheduling.Contracts;
using Careline.Tests.Architecture;
using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>The words of the API are English: what of them people read in the portal has words in every language.</summary>
public sealed class ApiWordsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly (string Kind, IReadOnlyList<string> Words, IReadOnlyList<(string Value, string Text)> Labels)[] _enumerations =
    [
        ("an appointment", EnumText<AppointmentStatus>.All, Labels.States), ("a visit's document", EnumText<ConsultationStatus>.All, Labels.States),
        ("a prescription", EnumText<PrescriptionStatus>.All, Labels.PrescriptionStates), ("a medicine of it", EnumText<LineStatus>.All, Labels.States),
        ("a laboratory's order", EnumText<LabOrderStatus>.All, Labels.States), ("a time for a sample", EnumText<CollectionStatus>.All, Labels.States),
        ("a result", EnumText<ResultState>.All, Labels.States), ("who acts for a patient", EnumText<ProxyStatus>.All, Labels.States),
        ("how a result lies", EnumText<Interpretation>.All, CareLabels.Flags), ("how a result lies, to clinicians", EnumText<Interpretation>.All, ClinicalLabels.Flags),
        ("a finding of the safety check", EnumText<SafetySeverity>.All, ClinicalLabels.SafetySeverities), ("a document's kind", EnumText<RecordFileKind>.All, CareLabels.FileKinds),
        ("a medicine's form", EnumText<MedicineForm>.All, ClinicalLabels.Forms), ("how a proxy is related", EnumText<ProxyRelation>.All, CareLabels.Relations), ("what a proxy may do", EnumText<ProxyRight>.All, CareLabels.ProxyRights),
        ("a payment", EnumText<PaymentStatus>.All, CareLabels.PaymentStates), ("a plan", EnumText<SubscriptionStatus>.All, CareLabels.PaymentStates), ("a refund", EnumText<RefundStatus>.All, CareLabels.RefundStates),
        ("a dispute", EnumText<DisputeStatus>.All, Labels.Disputes), ("what a gateway tells", EnumText<FactKind>.All, Labels.GatewayFacts), ("a discrepancy", EnumText<DiscrepancyKind>.All, Labels.Discrepancies),
        ("an order of stock", EnumText<PurchaseOrderStatus>.All, Labels.States), ("a breach", EnumText<BreachStatus>.All, Labels.Breaches),
    ];

    [Fact]
    public void Every_word_of_an_enumeration_is_said_for_people_in_every_language()
    {
        var words = _enumerations.SelectMany(e => e.Words.Select(w => (e.Kind, Word: w, e.Labels.FirstOrDefault(l => l.Value == w).Text))).ToList();

        words.Where(w => w.Text is null).Select(w => $"{w.Kind}: {w.Word} is said for nobody.")
            .Concat(Missing(words.Select(w => w.Text).OfType<string>()))
            .ShouldBeNone("A patient reads where something stands in the language of their choice.", words.Count, 80);
    }

    [Fact]
    public void No_screen_of_a_patient_shows_what_the_API_displays_in_English()
    {
        var screens = new[] { "Screens/Patient", "Screens/Public", "Screens/Account", "Screens/Chats", "Screens/Visits", "Components" }.SelectMany(f => House.Files($"src/Careline.Portal/{f}", "*.razor")).ToList();

        screens.Where(s => s.Text.Contains("_display\"", StringComparison.Ordinal)).Select(s => s.Path).ShouldBeNone("A display is English: the word beside it is said by Labels.", screens.Count, 60);
    }

    [Fact]
    public void Every_specialty_has_words_in_every_language() =>
        Missing(ApiWords.Specialties).ShouldBeNone("Specialties are chosen in the language of one's choice.", ApiWords.Specialties.Count, 20);

    [Fact]
    public void The_log_of_a_record_has_words_in_every_language()
    {
        ApiWords.Things.ShouldContain("vital targets");
        ApiWords.Things.ShouldContain("allergies");
        Missing([.. ApiWords.Phrases, .. ApiWords.Things, .. Deeds.Shapes, "Was refused: {0}"])
            .ShouldBeNone("Who opened a record, and what for, is read in the language of one's choice.", ApiWords.Phrases.Count + ApiWords.Things.Count, 120);
    }

    [Fact]
    public void A_refusal_that_one_language_has_words_for_has_words_in_every_language()
    {
        var refusals = Words.Languages.SelectMany(l => Words.TextsOf(l.Tag).Keys).Where(ApiWords.Sentences.Contains).Distinct().ToList();

        refusals.ShouldContain("This field is required.");
        Missing(refusals).ShouldBeNone("Why something was refused is read in the language of one's choice.", refusals.Count, 120);
    }

    [Theory]
    [InlineData("en", "Looked at your vital targets", "Looked at your vital targets")]
    [InlineData("fr", "Looked at your vital targets", "Lecture de vos informations\u00a0: objectifs pour les signes vitaux")]
    [InlineData("fr", "Was refused: looked at your allergies", "Refusé\u00a0: lecture de vos informations\u00a0: allergies")]
    [InlineData("fr", "Was refused: opened your record", "Refusé\u00a0: ouverture de votre dossier")]
    [InlineData("fr", "Looked at your undreamt things", "Looked at your undreamt things")]
    [InlineData("fr", "Was refused: looked at your undreamt things", "Was refused: looked at your undreamt things")]
    [InlineData("fr", "Was refused: ", "Was refused: ")]
    public void A_deed_is_translated_as_a_whole_or_not_at_all(string language, string deed, string said) => Deeds.Of(deed, new Words(language)).ShouldBe(said);

    [Theory]
    [InlineData("fr", "This field is required.", "Ce champ est obligatoire.")]
    [InlineData("fr", "At most 500 characters.", "500 caractères au plus.")]
    [InlineData("fr", "This time has passed. The nearest free times are offered instead.", "Cette heure est passée. Les heures libres les plus proches sont proposées à la place.")]
    [InlineData("fr", "The Reason field is required.", "Ce champ est obligatoire.")]
    [InlineData("fr", "The field Title must be a string or array type with a maximum length of '200'.", "200 caractères au plus.")]
    [InlineData("en", "The field Rating must be between 1 and 5.", "Must be between 1 and 5.")]
    [InlineData("en", "At most 500 characters.", "At most 500 characters.")]
    [InlineData("fr", "This time has passed. Nobody has words for 7 of these.", "This time has passed. Nobody has words for 7 of these.")]
    public void A_refusal_is_translated_as_a_whole_or_not_at_all(string language, string sentence, string said) => new Words(language).Said(sentence).ShouldBe(said);

    [Fact]
    public async Task A_visitor_chooses_a_specialty_and_is_refused_in_the_language_of_their_choice()
    {
        using var patient = await app.PatientAsync();
        using var visitor = new Visitor(app);
        visitor.Take(new Cookie(Reader.LanguageCookie, "fr"));

        await visitor.OpenAsync("/doctors");
        visitor.Page.QuerySelectorAll("select[name=specialization] option").Select(o => o.TextContent).ShouldContain("Cardiologie");
        visitor.Page.QuerySelector("select[name=specialization] option[value=Cardiology]").ShouldNotBeNull();

        await visitor.SignInAsync(patient.UserName, "not the password");
        visitor.Page.QuerySelector(".refusal")!.TextContent.ShouldContain("Le nom ou le mot de passe est faux.");
    }

    private static IEnumerable<string> Missing(IEnumerable<string> texts) =>
        texts.Distinct().SelectMany(t => Words.Languages.Where(l => l.Tag != "en" && !Words.TextsOf(l.Tag).ContainsKey(t)).Select(l => $"{l.Tag}: {t}"));
}
