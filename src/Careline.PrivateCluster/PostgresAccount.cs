namespace Careline.PrivateCluster;

// PostgreSQL refuses to run as root, so root runs it under the account that the distribution's package made for it.
internal sealed record PostgresAccount(string Name, string? UserId, string? GroupId)
{
    public bool IsAnother => UserId is not null;

    // The words before a command that make it run under the account.
    public IReadOnlyList<string> Prefix => IsAnother
        ? ["setpriv", $"--reuid={UserId}", $"--regid={GroupId}", "--init-groups", "--"]
        : [];

    public static PostgresAccount OfProcess()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount(Environment.UserName, null, null);
        }

        return File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields is ["postgres", _, _, _, ..]) is { } found
            ? new PostgresAccount("postgres", found[2], found[3])
            : throw new StartFailure(
                "PostgreSQL refuses to run as root and this machine has no account 'postgres': "
                + "install the distribution's PostgreSQL package, or start Careline as an ordinary user.");
    }

    // Makes a folder that only the account may enter, or gives it an existing one back with that mode.
    public async Task MakeFolderAsync(string path, CancellationToken ct)
    {
        IReadOnlyList<string> owner = IsAnother ? [$"--owner={UserId}", $"--group={GroupId}"] : [];
        await MustAsync(["install", "--directory", "--mode=0700", .. owner, "--", path], ct);
    }

    public async Task OwnFileAsync(string path, CancellationToken ct)
    {
        if (IsAnother)
        {
            await MustAsync(["chown", "--no-dereference", $"{UserId}:{GroupId}", "--", path], ct);
        }
    }

    private static async Task MustAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        var (code, output) = await ChildCommand.RunAsync(command, ct);
        if (code != 0)
        {
            throw new StartFailure(ClusterComplaint.Explain(command[^1], output));
        }
    }
}
