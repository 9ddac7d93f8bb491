using Careline.Host.Database;
using Npgsql;

namespace Careline.Tests.Host;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgres://ann:secret@db.example:5433/care", "db.example", 5433, "ann", "secret", "care")]
    [InlineData("postgresql://ann@db/care", "db", 5432, "ann", null, "care")]
    [InlineData("postgres://ann:p%40ss%3Aw%2F%25@db/care", "db", 5432, "ann", "p@ss:w/%", "care")]
    [InlineData("postgres://ann:a+b@db/care", "db", 5432, "ann", "a+b", "care")]
    [InlineData("postgres://ann:a;Host=evil@db/care", "db", 5432, "ann", "a;Host=evil", "care")]
    [InlineData("postgres://ann:p@w@db/care", "db", 5432, "ann", "p@w", "care")]
    [InlineData("postgres://ann:x@[2001:db8::1]:6000/care", "2001:db8::1", 6000, "ann", "x", "care")]
    [InlineData("postgres://ann@%2Fvar%2Frun%2Fpostgresql/care", "/var/run/postgresql", 5432, "ann", null, "care")]
    [InlineData("postgres:///care?host=/var/run/postgresql&port=5440&user=ann", "/var/run/postgresql", 5440, "ann", null, "care")]
    [InlineData("postgres://ann@db/caf%C3%A9%20%22care", "db", 5432, "ann", null, "café \"care")]
    [InlineData("POSTGRES://ann@one:1,two:2/care", "one:1,two:2", 5432, "ann", null, "care")]
    public void Parts_are_translated(string url, string host, int port, string user, string? password, string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(DatabaseUrl.Translate(url));

        (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database)
            .ShouldBe((host, port, user, password, database));
    }

    [Fact]
    public void Parameters_keep_their_meaning()
    {
        var settings = new NpgsqlConnectionStringBuilder(DatabaseUrl.Translate(
            "postgres://ann@db/care?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&options=-c%20search_path%3Da&application_name=x"
            + "&connect_timeout=7&target_session_attrs=read-write&channel_binding=require"));

        settings.SslMode.ShouldBe(SslMode.VerifyFull);
        settings.RootCertificate.ShouldBe("/etc/ca.pem");
        settings.Options.ShouldBe("-c search_path=a");
        settings.ApplicationName.ShouldBe("x");
        settings.Timeout.ShouldBe(7);
        settings.TargetSessionAttributes.ShouldBe("read-write");
        settings.ChannelBinding.ShouldBe(ChannelBinding.Require);
    }

    [Theory]
    [InlineData("mysql://ann:hunter2@db/care")]
    [InlineData("Host=db;Password=hunter2")]
    [InlineData("postgres://")]
    [InlineData("postgres://ann:hunter2@/care")]
    [InlineData("postgres://ann:hunter2@db:port/care")]
    [InlineData("postgres://ann:hunter2@db:99999999999/care")]
    [InlineData("postgres://ann:hunter2@db:-1/care")]
    [InlineData("postgres://ann:hunter2%zz@db/care")]
    [InlineData("postgres://ann:hunter2%@db/care")]
    [InlineData("postgres://ann:hunter2%00@db/care")]
    [InlineData("postgres://ann:hunter2%FF@db/care")]
    [InlineData("postgres://ann:hunter2@db/care?sslmode=Require;Host=evil")]
    [InlineData("postgres://ann:hunter2@db/care?sslmode=on")]
    [InlineData("postgres://ann:hunter2@db/care?sslmod=require")]
    [InlineData("postgres://ann:hunter2@db/care?sslmode")]
    [InlineData("postgres://ann:hunter2@db/care?connect_timeout=-5")]
    public void What_cannot_be_meant_is_refused_without_repeating_the_password(string url)
    {
        var failure = Should.Throw<StartFailure>(() => DatabaseUrl.Translate(url));

        failure.ExitCode.ShouldBe(StartFailure.Configuration);
        failure.Message.ShouldContain("DATABASE_URL");
        failure.Message.ShouldNotContain("hunter2");
    }
}
