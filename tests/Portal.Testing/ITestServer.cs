namespace Portal.Testing;

/// <summary>Where the databases of a test run live: a local cluster or a container.</summary>
internal interface ITestServer : IAsyncDisposable
{
    string SuperuserConnectionString(string database);
}
