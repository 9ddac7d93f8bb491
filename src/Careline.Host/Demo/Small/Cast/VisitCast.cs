using static Careline.Host.Demo.Small.Cast.DemoOutcome;

namespace Careline.Host.Demo.Small.Cast;

// Nobody is in two places at once: the routes would refuse it.
internal static class VisitCast
{
    public static IReadOnlyList<DemoVisit> All { get; } = [.. Past(), .. Live(), .. Ahead()];

    private static DemoVisit[] Past() =>
    [
        new("adaeze.okafor", "amara.nwosu", -9, "09:30", Completed, "Blood pressure check")
        {
            VisitType = "routine_checkup", Modality = "in_person", Urgency = "low", Record = RecordCast.BloodPressure,
        },
        new("eleanor.whitfield", "thomas.baker", -9, "09:00", Completed, "Diabetes review")
        {
            VisitType = "routine_checkup", Modality = "in_person", Record = RecordCast.DiabetesReview,
        },
        new("chinedu.balogun", "emeka.obi", -8, "10:00", Completed, "Chest tightness on climbing stairs")
        {
            VisitType = "specialist", Modality = "in_person", Urgency = "high", Symptoms = "For three weeks, passes when I rest.", Record = RecordCast.Angina,
        },
        new("wanjiru.kamau", "njeri.wambui", -7, "11:00", Completed, "Night cough, inhaler used every day") { Record = RecordCast.Asthma },
        new("hamish.mackenzie", "olivia.clarke", -6, "14:00", Completed, "Sleep and worry") { VisitType = "follow_up", Record = RecordCast.Anxiety },
        new("arjun.mehta", "rahul.iyer", -6, "09:00", NoShow, "Thyroid results"),
        new("priya.raman", "rahul.iyer", -5, "10:30", Completed, "Itching rash on both hands") { Record = RecordCast.Eczema },
        new("adaeze.okafor", "fatima.yusuf", -5, "13:00", NoShow, "Travel vaccination advice") { Urgency = "low" },
        new("arjun.mehta", "sunita.patel", -4, "12:00", Completed, "Sugar readings over 200") { Urgency = "high", Record = RecordCast.Diabetes },
        new("grace.delgado", "maria.santos", -3, "09:30", Completed, "Second prenatal visit") { VisitType = "routine_checkup", Record = RecordCast.Prenatal },
        new("chinedu.balogun", "amara.nwosu", -3, "11:00", CancelledByPatient, "Second opinion on my tablets"),
        new("adaeze.okafor", "zainab.yusuf", -2, "11:30", Completed, "Fever since last night")
        {
            Modality = "in_person", Urgency = "high", Record = RecordCast.ChildFever,
        },
        new("eleanor.whitfield", "albert.moore", -1, "10:00", Completed, "Breathless and feverish")
        {
            Modality = "in_person", Urgency = "emergency", Record = RecordCast.Pneumonia,
        },
    ];

    private static DemoVisit[] Live() =>
    [
        new("adaeze.okafor", "fatima.yusuf", 0, "", InProgress, "Sore throat and fever") { Urgency = "high", Record = RecordCast.SoreThroat },
        new("eleanor.whitfield", "olivia.clarke", 0, "", InProgress, "Migraine that will not settle") { Urgency = "high", Record = RecordCast.Migraine },
        new("adaeze.okafor", "amara.nwosu", 0, "", CheckedIn, "Dizzy since this morning") { Modality = "in_person", Urgency = "high" },
    ];

    private static DemoVisit[] Ahead() =>
    [
        new("adaeze.okafor", "emeka.obi", 1, "09:00", Scheduled, "Repeat prescription")
        {
            VisitType = "follow_up", Urgency = "low", Talk = ["I have tablets for four more days."],
        },
        new("chinedu.balogun", "emeka.obi", 2, "10:00", Confirmed, "Exercise test result") { VisitType = "follow_up", Modality = "in_person" },
        new("wanjiru.kamau", "brian.mwangi", 2, "09:00", CancelledByDoctor, "My son's growth chart"),
        new("hamish.mackenzie", "olivia.clarke", 2, "14:00", Moved, "How the new dose works")
        {
            VisitType = "follow_up",
            Talk = ["I sleep through since Tuesday. Shall I stay on the full tablet?", "Yes, until we speak. Any dizziness in the mornings?", "A little, for ten minutes or so."],
        },
        new("adaeze.okafor", "amara.nwosu", 3, "09:30", Confirmed, "Blood pressure, four weeks on") { VisitType = "follow_up", Modality = "in_person" },
        new("priya.raman", "sunita.patel", 3, "12:30", CancelledByPatient, "Dark patch on the neck"),
        new("arjun.mehta", "rahul.iyer", 3, "09:00", Moved, "Thyroid results, missed last time") { VisitType = "follow_up" },
        new("adaeze.okafor", "fatima.yusuf", 4, "12:00", Scheduled, "Travel vaccination advice") { Urgency = "low" },
        new("grace.delgado", "maria.santos", 4, "13:00", CancelledByPatient, "Question about iron tablets"),
        new("wanjiru.kamau", "njeri.wambui", 5, "11:00", Confirmed, "Asthma, with the peak flow diary")
        {
            VisitType = "follow_up",
            Talk = ["The diary is full on both sides. Shall I bring it?", "Please hold it to the camera, and keep the inhaler at hand.", "I will. Thank you, doctor.", "See you then."],
        },
        new("eleanor.whitfield", "albert.moore", 5, "11:00", Scheduled, "After the chest infection") { VisitType = "follow_up", Modality = "in_person" },
        new("wanjiru.kamau", "brian.mwangi", 6, "09:30", Scheduled, "My son's growth chart"),
        new("eleanor.whitfield", "thomas.baker", 6, "09:00", Confirmed, "Knee pain") { Modality = "in_person" },
        new("priya.raman", "rahul.iyer", 7, "10:30", Confirmed, "Hands, two weeks on the cream") { VisitType = "follow_up", Modality = "chat" },
        new("grace.delgado", "maria.santos", 8, "09:30", Confirmed, "Third prenatal visit") { VisitType = "routine_checkup" },
        new("hamish.mackenzie", "thomas.baker", 8, "12:00", Scheduled, "Low since I retired") { Modality = "audio" },
        new("arjun.mehta", "sunita.patel", 9, "12:00", Scheduled, "Sugar readings, two weeks of them") { VisitType = "follow_up" },
    ];
}
