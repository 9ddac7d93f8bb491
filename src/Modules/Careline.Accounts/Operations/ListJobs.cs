using Careline.Platform.Jobs;

namespace Careline.Accounts.Operations;

internal static class ListJobs
{
    public static void Map(RouteGroupBuilder system) => system.MapGet("/jobs/", Handle)
        .Named("ListJobs", "The recurring jobs: when each ran last, how long it took, how it ended, and when it runs next.").ForRoles(Roles.Administrators);

    private static async Task<Answer<IReadOnlyList<JobState>>> Handle(JobBook jobs, CancellationToken ct) => Answer.Ok(await jobs.ReadAsync(ct));
}
