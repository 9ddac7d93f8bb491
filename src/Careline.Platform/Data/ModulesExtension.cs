using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Careline.Platform.Data;

/// <summary>Carries the list of modules to the pooled context, whose constructor may take nothing but its options.</summary>
internal sealed class ModulesExtension(IReadOnlyList<CarelineModule> modules) : IDbContextOptionsExtension
{
    private Facts? _facts;

    public IReadOnlyList<CarelineModule> Modules { get; } = modules;

    public DbContextOptionsExtensionInfo Info => _facts ??= new Facts(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class Facts(ModulesExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => string.Empty;

        // One model per set of modules: a test host with fewer modules must not share the whole product's model.
        public override int GetServiceProviderHashCode() => Key.GetHashCode(StringComparison.Ordinal);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Facts facts && facts.Key == Key;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Careline"] = Key;

        private string Key => string.Join(',', ((ModulesExtension)Extension).Modules.Select(m => m.Name));
    }
}

internal static class ModulesOfContext
{
    public static ModulesExtension GetModules(this CarelineDb db) =>
        db.GetService<IDbContextOptions>().FindExtension<ModulesExtension>() ?? new ModulesExtension([]);
}
