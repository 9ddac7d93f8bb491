namespace Careline.Host.Demo.Small.Cast;

// What the doctors of the demo practice wrote. Believable, and nobody's advice.
internal static class RecordCast
{
    public static DemoRecord BloodPressure { get; } = new(
        "Feels well; wants to know whether the tablets work.", "On amlodipine since 2021. Home readings 135 to 145 over 85 to 90.",
        "Heart sounds normal, no oedema.", "Hypertension, nearly at target.", "Continue amlodipine; less salt; home readings twice a week.")
    {
        FollowUp = "Come back in four weeks with the readings.",
        Vitals = new DemoVitals(Systolic: 142, Diastolic: 88, HeartRate: 76, Weight: 71.5m, Height: 166m),
        Diagnosis = ("Essential hypertension", "I10"),
        Medicines =
        [
            new DemoMedicine(
                "Amlodipine", "1 tablet", "once_daily", AtcCode: "C08CA01", Form: "tablet", Strength: "5 mg", Route: "oral",
                DurationDays: 28, Quantity: 28, Refills: 2),
        ],
        Note = ("advice", "Salt", "Went through what is in stock cubes and instant noodles."),
    };

    public static DemoRecord DiabetesReview { get; } = new(
        "Yearly review; feet tingle at night.", "Type 2 diabetes for thirteen years, on metformin and ramipril.",
        "Monofilament felt at 8 of 10 sites; pulses present.", "Diabetes in fair control, early neuropathy of the feet.",
        "Raise metformin; foot care; HbA1c in three months.")
    {
        FollowUp = "Look at your feet every evening; come at once with any sore.",
        Vitals = new DemoVitals(
            Systolic: 134, Diastolic: 78, HeartRate: 72, Temperature: 36.6m, RespiratoryRate: 14, OxygenSaturation: 97m,
            Weight: 88m, Height: 175m, BloodGlucose: 168m, Consciousness: "alert", OnOxygen: false),
        Diagnosis = ("Type 2 diabetes mellitus with neurological complications", "E11.4"),
        Medicines =
        [
            new DemoMedicine(
                "Metformin", "1 tablet", "twice_daily", AtcCode: "A10BA02", Form: "tablet", Strength: "1000 mg", Route: "oral",
                DurationDays: 90, Quantity: 180, Refills: 1, Instructions: "With food."),
        ],
        Results = [new DemoResult("HBA1C", 8.1m, "%"), new DemoResult("CREA", 1.1m, "mg/dL"), new DemoResult("K", 4.4m, "mmol/L"), new DemoResult("LDL", 118m, "mg/dL")],
        Note = ("examination", "Feet", "Callus under the right first metatarsal head; no ulcer."),
    };

    public static DemoRecord Angina { get; } = new(
        "Tightness behind the breastbone when climbing stairs.", "Three weeks, two flights bring it on, gone after two minutes of rest.",
        "Heart sounds normal, lungs clear. ECG: no acute change.", "Stable angina is likely.", "Aspirin, glyceryl trinitrate spray, exercise test.")
    {
        FollowUp = "Pain at rest or longer than fifteen minutes: call an ambulance.",
        Vitals = new DemoVitals(
            Systolic: 148, Diastolic: 90, HeartRate: 80, Temperature: 36.7m, RespiratoryRate: 16, OxygenSaturation: 97m,
            Weight: 84m, Height: 172m, PainScore: 0, Consciousness: "alert", OnOxygen: false),
        Diagnosis = ("Angina pectoris, unspecified", "I20.9"),
        Medicines =
        [
            new DemoMedicine(
                "Aspirin", "1 tablet", "once_daily", AtcCode: "B01AC06", Form: "tablet", Strength: "75 mg", Route: "oral",
                DurationDays: 30, Quantity: 30, Refills: 3),
            new DemoMedicine(
                "Glyceryl trinitrate spray", "1 or 2 sprays", "when needed", AtcCode: "C01DA02", Form: "other",
                Strength: "400 micrograms a dose", Route: "under the tongue", Quantity: 1,
                Instructions: "Sit down before you use it."),
        ],
        Note = ("plan", "Exercise test", "Asked for a treadmill test within two weeks."),
    };

