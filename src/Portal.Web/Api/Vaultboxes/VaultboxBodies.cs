using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Api.Vaultboxes;

internal sealed record CreateVaultboxBody(string? Domain, string? Name, string? Alias);

/// <param name="Code">Null when available.</param>
internal sealed record Availability(bool Available, string? Address, string? Code, string? Detail);

/// <summary>What a PATCH names is changed; what it leaves out stays.</summary>
internal sealed class UpdateVaultboxBody
{
    public string? Name
    {
        get;
        set
        {
            field = value;
            NameChange = Change<string>.To(value);
        }
    }

    /// <summary>active, paused or archived.</summary>
    public string? Status
    {
        get;
        set
        {
            field = value;
            StatusChange = Change<string>.To(value);
        }
    }

    /// <summary>open, baseline, shy or blind.</summary>
    public string? HeaderPolicy
    {
        get;
        set
        {
            field = value;
            HeaderPolicyChange = Change<string>.To(value);
        }
    }

    /// <summary>aes-256-cbc or aes-256-gcm.</summary>
    public string? Cipher
    {
        get;
        set
        {
            field = value;
            CipherChange = Change<string>.To(value);
        }
    }

    /// <summary>seal or leave.</summary>
    public string? EncryptedMail
    {
        get;
        set
        {
            field = value;
            EncryptedMailChange = Change<string>.To(value);
        }
    }

    /// <summary>full, domain or none.</summary>
    public string? MetadataPolicy
    {
        get;
        set
        {
            field = value;
            MetadataPolicyChange = Change<string>.To(value);
        }
    }

    /// <summary>Both limits at once; null, or one left out: as much as comes.</summary>
    public VaultboxLimits? Limits
    {
        get;
        set
        {
            field = value;
            LimitsChange = Change<VaultboxLimits>.To(value);
        }
    }

    internal Change<string> NameChange { get; private set; }

    internal Change<string> StatusChange { get; private set; }

    internal Change<string> HeaderPolicyChange { get; private set; }

    internal Change<string> CipherChange { get; private set; }

    internal Change<string> EncryptedMailChange { get; private set; }

    internal Change<string> MetadataPolicyChange { get; private set; }

    internal Change<VaultboxLimits> LimitsChange { get; private set; }
}
