using PdfSharp.Drawing;
using PdfSharp.Pdf;
using QRCoder;

namespace Careline.Papers.Contracts;

/// <summary>
/// Sets text from top to bottom, over as many pages as it takes, or on one as long as it takes. Whatever is set is measured first, so that no line is cut in two.
/// </summary>
public sealed class PaperLayout : IDisposable
{
    private const double Point = 72 / 25.4;

    private readonly PdfDocument _document = new();
    private readonly PaperSize _size;
    private readonly List<Action<XGraphics, double>> _draws = [];
    private readonly List<double> _heights = [];
    private readonly XGraphics _measure = XGraphics.CreateMeasureContext(new XSize(2000, 2000), XGraphicsUnit.Point, XPageDirection.Downwards);

    /// <summary>An empty paper.</summary>
    public PaperLayout(PaperSize size, string title)
    {
        PaperFonts.Use();
        _size = size;
        _document.Info.Title = title;
        _document.Info.Creator = "Careline";
    }

    private double Width => Point * (_size switch { PaperSize.A4 => 210, PaperSize.A5 => 148, _ => 80 });

    private double Height => Point * (_size == PaperSize.A4 ? 297 : 210);

    private double Margin => Point * (_size switch { PaperSize.A4 => 20, PaperSize.A5 => 12, _ => 4 });

    private double Base => _size switch { PaperSize.A4 => 10.5, PaperSize.A5 => 9, _ => 8 };

