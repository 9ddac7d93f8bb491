using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>
/// Makes the parameter of a mapped property from a row, as the framework would, but compiled once: no boxing, and no type to find out for each value.
/// </summary>
internal static class ColumnParameter
{
    // Makes parameters and nothing else.
    private static readonly NpgsqlCommand _parameters = new();

    /// <summary>The parameter of a row's value.</summary>
    public static Func<object, NpgsqlParameter> Of(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (property.PropertyInfo is not { } member || (clr != typeof(string) && clr != typeof(byte[]) && clr.IsAssignableTo(typeof(IEnumerable))))
        {
            var getter = property.GetGetter();
            return row => (NpgsqlParameter)mapping.CreateParameter(_parameters, "", getter.GetClrValueUsingContainingEntity(row), property.IsNullable);
        }

        var example = (NpgsqlParameter)mapping.CreateParameter(_parameters, "", null, nullable: true);
        var source = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(source, member.DeclaringType!), member);
        Expression? isNull = property.ClrType.IsValueType && clr == property.ClrType ? null : Expression.Equal(value, Expression.Constant(null, property.ClrType));
        value = Expression.Convert(value, clr);
        if (mapping.Converter is { } converter)
        {
            value = Expression.Invoke(converter.ConvertToProviderExpression, value);
        }

        var typed = typeof(NpgsqlParameter<>).MakeGenericType(value.Type);
        Expression parameter = Expression.MemberInit(
            Expression.New(typed),
            Expression.Bind(typed.GetProperty(nameof(NpgsqlParameter<int>.TypedValue))!, value),
            Expression.Bind(typed.GetProperty(nameof(NpgsqlParameter.NpgsqlDbType))!, Expression.Constant(example.NpgsqlDbType)));
        parameter = Expression.Convert(parameter, typeof(NpgsqlParameter));
        return Expression.Lambda<Func<object, NpgsqlParameter>>(
            isNull is null ? parameter : Expression.Condition(isNull, Expression.Call(Null, Expression.Constant(example.NpgsqlDbType)), parameter), source).Compile();
    }

    private static System.Reflection.MethodInfo Null { get; } = ((Func<NpgsqlTypes.NpgsqlDbType, NpgsqlParameter>)NullOf).Method;

    private static NpgsqlParameter NullOf(NpgsqlTypes.NpgsqlDbType type) => new() { NpgsqlDbType = type, Value = DBNull.Value };
}
