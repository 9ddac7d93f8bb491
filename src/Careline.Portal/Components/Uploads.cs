using System.Net.Http.Headers;

namespace Careline.Portal.Components;

/// <summary>Files that somebody sent, on their way to the API.</summary>
internal static class Uploads
{
    /// <summary>The file of a form and what was said of it, as the API takes them; the caller disposes it. A form without a file is passed on for the API to say so.</summary>
    public static MultipartFormDataContent Of(Submission sent, params ReadOnlySpan<string> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var name in fields)
        {
            if (sent[name] is { } text)
            {
                content.Add(new StringContent(text), name);
            }
        }

        if (sent.File("file") is { } file)
        {
            var part = new StreamContent(file.OpenReadStream());
            part.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
            content.Add(part, "file", file.FileName);
        }

        return content;
    }
}
