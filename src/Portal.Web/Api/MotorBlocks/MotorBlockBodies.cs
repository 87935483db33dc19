using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Platform;
using Portal.Platform.MotorBlocks;
using Portal.Vault.Credentials;

namespace Portal.Web.Api.MotorBlocks;

/// <param name="RateLimitPerHour">Null: 100.</param>
/// <param name="AllowedNetworks">Null or empty: anywhere.</param>
/// <param name="ExpiresAt">Null: it does not expire.</param>
internal sealed record NewMotorBlock(
    string? Label, string? Domain, int? RateLimitPerHour, IReadOnlyList<string>? AllowedNetworks, DateTimeOffset? ExpiresAt);

/// <summary>What is not named stays as it is.</summary>
/// <param name="AllowedNetworks">All of them; empty: anywhere.</param>
internal sealed record ChangedMotorBlock(string? Label, int? RateLimitPerHour, bool? Paused, string? Domain, IReadOnlyList<string>? AllowedNetworks)
{
    /// <summary>A time, or null for one that does not expire any more; left out, it stays.</summary>
    public JsonElement ExpiresAt { get; init; }

    public Outcome<UpdateMotorBlockRequest> ToRequest(Guid id)
    {
        ExpiryChange? expiry = null;
        if (ExpiresAt.ValueKind == JsonValueKind.Null)
            expiry = new ExpiryChange(null);
        else if (ExpiresAt.ValueKind == JsonValueKind.String && ExpiresAt.TryGetDateTimeOffset(out var at))
            expiry = new ExpiryChange(at);
        else if (ExpiresAt.ValueKind != JsonValueKind.Undefined)
            return new Failure("expiry_malformed", "expiresAt is a time such as 2027-01-31T12:00:00Z, or null.");
        return new UpdateMotorBlockRequest(id, Label, RateLimitPerHour, Paused, Domain, AllowedNetworks, expiry);
    }
}

/// <param name="OverlapMinutes">How long the present password stays good too; null: 1,440.</param>
internal sealed record Rotation(int? OverlapMinutes);

/// <summary>Where motor blocks sign in.</summary>
internal sealed record SubmissionServer(string Host, int Port, string SecurityType)
{
    public static SubmissionServer Of(MailServerNames names) => new(names.Host, names.SmtpPort, names.SmtpSecurity);
}

/// <summary>A motor block as the API tells it.</summary>
/// <param name="State">active, paused or expired.</param>
internal sealed record ShownMotorBlock(
    Guid Id, string Label, string Username, string State, bool Paused, string? Domain, bool DomainVerified, int RateLimitPerHour, int UsedLastHour,
    IReadOnlyList<string> AllowedNetworks, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt,
    DateTimeOffset? PreviousValidUntil, DateTimeOffset? LastUsedAt, IPAddress? LastUsedIp, string? LastUsedClient,
    string Host, int Port, string SecurityType)
{
    /// <summary>Only where it was made: the only time that it is told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    /// <summary>Who signed in within 30 days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MotorBlockClient>? Uses { get; init; }

    /// <summary>After a rotation: who needs the new password.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MotorBlockClient>? OnPreviousPassword { get; init; }

    public static ShownMotorBlock Of(MotorBlockView view, SubmissionServer server) => new(
        view.Id, view.Label, view.Username, view.State.ToString().ToLowerInvariant(), view.IsPaused, view.Domain, view.DomainIsVerified,
        view.RateLimitPerHour, view.UsedLastHour, view.AllowedNetworks, view.ExpiresAt, view.CreatedAt, view.RotatedAt, view.PreviousValidUntil,
        view.LastUsedAt, view.LastUsedIp, view.LastUsedClient, server.Host, server.Port, server.SecurityType);

    public override string ToString() => $"{nameof(ShownMotorBlock)} {Username}";
}
