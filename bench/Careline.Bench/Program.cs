using System.Globalization;
using Careline.Bench;

switch (args)
{
    case ["tokens", var patients, var signingKey]:
        Console.Out.Write(Tokens.For(int.Parse(patients, CultureInfo.InvariantCulture), signingKey));
        return 0;
    case ["load", .. var options]:
        return await Run.AllAsync(Settings.Read(options));
    default:
        Console.Error.WriteLine("Careline.Bench is started by bench/run.");
        return 2;
}
