namespace Careline.Host.Demo.Small.Cast;

internal static class PatientCast
{
    public static IReadOnlyList<DemoPatient> All { get; } =
    [
        new("Amara", "Nwosu", "+2340000000201", "6 Glover Road")
        {
            Born = new(1989, 4, 17), Gender = "female", BloodGroup = "O+", Language = "en", City = "Lagos", Country = "NG",
            Allergies = [("Penicillin", "Hives within an hour", "severe")], Medications = [("Amlodipine", "5 mg", "once daily")],
            Conditions = [("Essential hypertension", "I10", 2021)], Contact = ("Obinna Nwosu", "husband", "+2340000000301"),
        },
        new("Emeka", "Obi", "+2340000000202", "41 Bode Thomas Street")
        {
            Born = new(1962, 11, 2), Gender = "male", BloodGroup = "A+", Language = "en", City = "Lagos", Country = "NG",
            Medications = [("Lisinopril", "10 mg", "once daily"), ("Atorvastatin", "20 mg", "at night")],
            Conditions = [("Essential hypertension", "I10", 2009), ("Pure hypercholesterolaemia", "E78.0", 2015)],
            Contact = ("Ifeoma Obi", "daughter", "+2340000000302"),
        },
        new("Fatima", "Yusuf", "+2340000000203", "12 Herbert Macaulay Way")
        {
            Born = new(1994, 7, 30), Gender = "female", BloodGroup = "B+", Language = "ha", City = "Lagos", Country = "NG",
            Conditions = [("Sickle-cell trait", "D57.3", 1994)], Contact = ("Ibrahim Yusuf", "brother", "+2340000000303"),
        },
        new("Zainab", "Yusuf", "+2340000000204", "12 Herbert Macaulay Way")
        {
            Born = new(2023, 1, 9), Gender = "female", BloodGroup = "B+", Language = "ha", City = "Lagos", Country = "NG", RegisteredAt = ClinicCast.Lagos,
            Immunisations = [("Measles, first dose", new(2023, 10, 12)), ("Yellow fever", new(2023, 10, 12))],
            Contact = ("Fatima Yusuf", "mother", "+2340000000203"),
        },
        new("Brian", "Mwangi", "+2540000000205", "Kilimani")
        {
            Born = new(1985, 9, 21), Gender = "male", BloodGroup = "O-", Language = "sw", City = "Nairobi", Country = "KE",
            Allergies = [("Dust mites", "Sneezing, itching eyes", "mild")], Contact = ("Faith Mwangi", "wife", "+2540000000305"),
        },
        new("Njeri", "Wambui", "+2540000000206", "Westlands")
        {
            Born = new(2009, 3, 5), Gender = "female", BloodGroup = "A+", Language = "sw", City = "Nairobi", Country = "KE",
            Medications = [("Salbutamol inhaler", "100 micrograms", "when needed")], Conditions = [("Asthma", "J45.9", 2015)],
            Immunisations = [("HPV, second dose", new(2021, 8, 19))], Contact = ("Lucy Wambui", "mother", "+2540000000306"),
        },
        new("Thomas", "Baker", "+447700900207", "17 Mill Lane")
        {
            Born = new(1957, 12, 12), Gender = "male", BloodGroup = "A-", Language = "en", City = "London", Country = "GB",
            Allergies = [("Ibuprofen", "Wheezing", "moderate")], Medications = [("Metformin", "500 mg", "twice daily"), ("Ramipril", "5 mg", "once daily")],
            Conditions = [("Type 2 diabetes mellitus", "E11.9", 2012), ("Osteoarthritis of the knee", "M17.9", 2018)],
            Immunisations = [("Influenza, seasonal", new(2025, 10, 3))], Contact = ("Susan Baker", "wife", "+447700900307"),
        },
        new("Olivia", "Clarke", "+447700900208", "3 Elm Court")
        {
            Born = new(1996, 5, 25), Gender = "female", BloodGroup = "AB+", Language = "en", City = "London", Country = "GB",
            Medications = [("Sertraline", "50 mg", "once daily")], Conditions = [("Generalised anxiety disorder", "F41.1", 2022)],
            Contact = ("James Clarke", "father", "+447700900308"),
        },
        new("Albert", "Moore", "+447700900209", "Rosebank House, Room 9")
        {
            Born = new(1938, 2, 14), Gender = "male", BloodGroup = "O+", Language = "en", City = "London", Country = "GB", RegisteredAt = ClinicCast.London,
            Allergies = [("Trimethoprim", "Rash", "moderate")], Medications = [("Apixaban", "2.5 mg", "twice daily")],
            Conditions = [("Atrial fibrillation", "I48.9", 2016), ("Chronic kidney disease, stage 3", "N18.3", 2020)],
            Contact = ("Rose Moore", "daughter", "+447700900309"),
        },
        new("Rahul", "Iyer", "+910000000210", "Indiranagar")
        {
            Born = new(1979, 8, 8), Gender = "male", BloodGroup = "B+", Language = "ta", City = "Bengaluru", Country = "IN",
            Medications = [("Levothyroxine", "75 micrograms", "once daily, before breakfast")], Conditions = [("Hypothyroidism", "E03.9", 2017)],
            Contact = ("Lakshmi Iyer", "wife", "+910000000310"),
        },
        new("Sunita", "Patel", "+910000000211", "Bandra West")
        {
            Born = new(1971, 10, 19), Gender = "female", BloodGroup = "B-", Language = "gu", City = "Mumbai", Country = "IN",
            Allergies = [("Sulfonamides", "Fever and rash", "moderate")], Conditions = [("Type 2 diabetes mellitus", "E11.9", 2019)],
            Contact = ("Kiran Patel", "son", "+910000000311"),
        },
        new("Maria", "Santos", "+12025550212", "310 East 12th Street")
        {
            Born = new(1992, 6, 3), Gender = "female", BloodGroup = "O+", Language = "es", City = "New York", Country = "US",
            Allergies = [("Peanuts", "Swelling of the lips", "severe")], Immunisations = [("Tdap", new(2025, 5, 14))],
            Contact = ("Luis Santos", "husband", "+12025550312"),
        },
    ];
}
