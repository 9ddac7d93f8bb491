using System.Text;
using Careline.Files.Contracts;

namespace Careline.Files.Formats;

/// <summary>
/// Goes through a document's bytes once and refuses the names by which one runs, starts or carries something, however their letters are written
/// (<c>/J#61vaScript</c>). Texts and comments are passed over, but an object's beginning ends them: a reader that finds its objects by the table sees
/// them wherever they lie. Within packed content only a whole action counts (<c>/S /JavaScript</c>), since single names occur there by chance.
/// </summary>
internal sealed class PdfScan(bool isUnpacked)
{
    private const int LongestWord = 32;

    private static readonly HashSet<string> _refused =
        ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Rendition", "GoToE", "SubmitForm", "ImportData", "XFA", "Encrypt"];

    private static readonly HashSet<string> _markup = ["html", "script", "svg", "iframe", "body", "!doctype"];

    private readonly StringBuilder _word = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Place _place = Place.Outside;
    private int _depth;
    private bool _isEscaped;
    private bool _isName;
    private bool _isMarkup;
    private string _lastName = "";
    private bool _isObjectStream;
    private bool _isPlainlyPacked = true;
    private bool _closesDictionary;
    private byte _before;
    private long _at;
    private long _streamAt = -1;

    private enum Place
    {
        Outside,
        Text,
        Comment,
        StreamStart,
        Stream,
    }

    /// <summary>Where the packed content of object streams begins.</summary>
    public List<long> ObjectStreams { get; } = [];

    /// <summary>Reads on; returns how many bytes there were.</summary>
    /// <exception cref="FileTypeRefused">A name is among them that is not let in.</exception>
    public long Read(Stream content, long most)
    {
        var total = 0L;
        for (int read; total < most && (read = content.Read(_buffer, 0, (int)Math.Min(_buffer.Length, most - total))) > 0; total += read)
        {
            for (var i = 0; i < read; i++)
            {
                Take(_buffer[i]);
                _at++;
            }
        }

        EndWord();
        return total;
    }

    private void Take(byte value)
    {
        switch (_place)
        {
            case Place.Text:
                TakeText(value);
                break;
            case Place.Comment when value is (byte)'\r' or (byte)'\n':
                EndWord();
                _place = Place.Outside;
                break;
            case Place.StreamStart:
                // The keyword is followed by a line end, which is not yet content.
                if (value == '\n' || _before != '\r')
                {
                    BeginStream(value == '\n' ? _at + 1 : _at);
                }

                break;
            default:
                TakeCode(value);
                break;
        }

        _before = value;
    }

    private void TakeText(byte value)
    {
        CollectWord(value);
        if (_isEscaped)
        {
            _isEscaped = false;
            return;
        }

        _depth += value switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
        _isEscaped = value == '\\';
        if (_depth == 0)
        {
            EndWord();
            _place = Place.Outside;
        }
    }

    private void TakeCode(byte value)
    {
        if (value == '>' && _before == '>')
        {
            EndWord();
            _closesDictionary = true;
            return;
        }

        if (_place == Place.Outside && value is (byte)'(' or (byte)'%')
        {
            EndWord();
            (_place, _depth) = value == '(' ? (Place.Text, 1) : _place == Place.Outside ? (Place.Comment, 0) : (_place, 0);
            return;
        }

        CollectWord(value);
    }

    // A word is a name, a keyword or the beginning of a tag; what ends it decides what it was.
    private void CollectWord(byte value)
    {
        var isDelimiter = value is (byte)'/' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'(' or (byte)')' or (byte)'{' or (byte)'}' or (byte)'%';
        var isSpace = value is 0 or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ';
        if (isDelimiter || isSpace)
        {
            EndWord();
            (_isName, _isMarkup) = (value == '/', value == '<');
            if (isDelimiter && value != '/')
            {
                _lastName = "";
            }

            return;
        }

        if (_word.Length < LongestWord)
        {
            _word.Append((char)value);
        }
    }

    private void EndWord()
    {
        if (_word.Length == 0)
        {
            return;
        }

        var word = _word.ToString();
        _word.Clear();
        if (_isName)
        {
            _isName = false;
            TakeName(Plain(word));
        }
        else if (_isMarkup)
        {
            _isMarkup = false;
            if (_place is Place.Outside or Place.Comment && _markup.Contains(word.ToLowerInvariant()))
            {
                throw new FileTypeRefused("The document is a web page at the same time.");
            }
        }
        else
        {
            TakeKeyword(word);
        }
    }

    private void TakeName(string name)
    {
        var isAction = _lastName is "S" or "Type" or "Subtype" or "FT";
        if (_refused.Contains(name) && (_place == Place.Outside || (_place is Place.Stream or Place.Comment && isAction)))
        {
            throw new FileTypeRefused(name == "Encrypt"
                ? "The document is protected by a password, so that nobody can look at it. Send it without."
                : "The document carries something that runs, starts or is attached. Print it to a new PDF and send that.");
        }

        if (_place == Place.Outside)
        {
            _isObjectStream |= name == "ObjStm";
            _isPlainlyPacked &= name is not ("ASCIIHexDecode" or "ASCII85Decode" or "LZWDecode" or "RunLengthDecode" or "Crypt" or "Predictor");
        }

        _lastName = name;
    }

    private void TakeKeyword(string word)
    {
        _lastName = "";
        if (word is "obj" or "endobj" && _place is Place.Text or Place.Comment)
        {
            (_place, _depth, _isEscaped) = (Place.Outside, 0, false);
        }

        switch (word)
        {
            case "obj" when _place == Place.Outside:
                (_isObjectStream, _isPlainlyPacked, _closesDictionary) = (false, true, false);
                break;
            case "stream" when _place == Place.Outside && _closesDictionary && !isUnpacked:
                _place = Place.StreamStart;
                if (_before != '\r' && _at > 0)
                {
                    // The word ended with the line feed itself, which is being taken now.
                    _streamAt = _at + 1;
                }

                break;
            case "endstream" when _place == Place.Stream:
                (_place, _closesDictionary) = (Place.Outside, false);
                break;
        }
    }

    private void BeginStream(long at)
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

        ObjectStreams.Add(at);
        _isObjectStream = false;
    }

    // ISO 32000-1, 7.3.5: any letter of a name may be written as its number.
    private static string Plain(string name)
    {
        for (var at = name.IndexOf('#', StringComparison.Ordinal); at >= 0 && at + 2 < name.Length + 0; at = name.IndexOf('#', at + 1))
        {
            if (char.IsAsciiHexDigit(name[at + 1]) && char.IsAsciiHexDigit(name[at + 2]))
            {
                name = name[..at] + (char)Convert.ToByte(name.Substring(at + 1, 2), 16) + name[(at + 3)..];
            }
        }

        return name;
    }
}
