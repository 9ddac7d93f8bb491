namespace Careline.Host.Demo.Small;

// The story could not be told here: the sentence says at which step, and what the application answered.
internal sealed class DemoFailure(string message) : Exception(message);
