return await Careline.Host.CommandLine.CommandRunner.RunAsync(args);
