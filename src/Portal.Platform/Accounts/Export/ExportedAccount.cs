using System.Net;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Domains;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Export;

/// <summary>What <see cref="ExportAccount"/> answers. The names are those of the file that the owner gets: they stay.</summary>
public sealed record ExportedAccount(
    ExportedProfile Profile,
    IReadOnlyList<ExportedSession> Sessions,
    IReadOnlyList<ExportedToken> Tokens,
    ExportedSecondFactors SecondFactors,
    IReadOnlyList<ExportedDomain> Domains,
    IReadOnlyList<ExportedMotorBlock> MotorBlocks,
    IReadOnlyList<ExportedLink> Links,
    IReadOnlyList<ExportedSystemMessage> SystemMessages,
    IReadOnlyList<ExportedSubscription> Subscriptions);

public sealed record ExportedProfile(
    Guid Id, string Email, bool EmailVerified, Role Role, AccountStatus Status, bool HasPassword, bool SecondFactorOn,
    DateTimeOffset? DeletionDueAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record ExportedSession(
    Guid Id, string AuthMethod, IPAddress? Ip, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt);

public sealed record ExportedToken(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, IPAddress? LastUsedIp, DateTimeOffset? RevokedAt);

/// <param name="AuthenticatorSince">When the authenticator app was confirmed; null: none.</param>
/// <param name="UnusedRecoveryCodes">How many are left.</param>
public sealed record ExportedSecondFactors(
    DateTimeOffset? AuthenticatorSince, IReadOnlyList<ExportedPasskey> Passkeys, int UnusedRecoveryCodes, IReadOnlyList<ExportedDevice> RememberedDevices);

public sealed record ExportedPasskey(
    Guid Id, string Name, IReadOnlyList<string> Transports, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

public sealed record ExportedDevice(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);

public sealed record ExportedDomain(Guid Id, string Domain, VerificationStatus VerificationStatus, bool Shared, DateTimeOffset CreatedAt);

/// <param name="AllowedNetworks">Empty: anywhere.</param>
public sealed record ExportedMotorBlock(
    Guid Id, string Label, string Username, string? Domain, bool SmtpEnabled, int RateLimitPerHour, IReadOnlyList<string> AllowedNetworks,
    DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt,
    IPAddress? LastUsedIp, string? LastUsedClient, IReadOnlyList<ExportedMotorBlockUse> Uses);

/// <param name="Uses">Sign-ins.</param>
public sealed record ExportedMotorBlockUse(
    string Client, string Network, IPAddress? LastIp, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Uses);

public sealed record ExportedLink(
    AccountLinkKind Kind, string Email, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt);

public sealed record ExportedSystemMessage(string Kind, string Subject, SystemMessageState State, DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

public sealed record ExportedSubscription(
    string PlanName, string Status, DateTimeOffset? CurrentPeriodStart, DateTimeOffset? CurrentPeriodEnd, DateTimeOffset CreatedAt);
