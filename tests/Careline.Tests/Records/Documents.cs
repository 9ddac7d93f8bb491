using System.Net.Http.Headers;
using System.Text;
using Careline.Tests.Support;

namespace Careline.Tests.Records;

/// <summary>Documents as people send them.</summary>
internal static class Documents
{
    public const string Route = "/api/medical-files/";

    /// <summary>A text file and what is said of it, the texts before the file as a browser's form sends them.</summary>
    public static MultipartFormDataContent Form(string content = "Haemoglobin 13.2 g/dl", string fileName = "report.txt", params (string Name, string Value)[] texts)
    {
        var form = new MultipartFormDataContent();
        if (texts.All(t => t.Name != "kind"))
        {
            form.Add(new StringContent("lab_report"), "kind");
        }

        foreach (var (name, value) in texts)
        {
            form.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", fileName);
        return form;
    }

    /// <summary>Adds a document and answers its id.</summary>
    public static async Task<Guid> AddDocumentAsync(this Person person, string content = "Haemoglobin 13.2 g/dl", params (string Name, string Value)[] texts)
    {
        var reply = await person.PostAsync(Route, Form(content, "report.txt", texts));
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    /// <summary>The patient opens the record to a doctor; answers the grant.</summary>
    public static async Task<Guid> TreatAsync(this TestApp app, Person doctor, Person patient)
    {
        var reply = await patient.PostAsync($"/api/patients/{patient.PatientId}/grants/", new { doctor_id = doctor.DoctorId, until = app.Now.AddDays(7) });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    public static string At(Guid id, string rest = "") => $"{Route}{id}/{rest}";

    public static Task<Reply> ShareAsync(this Person person, Guid id, object with) => person.PostAsync(At(id, "share/"), with);
}
