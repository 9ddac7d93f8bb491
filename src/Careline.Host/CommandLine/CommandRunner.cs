using System.Runtime.InteropServices;
using Careline.Host.Supervision;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Careline.Host.CommandLine;

internal static class CommandRunner
{
    private const int Misused = 2;

    // What a shell reports for a program that Ctrl-C ended.
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await RunAsync(CommandParser.Parse(args), Surroundings.OfProcess);
        }
        catch (StartFailure failure)
        {
            Terminal.Say($"careline: {failure.Message}");
            return failure.ExitCode;
        }
        catch (NpgsqlException unreachable)
        {
            Terminal.Say($"careline: the database cannot be used: {ReasonOf(unreachable)}. Check DATABASE_URL, and that PostgreSQL runs and lets careline in.");

            // A wrong name, password or database stays wrong; a server that is away may come.
            return unreachable.SqlState is ['2', '8', ..] or PostgresErrorCodes.InvalidCatalogName ? StartFailure.Configuration : StartFailure.Failed;
        }
        catch (OptionsValidationException refused)
        {
            foreach (var failure in refused.Failures)
            {
                Terminal.Say($"careline: {failure}");
            }

            return StartFailure.Configuration;
        }
    }

    // What the server says, or what the line to it says; neither holds a password.
    private static string ReasonOf(NpgsqlException unreachable) => (unreachable as PostgresException)?.MessageText ?? unreachable.InnerException switch
    {
        TimeoutException => "it does not answer in time",
        { } cause => $"{unreachable.Message} ({cause.Message})",
        null => unreachable.Message,
    };

    private static async Task<int> RunAsync(Command command, Surroundings surroundings)
    {
        switch (command)
        {
            case Command.Help help:
                Terminal.Answer(help.Usage);
                return 0;
            case Command.Misuse misuse:
                Terminal.Say($"careline: {misuse.Mistake}\n\n{misuse.Usage}");
                return Misused;
            case Command.Serve serve:
                return await HostService.RunAsync(serve.Supervised, surroundings);
        }

        using var stop = new CancellationTokenSource();
        using var signals = StopSignals.Cancel(stop);
        try
        {
            return command switch
            {
                Command.Up up => await new Supervisor(CarelineFolder.Of(surroundings), surroundings, up.Nodes).RunAsync(stop.Token),
                Command.VerifyPrescription verify => await PrescriptionCheck.RunAsync(verify, stop.Token),
                Command.Doctor => await Doctor.ExamineAsync(surroundings, stop.Token),
                _ => await ApplicationCommand.RunAsync(command, surroundings, stop.Token),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return command is Command.Up ? 0 : Interrupted;
        }
    }

    private sealed class StopSignals(IReadOnlyList<PosixSignalRegistration> registrations) : IDisposable
    {
        public static StopSignals Cancel(CancellationTokenSource stop)
        {
            Signal.HeedInterrupt();
            PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
            return new StopSignals(Array.ConvertAll(signals, signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            })));
        }

        public void Dispose()
        {
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }
        }
    }
}
