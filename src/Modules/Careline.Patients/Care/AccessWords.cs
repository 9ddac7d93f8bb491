using System.Text;
using Careline.Patients.Proxies;

namespace Careline.Patients.Care;

/// <summary>Says to a patient in plain words what was done, from the name of the route that did it.</summary>
internal static class AccessWords
{
    private static readonly Dictionary<string, string> _known = new(StringComparer.Ordinal)
    {
        ["BreakGlass"] = "Opened your record in an emergency",
        ["GetPatient"] = "Opened your record",
        ["GetOwnPatientRecord"] = "Opened your record",
        ["GetPatientSummary"] = "Opened the summary of your record",
        ["ListPatients"] = "Saw you in a list of patients",
        ["ListClinicPatients"] = "Saw you in a clinic's list of patients",
        ["ListClinicAppointments"] = "Saw you in a clinic's calendar",
        ["LookUpPatient"] = "Looked you up by number or phone",
        ["RegisterPatient"] = "Registered you as a patient",
        ["ReplacePatient"] = "Changed your personal details",
        ["ChangePatient"] = "Changed your personal details",
        ["ClosePatient"] = "Closed your record",
        ["AddDependant"] = "Registered you, and acts for you",
        ["ListDependants"] = "Saw you among those for whom they act",
        ["InviteProxy"] = "Asked somebody to act for you",
        ["AcceptProxy"] = "Accepted to act for you",
        ["ChangeProxy"] = "Changed how far somebody acts for you",
        ["EndProxy"] = "Ended that somebody acts for you",
        [OverruleProxy.Name] = "Ended that somebody acts for you",
        ["ListProxies"] = "Looked at who acts for you",
        ["GrantAccess"] = "Opened your record to a doctor",
        ["EndGrant"] = "Closed your record to a doctor",
        ["ListGrants"] = "Looked at to whom your record was opened",
        ["ShowAccessLog"] = "Looked at who opened your record",
        ["ListAuditEvents"] = "Looked at who opened your record",
        ["ShowExposure"] = "Looked at who opened your record",
        ["ExportOwnRecord"] = "Took away a copy of everything held about you",
        ["ExportAuditEvents"] = "Exported who opened your record",
        ["ListPatientConsultations"] = "Looked at your consultations",
        ["PrescribeInConsultation"] = "Prescribed a medicine for you",
        ["ListMedicalFiles"] = "Looked at the list of your documents",
        ["ListRecordDocuments"] = "Looked at the list of your documents",
        ["ListPatientDocuments"] = "Looked at the list of your documents",
        ["GetMedicalFile"] = "Looked at what a document of yours is",
        ["UploadMedicalFile"] = "Added a document to your record",
        ["UploadRecordDocument"] = "Added a document to your record",
        ["UploadPatientDocument"] = "Added a document to your record",
        ["BeginUpload"] = "Began to add a document to your record",
        ["AppendToUpload"] = "Added a document to your record",
        ["RenewMedicalFile"] = "Added new content to a document of yours",
        ["ReplaceMedicalFile"] = "Changed what is said of a document of yours",
        ["ChangeMedicalFile"] = "Changed what is said of a document of yours",
        ["RemoveMedicalFile"] = "Removed a document of yours",
        ["DownloadMedicalFile"] = "Downloaded a document of yours",
        ["DownloadMedicalFileVersion"] = "Downloaded an earlier content of a document of yours",
        ["ShowMedicalFileThumbnail"] = "Saw a document of yours in small",
        ["LinkMedicalFile"] = "Made a link to a document of yours, good for a minute",
        ["OpenMedicalFileLink"] = "Downloaded a document of yours",
        ["DownloadPacket"] = "Downloaded documents of yours",
        ["ShareMedicalFile"] = "Shared a document of yours",
        ["EndShare"] = "Ended that a document of yours is shared",
        ["ListShares"] = "Looked at to whom a document of yours was opened",
        ["OpenSharedFile"] = "Opened a document of yours by a link that was shared",
        ["ListPatientVitalSigns"] = "Looked at your vital signs",
        ["ShowVitalTrend"] = "Looked at how your vital signs went over time",
        ["SetVitalTarget"] = "Set a target for your vital signs",
        ["EndVitalTarget"] = "Ended a target for your vital signs",
        ["ListSuspectReadings"] = "Looked at readings of your devices",
        ["IssuePairingCode"] = "Asked for a code to pair a device of yours",
        ["PairDevice"] = "Paired a device of yours",
        ["RevokeDevice"] = "Took a device of yours away",
        ["SendDeviceReadings"] = "Sent what your device measured",
        ["ListAlerts"] = "Looked at what was measured of you",
        ["GetAlert"] = "Looked at what was measured of you",
        ["AcknowledgeAlert"] = "Took note of what was measured of you",
        ["HandOverAlert"] = "Asked a colleague to look at what was measured of you",
        ["BookAppointment"] = "Booked an appointment for you",
        ["RescheduleAppointment"] = "Moved your appointment",
        ["StartConsultation"] = "Began your consultation",
        ["CompleteConsultation"] = "Completed your consultation",
    };

    private static readonly (string Prefix, string Words)[] _verbs =
    [
        ("List", "Looked at your"), ("Get", "Looked at your"), ("Show", "Looked at your"), ("Read", "Looked at your"), ("Export", "Exported your"),
        ("Add", "Added to your"), ("Record", "Added to your"), ("Create", "Added to your"), ("Replace", "Changed your"), ("Change", "Changed your"),
        ("Update", "Changed your"), ("Remove", "Removed from your"), ("Delete", "Removed from your"), ("Cancel", "Cancelled your"),
    ];

    private static readonly Dictionary<string, string> _nouns = new(StringComparer.Ordinal)
    {
        ["Allergy"] = "allergies",
        ["Condition"] = "conditions",
        ["Medication"] = "medicines",
        ["Immunisation"] = "immunisations",
        ["EmergencyContact"] = "emergency contacts",
        ["PatientNote"] = "staff notes",
    };

    /// <summary>The action in words; of a route that nothing is known of, that the record was used.</summary>
    public static string Of(string action, string outcome)
    {
        var words = _known.GetValueOrDefault(action) ?? Compose(action);
        return outcome == "success" ? words : $"Was refused: {char.ToLowerInvariant(words[0])}{words[1..]}";
    }

    private static string Compose(string action)
    {
        foreach (var (prefix, words) in _verbs)
        {
            if (action.StartsWith(prefix, StringComparison.Ordinal) && action.Length > prefix.Length)
            {
                var noun = action[prefix.Length..];
                return $"{words} {_nouns.GetValueOrDefault(noun) ?? Spaced(noun)}";
            }
        }

        return "Used your record";
    }

    private static string Spaced(string noun)
    {
        var text = new StringBuilder();
        foreach (var letter in noun)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append(' ');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
