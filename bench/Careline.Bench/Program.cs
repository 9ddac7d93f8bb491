using System.Globalization;
using Careline.Bench;
using Careline.Bench.Faults;
using Careline.Bench.Portal;

switch (args)
{
    case ["tokens", var patients, var signingKey]:
        Console.Out.Write(Tokens.For(Number(patients), signingKey));
        return 0;
    case ["load", .. var options]:
        return await Run.AllAsync(Settings.Read(options));
    case ["codes", var url, var codes]:
        return await Codes.RunAsync(new Uri(url), Number(codes));
    case ["timing", var url, var pairs]:
        return await Timing.RunAsync(new Uri(url), Number(pairs));
    case ["tokens-stolen", var url, var replays, var races]:
        return await StolenTokens.RunAsync(new Uri(url), Number(replays), Number(races));
    case ["uploads", var url, var wanted, var folder]:
        return await Uploads.RunAsync(new Uri(url), Number(wanted), flag => File.WriteAllText(Path.Combine(folder, flag), ""));
    case ["reminders", var url, var email, var password, var file]:
        return await Reminders.RunAsync(new Uri(url), email, password, await File.ReadAllLinesAsync(file));
    case ["chat-storm", var url, var nodes, var groups, var messages, var seconds, var folder]:
        return await ChatStorm.RunAsync(new Uri(url), Number(nodes), Number(groups), Number(messages), Number(seconds), () => File.WriteAllText(Path.Combine(folder, "writing"), ""));
    case ["chat-speed", var url, var nodes, var rate, var seconds]:
        return await ChatSpeed.RunAsync(new Uri(url), Number(nodes), Number(rate), Number(seconds));
    case ["chat-hostile", var url, var nodes, var connections, var seconds, .. var hosts]:
        return await ChatHostile.RunAsync(new Uri(url), Number(nodes), Number(connections), Number(seconds), [.. hosts.Select(Number)]);
    case ["chat-closes", var url, var nodes, var trials]:
        return await ChatCloses.RunAsync(new Uri(url), Number(nodes), Number(trials));
    case ["visit", var url, var email, var chromium, var folder]:
        return await new VisitCall(new Uri(url), chromium, folder).RunAsync(email);
    case ["weak-line", var url, var chromium, var folder]:
        return await new WeakLine(new Uri(url), chromium, folder).RunAsync();
    case ["screens", var url, var chromium, var folder, var pictures, var people, var alike, .. var axe]:
        return await new Screens(new Uri(url), chromium, folder, pictures, people, Number(alike), axe.FirstOrDefault()).RunAsync();
    case ["full-practice", var url]:
        using (var practice = new FullPractice(new Uri(url)))
        {
            return await practice.RunAsync();
        }

    case ["bystanders", var url, var seconds]:
        return await Bystanders.RunAsync(new Uri(url), Number(seconds));
    case ["injection", var url, var document, var folder, var minutes]:
        return await Injection.RunAsync(new Uri(url), document, folder, Number(minutes));
    case ["large-files", var url, var bare, var supervisor]:
        return await LargeFiles.RunAsync(new Uri(url), new Uri(bare), Number(supervisor));
    case ["webhooks", var file, var guard]:
        return await SignedWebhooks.RunAsync(file, isChanging: guard == "on");
    case ["safety", var checks]:
        return SafetyChecks.Run(Number(checks));
    case ["bare-kestrel", var url, var folder]:
        return await LargeFiles.BareAsync(url, folder);
    default:
        Console.Error.WriteLine("Careline.Bench is started by bench/run and by what is in bench/faults.");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