    public static DemoRecord Asthma { get; } = new(
        "Coughs at night, uses the blue inhaler every day.", "Worse since the cold season began. No fever. Mother smokes outside.",
        "By video: speaks in full sentences, no recession.", "Asthma, not controlled.", "Add an inhaled steroid; show the inhaler technique.")
    {
        FollowUp = "Peak flow morning and evening into the diary.",
        Vitals = new DemoVitals(HeartRate: 84, RespiratoryRate: 18, OxygenSaturation: 98m),
        Diagnosis = ("Asthma, unspecified", "J45.9"),
        Medicines =
        [
            new DemoMedicine(
                "Beclometasone inhaler", "1 puff", "twice_daily", AtcCode: "R03BA01", Form: "inhaler",
                Strength: "100 micrograms", Route: "inhaled", DurationDays: 60, Quantity: 1, Refills: 1,
                Instructions: "Rinse the mouth afterwards."),
        ],
        Note = ("treatment", "Technique", "Shown with a spacer; repeated it correctly."),
    };

    public static DemoRecord Anxiety { get; } = new(
        "Wakes at four and worries until the alarm.", "On sertraline 50 mg for six months; better by day.",
        "Calm, good contact. No thoughts of self-harm.", "Generalised anxiety, part response.", "Raise sertraline to 100 mg; sleep diary; talking therapy.")
    {
        FollowUp = "Ring at any hour if it gets darker.",
        Vitals = new DemoVitals(HeartRate: 70, PainScore: 0),
        Diagnosis = ("Generalised anxiety disorder", "F41.1"),
        Medicines =
        [
            new DemoMedicine(
                "Sertraline", "1 tablet", "once_daily", AtcCode: "N06AB06", Form: "tablet", Strength: "100 mg", Route: "oral",
                DurationDays: 28, Quantity: 28),
        ],
        Note = ("assessment", "Risk", "No plans, no intent; knows whom to call."),
    };

    public static DemoRecord Eczema { get; } = new(
        "Itching rash on both hands.", "Began with a new washing powder; worse at weekends.", "By photograph: dry, cracked, red palms; no pus.",
        "Irritant hand eczema.", "Steroid ointment for two weeks; emollient; gloves for wet work.")
    {
        Vitals = new DemoVitals(PainScore: 3),
        Diagnosis = ("Irritant contact dermatitis", "L24.9"),
        Medicines =
        [
            new DemoMedicine(
                "Mometasone", "thin layer", "once_daily", AtcCode: "D07AC13", Form: "ointment", Strength: "0.1 %",
                Route: "on the skin", DurationDays: 14, Quantity: 1),
        ],
        Note = ("advice", "Gloves", "Cotton inside rubber; change when damp."),
    };

    public static DemoRecord Diabetes { get; } = new(
        "Readings over 200 before breakfast.", "Three weddings in two weeks; missed tablets.", "Well by video; no thirst at night.",
        "Type 2 diabetes out of control, no ketosis.", "Start metformin; sugar diary; dietitian.")
    {
        FollowUp = "Vomiting, or a reading over 350: to the emergency room.",
        Vitals = new DemoVitals(BloodGlucose: 224m, Weight: 74m, Height: 158m),
        Diagnosis = ("Type 2 diabetes mellitus without complications", "E11.9"),
        Medicines =
        [
            new DemoMedicine(
                "Metformin", "1 tablet", "twice_daily", AtcCode: "A10BA02", Form: "tablet", Strength: "500 mg", Route: "oral",
                DurationDays: 30, Quantity: 60, Refills: 2, Instructions: "With food."),
        ],
        Note = ("referral", "Dietitian", "Referred; first visit within a month."),
    };

