using System.Runtime.InteropServices;

namespace Portal.Web.Hosting;

/// <summary>A message is in this process's memory between DATA and sealing: a crash must not write that memory to disk.</summary>
internal static class ProcessHardening
{
    private const int CoreFileSize = 4;

    /// <summary>Sets RLIMIT_CORE to zero, for this process and its children. Swap is the system's to encrypt or switch off.</summary>
    public static void DisableCoreDumps()
    {
        if (OperatingSystem.IsLinux())
        {
            var none = default(Limit);
            _ = SetLimit(CoreFileSize, in none);
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly nuint _soft;
        private readonly nuint _hard;
    }
}
