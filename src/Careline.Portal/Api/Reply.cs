using System.Text.Json;

namespace Careline.Portal.Api;

/// <summary>What the API answered.</summary>
public sealed class Reply
{
    internal Reply(JsonElement envelope, string? version) => (Envelope, Version) = (new Thing(envelope), version);

    /// <summary>Nothing: what an answer without a body holds.</summary>
    public static Reply Empty { get; } = new(JsonSerializer.SerializeToElement(new { data = (object?)null, message = "" }), null);

    /// <summary>The thing, or the list.</summary>
    public Thing Data => Envelope["data"];

    /// <summary>The members of a list.</summary>
    public IReadOnlyList<Thing> Rows => [.. Data.Items];

    /// <summary>How many members the whole list has.</summary>
    public long Total => Number("total") ?? 0;

    /// <summary>How many pages it fills.</summary>
    public long Pages => Number("total_pages") ?? 0;

    /// <summary>Which of them this is.</summary>
    public long Page => Number("page") ?? 1;

    /// <summary>What a feed that is read on from a place says of it.</summary>
    public Thing Meta => Envelope.Maybe("meta");

    /// <summary>What happened, in words for people.</summary>
    public string Message => Envelope.Text("message");

    /// <summary>Which state of the thing this is: send it back with a change.</summary>
    public string? Version { get; }

    private Thing Envelope { get; }

    private long? Number(string name) => Meta.Maybe(name) is { IsNone: false } number ? number.Json.GetInt64() : null;
}
