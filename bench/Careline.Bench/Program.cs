using System.Globalization;
using Careline.Bench;

if (args is ["tokens", var patients, var signingKey])
{
    Console.Out.Write(Tokens.For(int.Parse(patients, CultureInfo.InvariantCulture), signingKey));
}
