namespace Portal.Smime.Tests.Fuzzing;

/// <summary>One reader of what strangers send.</summary>
/// <param name="Name">Also the folder of its corpus.</param>
/// <param name="Seeds">Inputs that are right.</param>
/// <param name="Run">Reads an input, throws when a promise is broken, and tells which way it went.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], string> Run);
