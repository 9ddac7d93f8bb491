using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>
/// The INSERT of one mapped type, made from its mapping. What is only ever added needs no change tracking, which costs more than the insert;
/// and its statements join others in one round trip.
/// </summary>
internal sealed class RowInsert
{
    // Makes parameters and nothing else.
    private static readonly NpgsqlCommand _parameters = new();

    private readonly string _sql;
    private readonly Column[] _columns;
    private readonly PropertyInfo? _generated;

    private RowInsert(IEntityType type)
    {
        if (type.GetComplexProperties().Any() || type.GetNavigations().Any(n => n.TargetEntityType.IsOwned()))
        {
            throw new InvalidOperationException($"{type.DisplayName()} is more than one row of plain columns: add it to the context instead.");
        }

        var properties = type.GetProperties().Where(p => p.GetComputedColumnSql() is null).ToList();
        var generated = properties.SingleOrDefault(p => p.ValueGenerated == ValueGenerated.OnAdd && !p.IsPrimaryKey());
        _columns = [.. properties.Where(p => p != generated).Select(p => new Column(p.GetColumnName(), p.GetGetter(), p.GetRelationalTypeMapping(), p.IsNullable))];
        _generated = generated?.PropertyInfo;
        _sql = $"INSERT INTO {type.GetSchema()}.{type.GetTableName()} ({string.Join(", ", _columns.Select(c => $"\"{c.Name}\""))})"
            + $" VALUES ({string.Join(", ", _columns.Select((_, i) => $"${i + 1}"))})"
            + (generated is null ? "" : $" RETURNING {generated.GetColumnName()}");
    }

    /// <summary>The statement of a type.</summary>
    public static RowInsert Of(IModel model, Type type)
    {
        var mapped = model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not mapped.");
        return mapped.GetOrAddRuntimeAnnotationValue("Careline:Insert", static type => new RowInsert(type!), mapped);
    }

    /// <summary>The statement with a row's values; what the database generates is put into the row when the answer is read.</summary>
    public QueuedStatement With(object row)
    {
#pragma warning disable CA2100 // Made of mapped names.
        var command = new NpgsqlBatchCommand(_sql);
#pragma warning restore CA2100
        foreach (var column in _columns)
        {
            command.Parameters.Add((NpgsqlParameter)column.Mapping.CreateParameter(
                _parameters, "", column.Value.GetClrValueUsingContainingEntity(row), column.IsNullable));
        }

        return new QueuedStatement(command, _generated is null ? null : answer => _generated.SetValue(row, answer.GetValue(0)));
    }

    private sealed record Column(string Name, IClrPropertyGetter Value, RelationalTypeMapping Mapping, bool IsNullable);
}

/// <summary>A statement that the next save sends.</summary>
/// <param name="Command">The statement.</param>
/// <param name="Read">Reads its answer, placed on the first row if there is one; null for a statement that answers none.</param>
internal sealed record QueuedStatement(NpgsqlBatchCommand Command, Action<NpgsqlDataReader>? Read);
