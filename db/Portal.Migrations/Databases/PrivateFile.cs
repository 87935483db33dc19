using System.Runtime.InteropServices;

namespace Portal.Databases;

/// <summary>Files that only their owner may read (mode 0600), written whole and on disk before they get their name.</summary>
internal static class PrivateFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Writes the file if there is none. False, and nothing changed, when there is one: a key is never overwritten.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path))
            return false;
        var written = WriteBeside(path, content);
        try
        {
            // link(2) under the hood: fails when another process was first.
            File.Move(written, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(written);
            return false;
        }
        SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    }

    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        File.Move(WriteBeside(path, content), path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the directory with mode 0700, or closes an existing one to others.</summary>
    public static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path, OwnerOnlyDirectory);
        File.SetUnixFileMode(path, OwnerOnlyDirectory);
    }

    private static string WriteBeside(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        });
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return temporary;
    }

    /// <summary>A new name is durable only once its directory is on disk, and .NET opens no directories.</summary>
    private static void SyncDirectory(string path)
    {
        var descriptor = Posix.Open(path, Posix.ReadOnly);
        if (descriptor < 0)
            return;
        _ = Posix.FSync(descriptor);
        _ = Posix.Close(descriptor);
    }

    private static class Posix
    {
        public const int ReadOnly = 0;

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int FSync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
