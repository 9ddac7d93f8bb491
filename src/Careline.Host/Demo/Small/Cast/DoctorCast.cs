namespace Careline.Host.Demo.Small.Cast;

internal static class DoctorCast
{
    public static IReadOnlyList<DemoDoctor> All { get; } =
    [
        new("Adaeze", "Okafor", "+2340000000101", "14 Broad Street, Lagos")
        {
            Specialty = "General Practice", Zone = "Africa/Lagos", Country = "NG", License = "MDCN-204418", Languages = ["en", "ig"], Years = 14,
            Fee = (1_500_000, "NGN"), Clinic = ClinicCast.Lagos, IsOnDuty = true,
            Bio = "Family doctor. Sees children and adults, in person on Lagos Island and by video everywhere.",
        },
        new("Chinedu", "Balogun", "+2340000000102", "3 Awolowo Road, Lagos")
        {
            Specialty = "Cardiology", Zone = "Africa/Lagos", Country = "NG", License = "MDCN-187302", Languages = ["en", "yo"], Years = 19,
            Fee = (3_500_000, "NGN"), Clinic = ClinicCast.Lagos,
            Bio = "Cardiologist with a special interest in high blood pressure and heart failure.",
        },
        new("Wanjiru", "Kamau", "+2540000000103", "Ngong Road, Nairobi")
        {
            Specialty = "Pediatrics", Zone = "Africa/Nairobi", Country = "KE", License = "KMPDC-A7719", Languages = ["en", "sw"], Years = 11,
            Fee = (300_000, "KES"),
            Bio = "Paediatrician. Fevers, coughs, growth, feeding, and questions that cannot wait until Monday.",
        },
        new("Eleanor", "Whitfield", "+447700900104", "22 Rosebank Avenue, London")
        {
            Specialty = "General Practice", Zone = "Europe/London", Country = "GB", License = "GMC-7014466", Languages = ["en", "fr"], Years = 22,
            Fee = (6_000, "GBP"), Clinic = ClinicCast.London, IsOnDuty = true,
            Bio = "General practitioner; long-term conditions, women's health and minor surgery.",
        },
        new("Hamish", "Mackenzie", "+447700900105", "8 Canal Walk, London")
        {
            Specialty = "Psychiatry", Zone = "Europe/London", Country = "GB", License = "GMC-6120933", Languages = ["en"], Years = 17,
            Fee = (12_000, "GBP"), Clinic = ClinicCast.London,
            Bio = "Psychiatrist for adults: anxiety, depression, sleep.",
        },
        new("Priya", "Raman", "+910000000106", "100 Feet Road, Bengaluru")
        {
            Specialty = "Dermatology", Zone = "Asia/Kolkata", Country = "IN", License = "KMC-58821", Languages = ["en", "hi", "ta"], Years = 9,
            Fee = (80_000, "INR"),
            Bio = "Dermatologist. Send a photograph before the visit; most rashes need no journey.",
        },
        new("Arjun", "Mehta", "+910000000107", "Linking Road, Mumbai")
        {
            Specialty = "Endocrinology", Zone = "Asia/Kolkata", Country = "IN", License = "MMC-41197", Languages = ["en", "hi", "gu"], Years = 15,
            Fee = (120_000, "INR"),
            Bio = "Diabetes and thyroid. Works with your glucose readings between visits.",
        },
        new("Grace", "Delgado", "+12025550108", "240 West 72nd Street, New York")
        {
            Specialty = "Gynecology", Zone = "America/New_York", Country = "US", License = "NY-288104", Languages = ["en", "es"], Years = 13,
            Fee = (15_000, "USD"),
            Bio = "Obstetrician and gynaecologist; prenatal care by video between the scans.",
        },
    ];

    // Waits for an administrator to look at the licence.
    public static DemoDoctor Applicant { get; } = new("Samuel", "Otieno", "+2540000000109", "Oginga Odinga Street, Kisumu")
    {
        Specialty = "Nephrology",
        Zone = "Africa/Nairobi",
        Country = "KE",
        License = "KMPDC-B1034",
        Languages = ["en", "sw"],
        Years = 6,
        Fee = (350_000, "KES"),
        Bio = "Kidney disease and dialysis.",
    };
}
