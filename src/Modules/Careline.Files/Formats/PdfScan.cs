using System.Runtime.CompilerServices;
using System.Text;

namespace Careline.Files.Formats;

/// <summary>
/// Goes through a document's bytes once and refuses the names by which one runs, starts or carries something, however their letters are written
/// (<c>/J#61vaScript</c>). Texts and comments are passed over, but an object's beginning ends them: a reader that finds its objects by the table sees
/// them wherever they lie. Within a stream's content only a whole action counts (<c>/S /JavaScript</c>), since single names occur there by chance.
/// </summary>
internal sealed class PdfScan
{
    private const int LongestWord = 32;

    private static readonly HashSet<string> _refused =
        ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Rendition", "GoToE", "SubmitForm", "ImportData", "XFA", "Encrypt"];

    private static readonly HashSet<string> _markup = ["html", "script", "svg", "iframe", "body", "!doctype"];

    // 0 for what words are made of, 1 for white space, 2 for what ends a word and says what the next one is (ISO 32000-1, 7.2.2).
    private static readonly byte[] _classes = [.. Enumerable.Range(0, 256).Select(b => "\0\t\n\f\r ".Contains((char)b) ? (byte)1 : "()<>[]{}/%".Contains((char)b) ? (byte)2 : (byte)0)];

    private readonly byte[] _word = new byte[LongestWord];
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Place _place = Place.Outside;
    private int _depth;
    private bool _isEscaped;
    private byte _before;
    private byte _wordAfter;
    private int _wordLength;
    private string _lastName = "";
    private bool _isAfterDictionary;
    private bool _isObjectStream;
    private bool _isPlainlyPacked = true;
    private long _at;

    private enum Place
    {
        Outside,
        Text,
        Comment,
        Stream,
    }

    /// <summary>Where the packed content of object streams begins, or the line end before it.</summary>
    public List<long> ObjectStreams { get; } = [];

    /// <summary>Reads on to the end, but no further than told; returns how many bytes there were.</summary>
    /// <exception cref="FileTypeRefused">A name is among them that is not let in.</exception>
    public long Read(Stream content, long most)
    {
        var total = 0L;
        for (int read; total < most && (read = content.Read(_buffer, 0, (int)Math.Min(_buffer.Length, most - total))) > 0; total += read)
        {
            for (var i = 0; i < read; i++, _at++)
            {
                var passed = PassOver(_buffer.AsSpan(i, read - i));
                (i, _at) = (i + passed, _at + passed);
                if (i == read)
                {
                    break;
                }

                Take(_buffer[i]);
                _before = _buffer[i];
            }
        }

        EndWord();
        return total;
    }

    // Most of a document is content: between words only a name or the end of the content matters in it, so it need not be looked at byte by byte.
    private int PassOver(ReadOnlySpan<byte> bytes)
    {
        if (_place != Place.Stream || _wordLength > 0 || _wordAfter != 0 || _lastName.Length > 0)
        {
            return 0;
        }

        var count = bytes.IndexOfAny((byte)'/', (byte)'e');
        count = count < 0 ? bytes.Length : count;
        if (count > 0 && _classes[_before = bytes[count - 1]] == 0)
        {
            // In the middle of a word, which what comes next only goes on.
            (_word[0], _wordLength) = (_before, 1);
        }

        return count;
    }

    // Each other byte passes here: compiled well at once, since the first document may be the hostile one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(byte value)
    {
        var kind = _classes[value];
        if (kind == 0)
        {
            if (_wordLength < LongestWord)
            {
                _word[_wordLength++] = value;
            }
        }
        else
        {
            EndWord();
            if (kind == 2)
            {
                _wordAfter = value == '/' || _place != Place.Stream ? value : (byte)0;
                _lastName = value == '/' ? _lastName : "";
            }
        }

        switch (_place)
        {
            case Place.Text:
                _depth += _isEscaped ? 0 : value switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
                _isEscaped = !_isEscaped && value == '\\';
                _place = _depth == 0 ? Place.Outside : Place.Text;
                break;
            case Place.Comment:
                _place = value is (byte)'\r' or (byte)'\n' ? Place.Outside : Place.Comment;
                break;
            case Place.Outside when value == '(':
                (_place, _depth, _isEscaped) = (Place.Text, 1, false);
                break;
            case Place.Outside when value == '%':
                _place = Place.Comment;
                break;
            case Place.Outside when value == '>' && _before == '>':
                _isAfterDictionary = true;
                break;
        }
    }

