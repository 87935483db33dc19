using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;

namespace Portal.Vault.Aliases;

/// <param name="Domain">Lower-case A-label domain that the caller has found usable by the actor.</param>
/// <param name="Style">words (<c>amber-harbour</c>) or characters (<c>k7m2qdx9wp</c>); null: words.</param>
public sealed record AddRandomAliasRequest(VaultActor Actor, Guid VaultboxId, string Domain, string? Style, AliasTerms Terms);

public static class RandomStyles
{
    public const string Words = "words";
    public const string Characters = "characters";
}

/// <summary>Gives a vaultbox an address that says nothing of whose it is.</summary>
public sealed class AddRandomAlias(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>30 symbols each: 49 bits.</summary>
    private const int Characters = 10;

    /// <summary>Pairs of words may be used up on a large domain; then characters, of which there are plenty.</summary>
    private const int TriesWithWords = 5;

    private const int Tries = 10;

    public async Task<VaultResult<AliasView>> HandleAsync(AddRandomAliasRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.LockForRoomAsync(request.Actor, request.VaultboxId, cancellationToken) is not { } room)
            return VaultProblem.NotFound("vaultbox");
        var style = request.Style ?? RandomStyles.Words;
        if (style is not (RandomStyles.Words or RandomStyles.Characters))
            return VaultProblem.Invalid("style_unknown", "A random address is made of “words” or of “characters”.");
        var terms = AliasTerms.Read(request.Terms, now);
        if (!terms.Succeeded)
            return terms.Problem;
        if (room <= 0)
            return AliasStore.TooMany;
        for (var i = 0; i < Tries; i++)
        {
            var local = Name(style == RandomStyles.Words && i < TriesWithWords);
            var alias = AliasStore.New(request.VaultboxId, request.Domain, local, AliasKinds.Random, now);
            var stored = await AddAlias.StoreAsync(context, request.Actor, alias, terms.Value, cancellationToken);
            if (stored.Succeeded)
                return stored;
        }

        return VaultProblem.Conflict("alias_taken", "No free name was found. Try again.");
    }

    internal static string Name(bool ofWords) => ofWords
        ? $"{Word()}-{Word()}"
        : RandomNumberGenerator.GetString(GeneratedPassword.Alphabet, Characters);

    private static string Word() => AliasWords.All[RandomNumberGenerator.GetInt32(AliasWords.All.Length)];
}
