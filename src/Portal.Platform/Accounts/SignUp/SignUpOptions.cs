using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.SignUp;

/// <summary>How accounts come to be.</summary>
public enum SignUpMode
{
    /// <summary>Only the operator makes them, at the console.</summary>
    Off,

    /// <summary>An admin invites.</summary>
    InviteOnly,

    /// <summary>Anybody with an address that they can prove; an admin invites too.</summary>
    Open,
}

/// <summary>Section <c>Portal:SignUp</c>.</summary>
public sealed class SignUpOptions
{
    public const string Section = "Portal:SignUp";

    public SignUpMode Mode { get; set; } = SignUpMode.InviteOnly;
}

internal sealed class SignUpOptionsValidator : IValidateOptions<SignUpOptions>
{
    public ValidateOptionsResult Validate(string? name, SignUpOptions options) => Enum.IsDefined(options.Mode)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{SignUpOptions.Section}:Mode is {options.Mode}; it must be one of {string.Join(", ", Enum.GetNames<SignUpMode>())}.");
}
