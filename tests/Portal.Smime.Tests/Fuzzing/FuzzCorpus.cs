using System.Security.Cryptography;

namespace Portal.Smime.Tests.Fuzzing;

/// <summary>Inputs that went a way of their own, or broke a promise once; kept from run to run beside this file.</summary>
internal static class FuzzCorpus
{
    /// <summary>Bytes of an input that is kept for its way; one that breaks a promise is kept however long.</summary>
    public const int LargestKept = 2 * 1024;

    public static IReadOnlyList<byte[]> Read(string target)
    {
        var folder = Path.Combine(Root(), target);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)] : [];
    }

    /// <returns>Where it is kept.</returns>
    public static string Keep(string target, byte[] input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root(), target)).FullName;
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16] + ".bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Portal.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests do not stand in the repository.");
        }

        return Path.Combine(directory, "tests", "Portal.Smime.Tests", "Fuzzing", "corpus");
    }
}
