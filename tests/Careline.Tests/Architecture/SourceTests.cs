using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Tests.Architecture;

/// <summary>What can be read from the sources themselves: sizes, names, clocks and logging.</summary>
[Collection(typeof(House))]
public sealed partial class SourceTests(House house)
{
    private static readonly HashSet<string> _bannedWords =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Misc", "Base", "Impl", "Processor", "Dto", "Model", "Info", "Data", "Extensions"];

    /// <summary>Texts that a log line may carry: names and codes of our own, never what somebody sent.</summary>
    private static readonly HashSet<string> _loggableTexts =
        ["errorType", "handler", "job", "module", "name", "place", "requestId", "sqlState", "topic", "address", "code", "version", "scale", "environment"];

    [Fact]
    public void No_file_and_no_module_grows_too_large()
    {
        var files = House.Files("src", "*.cs").Concat(House.Files("src", "*.razor")).Select(f => (f.Path, Lines: f.Text.Count(c => c == '\n'))).ToList();
        var modules = files.GroupBy(f => f.Path.StartsWith("src/Modules/", StringComparison.Ordinal) ? string.Join('/', f.Path.Split('/')[..3]) : string.Join('/', f.Path.Split('/')[..2]))
            .Select(g => (Path: g.Key, Lines: g.Sum(f => f.Lines), Most: g.Key.StartsWith("src/Modules/", StringComparison.Ordinal) ? 10_000 : g.Key == "src/Careline.Portal" ? 20_000 : 6_000));

        files.Where(f => f.Lines > 500).Select(f => $"{f.Path} has {f.Lines} lines, more than 500.")
            .Concat(modules.Where(m => m.Lines >= m.Most).Select(m => $"{m.Path} has {m.Lines} lines, {m.Most} or more."))
            .ShouldBeNone("A file has at most 500 lines, a module under 10,000, the platform and the host under 6,000, the portal with its screens under 20,000.", files.Count, 200);
    }

    [Fact]
    public void No_type_is_named_after_nothing()
    {
        var types = house.Modules.Select(m => m.Assembly).Append(House.Host).Append(House.Portal).SelectMany(House.TypesOf).ToList();
        var names = types.Select(t => t.Name.Split('`')[0]).ToList();

        names.Where(name => Words().Matches(name).Any(word => _bannedWords.Contains(word.Value)))
            .Select(name => $"{name}: {string.Join(", ", Words().Matches(name).Select(w => w.Value).Where(_bannedWords.Contains))} says nothing of what it does.")
            .Concat(types.Where(t => t.Name.EndsWith("Service", StringComparison.Ordinal) && !typeof(IHostedService).IsAssignableFrom(t) && t.Name != "HostService")
                .Select(t => $"{t.Name}: Service is the word for hosted processes."))
            .ShouldBeNone("A type is named as the field speaks.", names.Count, 400);
    }

    [Fact]
    public void No_statement_asks_the_database_for_the_time()
    {
        var sql = House.Files("src", "*.sql");
        var code = House.Files("src", "*.cs");

        sql.Concat(code).SelectMany(f => Uncommented(f.Path, f.Text).Split('\n').Select((line, i) => (f.Path, Line: line, Number: i + 1)))
            .Where(l => DatabaseTime().IsMatch(l.Line) && !(l.Path.EndsWith("Data/Migrator.cs", StringComparison.Ordinal) && l.Line.Contains("applied_at", StringComparison.Ordinal)))
            .Select(l => $"{l.Path}:{l.Number} {l.Line.Trim()}")
            .ShouldBeNone("The time comes in as a parameter from TimeProvider, so that the application's clock can be moved.", sql.Count * 10 + code.Count, 300);
    }

    [Fact]
    public void Logging_goes_through_generated_methods_that_carry_ids_counts_and_codes()
    {
        var assemblies = house.Modules.Select(m => m.Assembly).Append(House.Host).Append(House.Portal).ToList();
        var methods = assemblies.SelectMany(a => a.GetTypes()).SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(m => m.IsDefined(typeof(LoggerMessageAttribute))).ToList();
        var direct = assemblies.Where(UsesLoggerExtensions).Select(a => $"{a.GetName().Name} calls LoggerExtensions.Log…: write a [LoggerMessage] method.");

        methods.SelectMany(m => m.GetParameters().Where(p => !IsLoggable(p)).Select(p => $"{m.DeclaringType!.Name}.{m.Name} logs {p.ParameterType.Name} {p.Name}."))
            .Concat(direct)
            .ShouldBeNone("A log line carries ids, counts, durations and codes, by a [LoggerMessage] method.", methods.Count, 8);
    }

    private static bool IsLoggable(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return typeof(ILogger).IsAssignableFrom(type) || type.IsEnum || type == typeof(Guid) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset)
            || (type.IsPrimitive && type != typeof(char)) || type == typeof(Version)
            || (type == typeof(string) && _loggableTexts.Contains(parameter.Name!));
    }

    private static bool UsesLoggerExtensions(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference && metadata.GetString(m.Name).StartsWith("Log", StringComparison.Ordinal))
            .Any(m => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name) == nameof(LoggerExtensions));
    }

    private static string Uncommented(string path, string text) =>
        path.EndsWith(".sql", StringComparison.Ordinal) ? SqlComment().Replace(text, "") : CodeComment().Replace(text, "");

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)|\b(current_timestamp|localtimestamp|localtime|current_date|current_time)\b|'now'", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseTime();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex SqlComment();

    [GeneratedRegex("(?<![:\"])//[^\n]*")]
    private static partial Regex CodeComment();
}
