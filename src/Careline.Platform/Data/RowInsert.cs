using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>
/// The INSERT of one mapped type, made from its mapping. What is only ever added needs no change tracking, which costs more than the insert;
/// and its statements join others in one round trip.
/// </summary>
internal sealed class RowInsert
{
    private readonly string _table;
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
        _columns = [.. properties.Where(p => p != generated).Select(p => new Column(p.GetColumnName(), ColumnParameter.Of(p)))];
        _generated = generated?.PropertyInfo;
        _table = $"INSERT INTO {type.GetSchema()}.{type.GetTableName()} ({string.Join(", ", _columns.Select(c => $"\"{c.Name}\""))}) VALUES (";
        GeneratedColumn = generated?.GetColumnName();
    }

    /// <summary>The column whose value the database makes, if there is one.</summary>
    public string? GeneratedColumn { get; }

    /// <summary>How many parameters a row needs.</summary>
    public int Width => _columns.Length;

    /// <summary>The INSERT of a type.</summary>
    public static RowInsert Of(IModel model, Type type)
    {
        var mapped = model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not mapped.");
        return mapped.GetOrAddRuntimeAnnotationValue("Careline:Insert", static type => new RowInsert(type!), mapped);
    }

    /// <summary>The statement, its parameters counted from a number on.</summary>
    public string Sql(int first) => _table + string.Join(", ", _columns.Select((_, i) => $"${first + i}")) + ")"
        + (GeneratedColumn is null ? "" : $" RETURNING {GeneratedColumn}");

    /// <summary>Adds a row's values.</summary>
    public void AddTo(NpgsqlParameterCollection parameters, object row)
    {
        foreach (var column in _columns)
        {
            parameters.Add(column.Parameter(row));
        }
    }

    /// <summary>Puts what the database made into the row.</summary>
    public void Complete(object row, NpgsqlDataReader answer) => _generated!.SetValue(row, answer.GetValue(0));

    private sealed record Column(string Name, Func<object, NpgsqlParameter> Parameter);
}
