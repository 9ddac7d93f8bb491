using Careline.Doctors.Search;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

/// <summary>What tests do with the index of doctors.</summary>
internal static class Indexing
{
    /// <summary>Waits until the index stands on what the tables hold now, also where a test wrote them past the application.</summary>
    public static async Task IndexAsync(this TestApp app)
    {
        var index = app.Services.GetRequiredService<DoctorIndex>();
        index.Distrust();
        await Eventually.HoldsAsync(() => index.IsTrusted);
    }
}
