using System.Net;

namespace Portal.Platform.MotorBlocks;

/// <summary>Sign-ins of one client from one network with one of a motor block's passwords: who is still on the old one.</summary>
public sealed class MotorBlockUse
{
    public Guid MotorBlockId { get; set; }

    public Guid PasswordId { get; set; }

    /// <summary>What the client called itself; empty when it did not.</summary>
    public string ClientName { get; set; } = "";

    public ClientNetwork Network { get; set; }

    /// <summary>The address of the last sign-in.</summary>
    public IPAddress? LastIp { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    /// <summary>Sign-ins.</summary>
    public long Uses { get; set; }
}