    /// <summary>Sets a paragraph, wrapped where it is too long; a word that is longer than a line is broken.</summary>
    public void Text(string text, double scale = 1, bool isBold = false, double indent = 0)
    {
        var font = new XFont(PaperFonts.Family, Base * scale, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
        var (left, step) = (Margin + (indent * Base), font.GetHeight());
        foreach (var line in text.Split('\n').SelectMany(paragraph => Wrap(paragraph, font, Width - Margin - left)))
        {
            Add(step, (page, y) => page.DrawString(line, font, XBrushes.Black, new XPoint(left, y + (font.Size * 0.95))));
        }
    }

    /// <summary>Sets a row of a table in columns of the same width, small; what is too long for its column is cut.</summary>
    /// <param name="cells">The texts, and whether each stands at the right of its column.</param>
    /// <param name="isBold">Whether it is the table's head.</param>
    public void Row(IReadOnlyList<(string Text, bool IsRight)> cells, bool isBold = false)
    {
        var font = new XFont(PaperFonts.Family, Base * 0.75, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
        var width = (Width - (2 * Margin)) / cells.Count;
        var texts = cells.Select(c => Cut(c.Text, font, width - (0.6 * Base))).ToList();
        Add(font.GetHeight() * 1.15, (page, y) =>
        {
            for (var i = 0; i < texts.Count; i++)
            {
                var left = Margin + (i * width) + (cells[i].IsRight ? width - (0.6 * Base) - page.MeasureString(texts[i], font).Width : 0);
                page.DrawString(texts[i], font, XBrushes.Black, new XPoint(left, y + font.Size));
            }
        });
    }

    /// <summary>Draws bars that lie, from nought to the largest of them; what lies below nought is drawn to the other side of its line.</summary>
    /// <param name="bars">Each bar's name, its value, and the value as it is said.</param>
    public void Bars(IReadOnlyList<(string Name, double Value, string Said)> bars)
    {
        var font = new XFont(PaperFonts.Family, Base * 0.75, XFontStyleEx.Regular);
        var (room, names, says) = (Width - (2 * Margin), (Width - (2 * Margin)) * 0.3, (Width - (2 * Margin)) * 0.15);
        var (least, most) = (Math.Min(0, bars.Min(b => b.Value)), Math.Max(0, bars.Max(b => b.Value)));
        var unit = most > least ? (room - names - says) / (most - least) : 0;
        var zero = Margin + names - (least * unit);
        foreach (var (name, value, said) in bars)
        {
            var text = Cut(name, font, names - (0.6 * Base));
            Add(Base * 1.3, (page, y) =>
            {
                page.DrawString(text, font, XBrushes.Black, new XPoint(Margin, y + font.Size));
                page.DrawRectangle(XBrushes.SteelBlue, Math.Min(zero, zero + (value * unit)), y + (Base * 0.1), Math.Max(0.3, Math.Abs(value * unit)), Base * 0.9);
                page.DrawString(said, font, XBrushes.Black, new XPoint(Math.Max(zero, zero + (value * unit)) + (0.4 * Base), y + font.Size));
            });
        }
    }

    /// <summary>Leaves some room, in lines.</summary>
    public void Gap(double lines = 0.5) => Add(lines * Base, static (_, _) => { });

    /// <summary>Draws a line across.</summary>
    public void Rule() => Add(Base, (page, y) => page.DrawLine(new XPen(XColors.Gray, 0.5), Margin, y + (Base / 2), Width - Margin, y + (Base / 2)));

    /// <summary>Sets a QR code as vectors, so that it is sharp at every size of printing.</summary>
    public void Code(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var matrix = data.ModuleMatrix;
        var side = Math.Min(Width - (2 * Margin), Point * Math.Clamp(matrix.Count * 0.5, 30, 70));
        var module = side / matrix.Count;
        Add(side, (page, y) =>
        {
            var path = new XGraphicsPath();
            for (var row = 0; row < matrix.Count; row++)
            {
                // Whole runs, since hairlines between single modules confuse scanners.
                for (var column = 0; column < matrix.Count;)
                {
                    var from = column;
                    while (column < matrix.Count && matrix[row][column])
                    {
                        column++;
                    }

                    if (column > from)
                    {
                        path.AddRectangle(Margin + (from * module), y + (row * module), (column - from) * module, module * 1.02);
                    }

                    column += column > from ? 0 : 1;
                }
            }

            page.DrawPath(XBrushes.Black, path);
        });
    }

    /// <summary>The paper as PDF.</summary>
    public byte[] Save()
    {
        var lengthOfRoll = _heights.Sum() + (2 * Margin);
        XGraphics? page = null;
        var y = 0.0;
        for (var i = 0; i < _draws.Count; i++)
        {
            if (page is null || (_size != PaperSize.Thermal && y + _heights[i] > Height - Margin))
            {
                page?.Dispose();
                var added = _document.AddPage();
                (added.Width, added.Height) = (XUnit.FromPoint(Width), XUnit.FromPoint(_size == PaperSize.Thermal ? lengthOfRoll : Height));
                page = XGraphics.FromPdfPage(added);
                y = Margin;
            }

            _draws[i](page, y);
            y += _heights[i];
        }

        page?.Dispose();
        using var stream = new MemoryStream();
        _document.Save(stream);
        return stream.ToArray();
    }

    /// <summary>The text as it can be drawn, and whether all of it can.</summary>
    public static (string Text, bool IsWhole) Show(string text) => PaperFonts.Show(text);

    /// <inheritdoc />
    public void Dispose()
    {
        _measure.Dispose();
        _document.Dispose();
    }

    private void Add(double height, Action<XGraphics, double> draw)
    {
        _heights.Add(height);
        _draws.Add(draw);
    }

    private string Cut(string text, XFont font, double width)
    {
        if (_measure.MeasureString(text, font).Width <= width)
        {
            return text;
        }

        var fits = text.Length;
        while (fits > 0 && _measure.MeasureString(text[..fits] + "…", font).Width > width)
        {
            fits--;
        }

        return text[..fits] + "…";
    }

    private IEnumerable<string> Wrap(string paragraph, XFont font, double width)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ').SelectMany(word => Break(word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && _measure.MeasureString(longer, font).Width > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        yield return line;
    }

    private IEnumerable<string> Break(string word, XFont font, double width)
    {
        while (word.Length > 1 && _measure.MeasureString(word, font).Width > width)
        {
            var fits = word.Length - 1;
            while (fits > 1 && _measure.MeasureString(word[..fits], font).Width > width)
            {
                fits /= 2;
            }

            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }
}
