using System.Text;
using Careline.Platform.Time;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Analytics.Reports;

/// <summary>
/// A statement about facts, put together from the vocabulary's fixed texts. Nothing that a caller sends becomes part of the text: names choose among texts, values are
/// parameters. $1 to $3 are the scope, $4 and $5 the days, $6 the zone, the others what it is narrowed by and, where there is a zone, the two moments between which its days lie.
/// </summary>
internal sealed class FactStatement(FactChoice facts, FigureScope scope, Days days, string? timeZone)
{
    private const int ParametersBefore = 6;

    /// <summary>From where, joined with what is needed, and which of them.</summary>
    /// <param name="needs">What the selected expressions need.</param>
    /// <param name="filters">By which of the choice's filters the facts themselves are narrowed.</param>
    public string From(Joins needs, IEnumerable<Dimension> filters)
    {
        var narrowing = filters.ToList();
        needs = narrowing.Aggregate(needs | facts.Dataset.Needs, (all, d) => all | d.Needs);
        var sql = new StringBuilder(" FROM ").Append(facts.Dataset.From);
        sql.Append(needs.HasFlag(Joins.Doctor) ? " LEFT JOIN doctors.doctor_rows d ON d.id = f.doctor_id" : "");
        sql.Append(needs.HasFlag(Joins.Patient) ? " LEFT JOIN patients.patient_rows p ON p.id = f.patient_id" : "");
        sql.Append(needs.HasFlag(Joins.Clinic) ? " LEFT JOIN clinics.clinic_rows c ON c.id = f.clinic_id" : "");

        var moment = facts.Dataset.Moment;
        if (timeZone is null)
        {
            // No zone is further than a day from UTC: the index finds the stretch, the day itself decides.
            sql.Append($" WHERE {moment} >= ($4::date - 1)::timestamp AT TIME ZONE 'UTC' AND {moment} < ($5::date + 2)::timestamp AT TIME ZONE 'UTC' AND {facts.Dataset.Day} BETWEEN $4 AND $5");
        }
        else
        {
            // Two moments for all facts: to convert each of them would take longer than to count them.
            var after = ParametersBefore + facts.Filters.Count + 1;
            sql.Append($" WHERE {moment} >= ${after} AND {moment} < ${after + 1}");
        }

        sql.Append(" AND ").Append(FigureScope.Sql);
        foreach (var dimension in narrowing)
        {
            sql.Append(" AND ").Append(IsAmong(dimension, dimension.Sql));
        }

        return sql.ToString();
    }

    /// <summary>Whether an expression is among the values by which a dimension is narrowed.</summary>
    public string IsAmong(Dimension dimension, string expression) =>
        $"{expression} = ANY (${ParametersBefore + 1 + facts.Filters.ToList().FindIndex(f => f.Dimension == dimension)})";

    /// <summary>A command with all of the parameters.</summary>
    public NpgsqlCommand Command(string sql, NpgsqlConnection connection)
    {
#pragma warning disable CA2100 // Of the vocabulary's texts alone.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        scope.AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = days.First });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = days.Last });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)timeZone ?? DBNull.Value });
        foreach (var (dimension, values) in facts.Filters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | dimension.Type, Value = values });
        }

        if (timeZone is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = ZonedTimes.Day(days.First, timeZone).From.ToUniversalTime() });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = ZonedTimes.Day(days.Last, timeZone).To.ToUniversalTime() });
        }

        return command;
    }
}
