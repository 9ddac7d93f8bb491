using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Messaging.Messages;

/// <summary>
/// What is written in chats, as it is kept: sealed, and beside it a keyed hash of each word, by which members find it. The hash is keyed by the chat as well, so
/// that whoever reads the database cannot count which words are common.
/// </summary>
internal sealed class MessageText(FieldCipher cipher, KeyRing keys)
{
    /// <summary>The key of the words.</summary>
    public const string WordKey = "message-words";

    /// <summary>The most characters of a message.</summary>
    public const int MostCharacters = 10_000;

    private const int MostWords = 300;
    private const int LongestWord = 64;

    public byte[] Seal(Guid messageId, string text) => cipher.Seal(text, PlaceOf(messageId));

    /// <summary>The text; null for a body that was changed past us, which must not hide the others.</summary>
    public string? Open(Guid messageId, byte[]? body) => body is null ? null : cipher.TryOpen(body, PlaceOf(messageId));

    /// <summary>A body as it stood, sealed for the version that keeps it.</summary>
    public byte[]? SealVersion(Guid versionId, ChatMessage message) =>
        Open(message.Id, message.Body) is { } text ? SealVersion(versionId, text) : null;

    public byte[] SealVersion(Guid versionId, string text) => cipher.Seal(text, VersionPlaceOf(versionId));

    public string? OpenVersion(MessageVersion version) => version.Body is null ? null : cipher.TryOpen(version.Body, VersionPlaceOf(version.Id));

    public byte[]? SealTitle(Guid chatId, string? title) => title is null ? null : cipher.Seal(title, TitlePlaceOf(chatId));

    public string? OpenTitle(Guid chatId, byte[]? title) => title is null ? null : cipher.TryOpen(title, TitlePlaceOf(chatId));

    /// <summary>The hashes of a text's words.</summary>
    public int[] HashesOf(Guid chatId, string text) => [.. WordsOf(text).Take(MostWords).Select(word => HashOf(chatId, word)).Distinct()];

    /// <summary>The hash of one word.</summary>
    public int HashOf(Guid chatId, string word)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(LongestWord)];
        chatId.TryWriteBytes(input);
        var length = 16 + Encoding.UTF8.GetBytes(word, input[16..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.Of(WordKey), input[..length], hash);
        return BinaryPrimitives.ReadInt32BigEndian(hash);
    }

    /// <summary>The words of a text: letters and digits, in lower case, each once.</summary>
    public static IEnumerable<string> WordsOf(string text)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])))
            {
                i++;
            }

            if (i - from is > 1 and <= LongestWord && text[from..i].ToLowerInvariant() is var word && seen.Add(word))
            {
                yield return word;
            }

            if (i == from)
            {
                i++;
            }
        }
    }

    private static string PlaceOf(Guid messageId) => $"messaging.messages.body:{messageId}";

    private static string VersionPlaceOf(Guid versionId) => $"messaging.message_versions.body:{versionId}";

    private static string TitlePlaceOf(Guid chatId) => $"messaging.chats.title:{chatId}";
}
