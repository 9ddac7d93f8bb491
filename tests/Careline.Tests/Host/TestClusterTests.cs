using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Host;

public sealed class TestClusterTests(TestCluster cluster)
{
    [Fact]
    public async Task A_database_is_cloned_from_its_template_and_dropped()
    {
        var ct = TestContext.Current.CancellationToken;
        var template = await cluster.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(template + ";Pooling=false"))
        {
            await connection.OpenAsync(ct);
            await using var create = new NpgsqlCommand("CREATE TABLE marked (id int)", connection);
            await create.ExecuteNonQueryAsync(ct);
        }

        var clone = await cluster.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(template).Database);
        await using (var connection = new NpgsqlConnection(clone))
        {
            await connection.OpenAsync(ct);
            await using var count = new NpgsqlCommand("SELECT count(*) FROM marked", connection);
            (await count.ExecuteScalarAsync(ct)).ShouldBe(0L);
        }

        await cluster.DropDatabaseAsync(clone);
        await using var gone = new NpgsqlConnection(clone + ";Pooling=false");
        (await Should.ThrowAsync<PostgresException>(gone.OpenAsync(ct))).SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }
}
