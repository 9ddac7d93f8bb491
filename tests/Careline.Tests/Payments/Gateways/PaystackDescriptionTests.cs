using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Careline.Gateways.Contracts;
using Careline.Tests.Corpora;

namespace Careline.Tests.Payments.Gateways;

/// <summary>What our adapter sends to Paystack is what Paystack's own description of its interface knows.</summary>
public sealed partial class PaystackDescriptionTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    // In Paystack's reference of the interface, though not in its description: refunds of one payment, and the name of a file to upload.
    private static readonly HashSet<string> _onlyInTheReference = ["GET /refund transaction", "GET /dispute/{id}/upload_url upload_filename"];

    [Fact]
    public async Task Every_path_query_and_field_is_described_and_no_required_field_is_missing()
    {
        var description = await File.ReadAllLinesAsync(Path.Combine(Corpus.Folder, "paystack.yaml"), TestContext.Current.CancellationToken);
        await AskEverythingAsync();
        var calls = sandbox.Exchanges.Where(e => e.Gateway == Gateway.Paystack).ToList();

        var offenders = new HashSet<string>();
        var seen = new HashSet<string>();
        foreach (var call in calls)
        {
            call.Status.ShouldBe(200, $"{call.Method} {call.Address.AbsolutePath} {call.Answer}");
            if (Operation(description, call) is not { } operation)
            {
                offenders.Add($"{call.Method} {call.Address.AbsolutePath} is not described.");
                continue;
            }

            seen.Add(operation.Name);
            var query = HttpUtility.ParseQueryString(call.Address.Query).AllKeys.Select(k => $"{operation.Name} {k}");
            offenders.UnionWith(query.Except(operation.Query.Select(q => $"{operation.Name} {q}")).Except(_onlyInTheReference));
            if (call.Asked.Length > 0)
            {
                var sent = JsonDocument.Parse(call.Asked).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind);
                offenders.UnionWith(sent.Where(f => !operation.Fields.TryGetValue(f.Key, out var type) || (type == "integer") != (f.Value == JsonValueKind.Number)).Select(f => $"{operation.Name} field {f.Key}"));
                offenders.UnionWith(operation.Required.Except(sent.Keys).Select(f => $"{operation.Name} misses {f}"));
            }
        }

        offenders.ShouldBeEmpty();
        seen.Count.ShouldBe(11, string.Join(", ", seen));
    }

    private async Task AskEverythingAsync()
    {
        var gateway = sandbox.Of(Gateway.Paystack);
        foreach (var evidence in new[] { "winning_evidence", null })
        {
            var (_, trace, page) = await sandbox.PaidAsync(Gateway.Paystack, save: true);
            var refund = await gateway.RefundAsync(new GatewayRefund(Guid.CreateVersion7().ToString("N"), trace, 1000), CancellationToken.None);
            await gateway.RefundAsync(new GatewayRefund(refund.RefundToken!, trace, 1000, refund.RefundId), CancellationToken.None);
            await sandbox.DisputeAsync(page);
            var facts = await gateway.AskAsync(trace, CancellationToken.None);
            await gateway.AnswerDisputeAsync(facts.Single(f => f.Kind == FactKind.Disputed).DisputeId!, evidence, CancellationToken.None);
            await gateway.ChargeAsync(sandbox.Order(Gateway.Paystack), facts.Single(f => f.Saved is not null).Saved!.Token, CancellationToken.None);
        }
    }

    /// <summary>Reads just enough of the description, by its indentation.</summary>
    private static Described? Operation(string[] lines, Exchange call)
    {
        var starts = Enumerable.Range(0, lines.Length).Where(i => PathLine().IsMatch(lines[i])).ToList();
        foreach (var start in starts)
        {
            var path = PathLine().Match(lines[start]).Groups[1].Value;
            var method = start + 1 + Array.FindIndex(lines[(start + 1)..End(lines, start, 2)], l => l == $"    {call.Method.ToLowerInvariant()}:");
            if (method > start && Regex.IsMatch(call.Address.AbsolutePath, $"^{Regex.Replace(path, @"\{\w+\}", "[0-9a-z]+")}$"))
            {
                var block = lines[method..End(lines, method, 4)];
                var schema = block.Select(l => Schema().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
                var (fields, required) = schema is not null && block.Any(l => l.Trim() == "requestBody:") ? Fields(lines, schema) : ([], []);
                return new Described($"{call.Method} {path}", [.. block.Select(l => Name().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)], fields, required);
            }
        }

        return null;
    }

    private static (Dictionary<string, string> Fields, List<string> Required) Fields(string[] lines, string schema)
    {
        var start = Array.IndexOf(lines, $"    {schema}:");
        var fields = new Dictionary<string, string>();
        var required = new List<string>();
        string? last = null;
        var isRequired = false;
        foreach (var line in lines[(start + 1)..End(lines, start, 4)])
        {
            isRequired = line == "      required:" || (isRequired && line.StartsWith("        - ", StringComparison.Ordinal));
            if (isRequired && line.StartsWith("        - ", StringComparison.Ordinal))
            {
                required.Add(line[10..].Trim());
            }
            else if (Property().Match(line) is { Success: true } property)
            {
                last = property.Groups[1].Value;
                fields[last] = "string";
            }
            else if (last is not null && line.StartsWith("          type: ", StringComparison.Ordinal))
            {
                fields[last] = line[16..].Trim();
            }
        }

        return (fields, required);
    }

    private static int End(string[] lines, int start, int indent)
    {
        var end = Array.FindIndex(lines, start + 1, l => l.Length > indent && l.TakeWhile(c => c == ' ').Count() <= indent && l.Trim().Length > 0);
        return end < 0 ? lines.Length : end;
    }

    [GeneratedRegex(@"^  (/\S*):$")]
    private static partial Regex PathLine();

    [GeneratedRegex(@"^              \$ref: '#/components/schemas/(\w+)'$")]
    private static partial Regex Schema();

    [GeneratedRegex(@"^\s+(?:- )?name: (\w+)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^        (\w+):$")]
    private static partial Regex Property();

    private sealed record Described(string Name, IReadOnlyList<string> Query, Dictionary<string, string> Fields, List<string> Required);
}
