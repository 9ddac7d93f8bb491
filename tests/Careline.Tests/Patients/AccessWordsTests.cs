using Careline.Patients.Care;

namespace Careline.Tests.Patients;

public sealed class AccessWordsTests
{
    [Theory]
    [InlineData("GetPatient", "success", "Opened your record")]
    [InlineData("GetPatient", "not_found", "Was refused: opened your record")]
    [InlineData("ListAllergy", "success", "Looked at your allergies")]
    [InlineData("AddMedication", "success", "Added to your medicines")]
    [InlineData("RemoveEmergencyContact", "success", "Removed from your emergency contacts")]
    [InlineData("GetConsultation", "success", "Looked at your consultation")]
    [InlineData("RecordConsultationVitalSigns", "success", "Added to your consultation vital signs")]
    [InlineData("Undreamt", "success", "Used your record")]
    [InlineData("List", "success", "Used your record")]
    public void An_action_is_told_in_plain_words(string action, string outcome, string words) => AccessWords.Of(action, outcome).ShouldBe(words);
}
