using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Portal.Platform.SystemMail;

/// <summary>The two bodies of a message, as they lie protected in <see cref="SystemMessage.ProtectedBody"/>.</summary>
public sealed record SystemMailBody(string Text, string Html);

/// <summary>Writes the portal's own messages beside the act that they tell of; whoever delivers them takes them from the table.</summary>
public sealed class SystemMailQueue(IDataProtectionProvider protection, IOptions<PlatformOptions> options, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("vaultbox/system-mail/v1");

    /// <summary>Adds the message to the context: it exists if the caller's transaction commits, and delivery is woken then.</summary>
    /// <param name="id">Of what it tells, where that may be told a second time: the table takes it once.</param>
    internal void Add(PlatformContext context, SystemMailContent content, Guid? id = null)
    {
        var now = time.GetUtcNow();
        var portal = options.Value.PublicUrl;
        var body = new SystemMailBody(SystemMailLayout.Text(content, portal), SystemMailLayout.Html(content, portal));
        context.SystemMessages.Add(new SystemMessage
        {
            Id = id ?? Guid.CreateVersion7(now),
            Kind = content.Kind,
            Recipient = content.Recipient,
            Subject = content.Subject,
            ProtectedBody = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(body)),
            State = SystemMessageState.Queued,
            NextAttemptAt = now,
            CreatedAt = now,
            ExpiresAt = now + content.Life,
        });
    }

    /// <returns>Null when there is none, or it was written under keys that this installation does not have.</returns>
    internal SystemMailBody? TryOpen(byte[]? protectedBody)
    {
        if (protectedBody is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<SystemMailBody>(protector.Unprotect(protectedBody));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