    // What stands before a word says what it is: a name, the beginning of a tag, or a keyword.
    private void EndWord()
    {
        if (_wordLength == 0)
        {
            return;
        }

        var bytes = _word.AsSpan(0, _wordLength);
        var after = _wordAfter;
        (_wordLength, _wordAfter) = (0, 0);
        var isTold = after == '/' ? _lastName.Length > 0 || bytes.SequenceEqual("S"u8) || bytes.SequenceEqual("Type"u8) || bytes.SequenceEqual("Subtype"u8) || bytes.SequenceEqual("FT"u8)
            : bytes.SequenceEqual("endstream"u8);
        if (_place == Place.Stream && !isTold)
        {
            _lastName = "";
            return;
        }

        var word = Encoding.Latin1.GetString(bytes);
        if (after == '/')
        {
            TakeName(Plain(word));
            return;
        }

        _lastName = "";
        if (after == '<' && _place is Place.Outside or Place.Comment && _markup.Contains(word.ToLowerInvariant()))
        {
            throw new FileTypeRefused("The document is a web page at the same time.");
        }

        TakeKeyword(word);
    }

    private void TakeName(string name)
    {
        var isAction = _lastName is "S" or "Type" or "Subtype" or "FT";
        if (_refused.Contains(name) && (_place == Place.Outside || (_place == Place.Stream && isAction)))
        {
            throw new FileTypeRefused(name == "Encrypt"
                ? "The document is protected by a password, so that nobody can look at it. Send it without."
                : "The document carries something that runs, starts or is attached. Print it to a new PDF and send that.");
        }

        if (_place == Place.Outside)
        {
            _isObjectStream |= name == "ObjStm";
            _isPlainlyPacked &= name is not ("ASCIIHexDecode" or "ASCII85Decode" or "LZWDecode" or "RunLengthDecode" or "Crypt" or "Predictor" or "AHx" or "A85" or "LZW" or "RL");
        }

        _lastName = name;
    }

    private void TakeKeyword(string word)
    {
        var isAfterDictionary = _isAfterDictionary;
        _isAfterDictionary = false;
        switch (word)
        {
            case "obj" or "endobj" when _place != Place.Stream:
                (_place, _isObjectStream, _isPlainlyPacked) = (Place.Outside, false, true);
                break;
            case "stream" when _place == Place.Outside && isAfterDictionary:
                BeginStream();
                break;
            case "endstream" when _place == Place.Stream:
                _place = Place.Outside;
                break;
        }
    }

    private void BeginStream()
    {
        _place = Place.Stream;
        if (!_isObjectStream)
        {
            return;
        }

        if (!_isPlainlyPacked)
        {
            throw new FileTypeRefused("The document is packed in a way that cannot be looked into.");
        }

        ObjectStreams.Add(_at);
    }

    // ISO 32000-1, 7.3.5: any letter of a name may be written as its number.
    private static string Plain(string name)
    {
        for (var at = name.IndexOf('#', StringComparison.Ordinal); at >= 0 && at + 2 < name.Length; at = name.IndexOf('#', at + 1))
        {
            if (char.IsAsciiHexDigit(name[at + 1]) && char.IsAsciiHexDigit(name[at + 2]))
            {
                name = name[..at] + (char)Convert.ToByte(name.Substring(at + 1, 2), 16) + name[(at + 3)..];
            }
        }

        return name;
    }
}