    public static DemoRecord Prenatal { get; } = new(
        "Second visit, sixteen weeks.", "Nausea has gone. No bleeding, no pain.", "Looks well.", "Normal pregnancy at sixteen weeks.", "Iron and folic acid; scan at twenty weeks.")
    {
        Vitals = new DemoVitals(Systolic: 112, Diastolic: 70, HeartRate: 82, Weight: 63.4m, Height: 162m),
        Diagnosis = ("Supervision of normal pregnancy", "Z34.9"),
        Medicines =
        [
            new DemoMedicine(
                "Ferrous sulfate with folic acid", "1 tablet", "once_daily", AtcCode: "B03AD03", Form: "tablet", Route: "oral",
                DurationDays: 90, Quantity: 90),
        ],
        Note = ("follow_up", "Scan", "Anatomy scan booked for week twenty."),
    };

    public static DemoRecord ChildFever { get; } = new(
        "Hot since last night, drinks less.", "39 degrees at home. One loose stool. Brother has a cold.",
        "Alert, ears and throat a little red, chest clear, neck supple.", "Viral infection of the upper airways.", "Paracetamol, fluids; malaria test negative.")
    {
        FollowUp = "Drowsy, no tears, or no wet nappy for eight hours: come back at once.",
        Vitals = new DemoVitals(HeartRate: 128, Temperature: 38.9m, RespiratoryRate: 28, OxygenSaturation: 98m, Weight: 14.2m),
        Diagnosis = ("Acute upper respiratory infection, unspecified", "J06.9"),
        Medicines =
        [
            new DemoMedicine(
                "Paracetamol", "7.5 ml", "every 6 hours when hot", AtcCode: "N02BE01", Form: "syrup", Strength: "120 mg/5 ml",
                Route: "oral", DurationDays: 3, Quantity: 1, Instructions: "At most four times in 24 hours."),
        ],
        Note = ("lab_results", "Malaria", "Rapid test negative."),
    };

    public static DemoRecord Pneumonia { get; } = new(
        "Short of breath since yesterday, shivering.", "Cough with yellow phlegm for three days. Takes apixaban.",
        "Crackles at the right base; not confused.", "Pneumonia, CRB-65 of 1.", "Doxycycline; chest X-ray; review tomorrow by phone.")
    {
        FollowUp = "Worse breathing, confusion or blue lips: call an ambulance.",
        Vitals = new DemoVitals(
            Systolic: 118, Diastolic: 66, HeartRate: 104, Temperature: 38.6m, RespiratoryRate: 22,
            OxygenSaturation: 94m, Weight: 68m, Height: 170m, Consciousness: "alert", OnOxygen: false),
        Diagnosis = ("Pneumonia, unspecified organism", "J18.9"),
        Medicines =
        [
            new DemoMedicine(
                "Doxycycline", "2 capsules today, then 1", "once_daily", AtcCode: "J01AA02", Form: "capsule",
                Strength: "100 mg", Route: "oral", DurationDays: 5, Quantity: 6, Instructions: "Upright, with a glass of water."),
        ],
        Note = ("imaging", "Chest X-ray", "Shadow at the right base."),
        Addendum = "Phoned the next morning: fever down, breathing easier, eats a little. Goes on as planned.",
    };

    public static DemoRecord SoreThroat { get; } = new(
        "Sore throat and fever since yesterday.", "Swallowing hurts; no cough.", "", "", "")
    {
        Vitals = new DemoVitals(Temperature: 38.4m, HeartRate: 96, PainScore: 5),
        Diagnosis = ("Acute pharyngitis, unspecified", "J02.9"),
        Note = ("general", "To ask", "Penicillin allergy? Not known; ask again before prescribing."),
    };

    public static DemoRecord Migraine { get; } = new(
        "Headache on one side for two days, light hurts.", "Third time this year; tablets from the chemist did not help.", "", "", "")
    {
        Vitals = new DemoVitals(HeartRate: 78, PainScore: 7),
        Diagnosis = ("Migraine without aura", "G43.0"),
        Note = ("general", "Red flags", "No fever, no stiff neck, no weakness."),
    };
}
