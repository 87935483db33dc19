using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>The built portal, started as its operator starts it, on a data directory and ports of its own.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly string _app = FindApp();
    private readonly List<string> _output = [];
    private readonly IReadOnlyDictionary<string, string> _settings;
    private Process? _process;

    private PortalProcess(string dataDirectory, int offset, IReadOnlyDictionary<string, string> settings) =>
        (DataDirectory, Offset, _settings) = (dataDirectory, offset, settings);

    public string DataDirectory { get; }

    public int Offset { get; }

    public int HttpPort => 5080 + Offset;

    public int IntakePort => 2525 + Offset;

    public int SubmissionPort => 2587 + Offset;

    public int SubmissionTlsPort => 2465 + Offset;

    public int PostgresPort => 5480 + Offset;

    /// <summary>127.0.0.1 is no secure context's name for passkeys; the portal prints localhost too.</summary>
    public string Url => $"http://localhost:{HttpPort}";

    /// <summary>One-time link to the first account, until there is one.</summary>
    public string? SetUpLink { get; private set; }

    public int ProcessId => Running.Id;

    /// <summary>All that it wrote, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <param name="settings">Configuration beside the defaults, as <c>Portal:SignUp:Mode</c>.</param>
    public static async Task<PortalProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"portal-e2e-{Guid.NewGuid():n}"[..24]);
        var portal = new PortalProcess(directory, FreeOffset(), settings ?? new Dictionary<string, string>(StringComparer.Ordinal));
        await portal.UpAsync();
        return portal;
    }

    /// <summary>Starts it, again if it was killed, and waits until it says that it is ready.</summary>
    public async Task UpAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Start(["up", "--data", DataDirectory, "--port-offset", $"{Offset}"]);
        _process.OutputDataReceived += (_, line) => Note(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Note(line.Data, ready);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The portal ended before it was ready:\n{Output}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(3));
    }

    /// <summary>SIGKILL: nothing is finished, nothing is told.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
    }

    /// <summary>Runs another verb on the same data directory; its standard output.</summary>
    public async Task<string> VerbAsync(IEnumerable<string> verb, string? input = null)
    {
        using var process = Start([.. verb, "--data", DataDirectory]);
        if (input is not null)
            await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', verb)}: {await error}");
        return output.Trim();
    }

    /// <summary>To the vault database as the superuser of the embedded cluster.</summary>
    public string SuperuserConnectionString(string database) =>
        $"Host=127.0.0.1;Port={PostgresPort};Username=postgres;Database={database};Passfile={Path.Combine(DataDirectory, "secrets", "superuser.pgpass")};Pooling=false";

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }

        _process?.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>The build that <c>./portal</c> made: what a user runs, not what the test project would link.</summary>
    public static string FindApp()
    {
        if (Environment.GetEnvironmentVariable("PORTAL_TEST_APP") is { Length: > 0 } given)
            return given;
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var app = Path.Combine(directory.FullName, "artifacts", "app");
            if (File.Exists(Path.Combine(app, "Portal.Web.dll")))
                return app;
        }

        throw new InvalidOperationException("There is no built portal in artifacts/app. Run ./portal test, which builds it, or set PORTAL_TEST_APP.");
    }

    private Process Running => _process ?? throw new InvalidOperationException("The portal was not started.");

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_app, "Portal.Web.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in _settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }

    private void Note(string? line, TaskCompletionSource ready)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
        if (SetUpPattern().Match(line) is { Success: true } link)
            SetUpLink = link.Value;
        // The line after "is ready at" says how to sign in first; with it, all has been said.
        if (SetUpPattern().IsMatch(line) || line.StartsWith("Sign in at", StringComparison.Ordinal))
            ready.TrySetResult();
    }

    private static int FreeOffset()
    {
        for (var offset = 20_000 + (Environment.ProcessId % 50 * 10); offset < 50_000; offset += 7)
        {
            if (new[] { 5080, 5443, 2525, 2587, 2465, 5480 }.All(port => IsFree(port + offset)))
                return offset;
        }

        throw new InvalidOperationException("No free ports.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"http://localhost:\d+/account/set-up/\S+")]
    private static partial Regex SetUpPattern();
}

/// <summary>The portal of all classes that do not kill it, with an admin account and a domain.</summary>
public sealed class SharedPortal : IAsyncLifetime
{
    public PortalProcess Process { get; private set; } = null!;

    public TestAccount Admin { get; private set; } = null!;

    public string Url => Process.Url;

    public async ValueTask InitializeAsync()
    {
        Process = await PortalProcess.StartAsync();
        Admin = await TestAccount.AddAsync(Process, "root@vault.test", "admin");
        await Process.VerbAsync(["domain", "add", "vault.test", "--owner", Admin.Email, "--verified", "--shared"]);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
