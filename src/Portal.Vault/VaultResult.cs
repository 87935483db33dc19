using System.Diagnostics.CodeAnalysis;

namespace Portal.Vault;

/// <summary>What a use case answers: a value, or a problem that the caller can mend.</summary>
public readonly record struct VaultResult<T>(T? Value, VaultProblem? Problem)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Problem is null;

    public static implicit operator VaultResult<T>(T value) => new(value, null);

    public static implicit operator VaultResult<T>(VaultProblem problem) => new(default, problem);
}

/// <param name="Kind">How callers present it.</param>
/// <param name="Code">Stable, snake_case, for programs.</param>
/// <param name="Detail">What, why and what to do, for people.</param>
public sealed record VaultProblem(VaultProblemKind Kind, string Code, string Detail)
{
    /// <summary>Absent and forbidden look alike.</summary>
    public static VaultProblem NotFound(string what) => new(VaultProblemKind.NotFound, "not_found", $"There is no such {what}.");

    public static VaultProblem Invalid(string code, string detail) => new(VaultProblemKind.Invalid, code, detail);

    public static VaultProblem Conflict(string code, string detail) => new(VaultProblemKind.Conflict, code, detail);

    public static readonly VaultProblem Forbidden =
        new(VaultProblemKind.Forbidden, "scope_missing", "This token may not do that. Use one with the scope it needs.");

    /// <summary>For a supporter who looks as the owner does.</summary>
    public static readonly VaultProblem SupportView = new(
        VaultProblemKind.Forbidden, "support_view", "A support view shows, and changes nothing. Keys, credentials, sealed mail and what guards the account are not in it.");

    /// <summary>For a session whose proof of identity is too old for the act. A token is judged by its scopes and never gets this.</summary>
    public static readonly VaultProblem StepUpRequired =
        new(VaultProblemKind.Forbidden, "step_up_required", "Confirm that it is you, then do this again.");

    public static readonly VaultProblem Busy =
        new(VaultProblemKind.Busy, "busy", "Too many passwords are being made at this moment. Try again in a few seconds.");
}

public enum VaultProblemKind
{
    NotFound,
    Invalid,
    Conflict,
    Forbidden,

    /// <summary>Nothing is wrong with it; later it will do.</summary>
    Busy,
}
