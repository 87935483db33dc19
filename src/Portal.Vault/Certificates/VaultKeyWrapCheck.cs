using System.Text.Json;

namespace Portal.Vault.Certificates;

/// <summary>The form of a wrap, which is all of it that the server can judge.</summary>
internal static class VaultKeyWrapCheck
{
    private const int MaxKdfLength = 1024;

    public static VaultProblem? Of(NewVaultKeyWrap wrap) => wrap switch
    {
        { Method: not (UnlockMethods.Passphrase or UnlockMethods.RecoveryKit) } => VaultProblem.Invalid(
            "wrap_method_unknown", $"A vault key is wrapped by “{UnlockMethods.Passphrase}” or “{UnlockMethods.RecoveryKit}”."),
        { Wrapped.Length: not VaultKeyWrap.Length } => VaultProblem.Invalid("wrap_malformed", "A wrapped vault key has 60 bytes: nonce 12, ciphertext 32, tag 16."),
        { Kdf: var kdf } when kdf.ValueKind != JsonValueKind.Object || kdf.GetRawText().Length > MaxKdfLength =>
            VaultProblem.Invalid("wrap_malformed", "“kdf” must be a JSON object of at most 1,024 characters."),
        _ => null,
    };
}
