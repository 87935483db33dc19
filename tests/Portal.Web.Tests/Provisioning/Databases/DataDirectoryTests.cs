using Portal.Web.EmbeddedPostgres;
using Portal.Web.Provisioning.Databases;

namespace Portal.Web.Tests.Provisioning.Databases;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("portal-data-").FullName;

    private string Location => Path.Combine(_parent, "data");

    [Fact]
    public void Open_New_ClosesWhatIsPrivate()
    {
        var data = DataDirectory.Open(Location);

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(ownerOnly, File.GetUnixFileMode(data.Keys));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(data.Secrets));
        var traversable = Environment.IsPrivilegedProcess ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : UnixFileMode.None;
        Assert.Equal(ownerOnly | traversable, File.GetUnixFileMode(data.Location));
    }

    [Fact]
    public void Lock_HeldByAnother_IsRefusedUntilLetGo()
    {
        var data = DataDirectory.Open(Location);
        using (data.Lock())
        {
            var refused = Assert.Throws<SetupRefusedException>(() => DataDirectory.Open(Location).Lock());
            Assert.Contains(Location, refused.Message, StringComparison.Ordinal);
            Assert.True(data.IsInUse);
        }

        Assert.False(data.IsInUse);
    }

    [Fact]
    public void Open_PathIsAFile_SaysSo()
    {
        File.WriteAllText(Location, "");

        var refused = Assert.Throws<SetupRefusedException>(() => DataDirectory.Open(Location));

        Assert.Contains(Location, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
