
namespace Careline.Tests.Host;

public sealed class ClusterComplaintTests
{
    [Fact]
    public void A_full_disk_is_known_again_by_what_was_said_of_it()
    {
        var full = ClusterComplaint.Explain("/data", "FATAL:  could not write to file: No space left on device");

        ClusterComplaint.SaysFullDisk(new StartFailure(full)).ShouldBeTrue();
        ClusterComplaint.SaysFullDisk(new StartFailure(ClusterComplaint.Explain("/data", "FATAL:  something else"))).ShouldBeFalse();
    }
}
