using System.Runtime.InteropServices;

namespace Portal.Passwords;

/// <summary>.NET's thread priorities mean nothing on Linux; the kernel's niceness of a thread does.</summary>
internal static class ThreadNiceness
{
    private const int OfThread = 0;
    private const uint Calling = 0;

    /// <summary>How far the calling thread stands back: others get about nine tenths of a processor that both want.</summary>
    private const int Back = 10;

    public static void StandBack() => _ = SetPriority(OfThread, Calling, Back);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int value);
}
