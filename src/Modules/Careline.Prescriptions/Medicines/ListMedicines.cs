namespace Careline.Prescriptions.Medicines;

/// <summary>The catalogue, searched as the name is typed: what begins with it first, then what contains or resembles it.</summary>
internal static class ListMedicines
{
    public static void Map(RouteGroupBuilder medicines)
    {
        medicines.MapGet("/", List).Named("ListMedicines", "Medicines, by name; searched as typed, by generic or brand.").ForSignedIn()
            .WithFilters("atc", "form", "kind", "ingredient", "origin");
        medicines.MapGet("/{id:guid}/", Get).Named("GetMedicine", "One medicine.").ForSignedIn().OpenToAll("the catalogue is no person's");
    }

    private static async Task<PageAnswer<MedicineResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var medicines = Medicine.Offered(db);
        if (query.Text("atc", 7) is { } atc)
        {
            medicines = atc.Length == 7 ? medicines.Where(m => m.AtcCodes.Contains(atc)) : medicines.Where(m => m.AtcCodes.Any(code => code.StartsWith(atc)));
        }

        if (query.Enum<MedicineForm>("form") is { } form)
        {
            var word = EnumText<MedicineForm>.Of(form);
            medicines = medicines.Where(m => m.Forms.Contains(word));
        }

        if (query.Enum<MedicineKind>("kind") is { } kind)
        {
            medicines = medicines.Where(m => m.Kind == kind);
        }

        if (query.Enum<MedicineOrigin>("origin") is { } origin)
        {
            medicines = medicines.Where(m => m.Origin == origin);
        }

        if (query.Text("ingredient") is { } ingredient)
        {
            medicines = medicines.Where(m => m.Ingredients.Contains(ingredient));
        }

        return Answer.Page(await query.PageAsync(Ordered(query, medicines), MedicineResponse.Projection, ct));
    }

    private static async Task<Answer<MedicineResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Medicine.Offered(db).Where(m => m.Id == id).Select(MedicineResponse.Projection).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static IQueryable<Medicine> Ordered(ListQuery query, IQueryable<Medicine> medicines)
    {
        var (_, descending) = query.Ordering("name");
        if (MedicineNames.Key(query.Search ?? "") is not { Length: > 0 } typed)
        {
            return descending ? medicines.OrderByDescending(m => m.NameKey).ThenBy(m => m.Id) : medicines.OrderBy(m => m.NameKey).ThenBy(m => m.Id);
        }

        // The key holds letters, digits and single spaces only, so it carries no wildcard.
        var (begins, contains) = (typed + "%", "%" + typed + "%");
        return medicines.Where(m => EF.Functions.Like(m.SearchText, contains) || EF.Functions.TrigramsAreWordSimilar(typed, m.SearchText))
            .OrderByDescending(m => EF.Functions.Like(m.NameKey, begins))
            .ThenByDescending(m => EF.Functions.Like(m.SearchText, contains))
            .ThenBy(m => m.Kind == MedicineKind.Brand && EF.Functions.Like(m.SearchText, contains))
            .ThenByDescending(m => EF.Functions.Like(m.NameKey, begins) ? 0 : EF.Functions.TrigramsSimilarity(typed, m.NameKey)).ThenBy(m => m.NameKey).ThenBy(m => m.Id);
    }
}
