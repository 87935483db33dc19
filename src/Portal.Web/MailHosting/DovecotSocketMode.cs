using Microsoft.Extensions.Options;

namespace Portal.Web.MailHosting;

/// <summary>Sets the permissions of the socket as soon as it is there; until then only its owner could write to it.</summary>
internal sealed class DovecotSocketMode(IOptions<DovecotSocketOptions> options, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.SocketPath is { } path)
            lifetime.ApplicationStarted.Register(() => File.SetUnixFileMode(path, DovecotSocket.ModeOf(options.Value.SocketMode)!.Value));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
