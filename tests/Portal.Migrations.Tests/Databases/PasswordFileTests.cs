using Portal.Databases;

namespace Portal.Migrations.Tests.Databases;

public sealed class PasswordFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-passwords-").FullName;

    private string Location => Path.Combine(_directory, "services.pgpass");

    [Fact]
    public void LoadOrCreate_NoFile_MakesOneThatOnlyItsOwnerReads()
    {
        var file = PasswordFile.LoadOrCreate(Location, ["one", "two"]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Location));
        Assert.Equal([$"*:*:*:one:{file["one"]}", $"*:*:*:two:{file["two"]}"], File.ReadAllLines(Location));
        Assert.Equal(43, file["one"].Length);
        Assert.NotEqual(file["one"], file["two"]);
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void LoadOrCreate_FileLacksARole_AddsItAndKeepsTheOthers()
    {
        var before = PasswordFile.LoadOrCreate(Location, ["one"]);

        var after = PasswordFile.LoadOrCreate(Location, ["one", "two"]);

        Assert.Equal(before["one"], after["one"]);
        Assert.Equal(after["two"], PasswordFile.LoadOrCreate(Location, ["two"])["two"]);
    }

    [Fact]
    public void TryCreate_FileExists_IsLeftAsItWas()
    {
        Assert.True(PrivateFile.TryCreate(Location, "first"u8));
        Assert.False(PrivateFile.TryCreate(Location, "second"u8));

        Assert.Equal("first", File.ReadAllText(Location));
        Assert.Single(Directory.GetFiles(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
