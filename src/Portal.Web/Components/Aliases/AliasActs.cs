using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Vault;
using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning;

namespace Portal.Web.Components.Aliases;

/// <summary>What the pages do with the addresses of a vaultbox, as the person of the circuit. A refusal comes back as a <see cref="Failure"/>.</summary>
internal sealed record AliasActs(
    ListAliases List,
    CountAliases Counts,
    FindAliasIds Find,
    ChangeAliases Changes,
    UpdateAlias Update,
    ProvisionAlias Provision,
    CheckAddress Check,
    ListDomains Domains,
    SignedIn SignedIn)
{
    /// <summary>Rows of one page.</summary>
    internal const int PageSize = 50;

    private const int LargestPage = 200;

    /// <summary>The newest addresses that match, the primary one before them.</summary>
    /// <param name="atLeast">Rows, as far as there are so many.</param>
    public async Task<ShownAliases> ListAsync(Guid vaultboxId, string? search, string? state, int atLeast, string? after, CancellationToken cancellationToken)
    {
        var actor = await SignedIn.VaultActorAsync();
        var rows = new List<AliasView>();
        do
        {
            var limit = Math.Clamp(atLeast - rows.Count, PageSize, LargestPage);
            var page = await List.HandleAsync(new ListAliasesRequest(actor, vaultboxId, search, state, limit, after, NewestFirst: true), cancellationToken);
            rows.AddRange(page.Value?.Items ?? []);
            after = page.Value?.Next;
        }
        while (after is not null && rows.Count < atLeast);
        return new ShownAliases(rows, after);
    }

    public async Task<AliasCounts> CountAsync(Guid vaultboxId, string? search, CancellationToken cancellationToken) =>
        (await Counts.HandleAsync(new CountAliasesRequest(await SignedIn.VaultActorAsync(), vaultboxId, search), cancellationToken)).Value
        ?? new AliasCounts(0, new Dictionary<string, int>(StringComparer.Ordinal));

    public async Task<IReadOnlyList<Guid>> FindAsync(Guid vaultboxId, string? search, string? state, CancellationToken cancellationToken) =>
        (await Find.HandleAsync(new FindAliasIdsRequest(await SignedIn.VaultActorAsync(), vaultboxId, search, state), cancellationToken)).Value ?? [];

    /// <summary>Verified domains that may have addresses, the account's own first.</summary>
    public async Task<IReadOnlyList<ListedDomain>> DomainsAsync(CancellationToken cancellationToken)
    {
        var listed = await Domains.HandleAsync(await SignedIn.ActorAsync(), new ListDomainsRequest(Limit: 200), cancellationToken);
        return [.. (listed.Value?.Items ?? []).Where(d => d.VerificationStatus == VerificationStatus.Verified).OrderByDescending(d => d.Owned)];
    }

    /// <summary>The address as it would be, when it can be had.</summary>
    public async Task<Outcome<string>> CheckAsync(string domain, string local, CancellationToken cancellationToken) =>
        Answer(await Check.HandleAsync(new CheckAddressRequest(await SignedIn.ActorAsync(), domain, local), cancellationToken));

    public async Task<Outcome<AliasView>> AddAsync(Guid vaultboxId, AliasInput input, CancellationToken cancellationToken) => input.Read() is { Succeeded: true } read
        ? Answer(await Provision.HandleAsync(
            new ProvisionAliasRequest(await SignedIn.ActorAsync(), vaultboxId, input.Domain, input.Local, read.Value), cancellationToken))
        : input.Read().Failure!;

    /// <summary>In the vaultbox's own domain.</summary>
    public async Task<Outcome<AliasView>> AddMaskedAsync(Guid vaultboxId, CancellationToken cancellationToken) => Answer(
        await Provision.HandleAsync(
            new ProvisionRandomAliasRequest(await SignedIn.ActorAsync(), vaultboxId, Domain: null, RandomStyles.Words, new AliasTerms()), cancellationToken));

    public async Task<Outcome<AliasView>> AddCatchAllAsync(Guid vaultboxId, string domain, CancellationToken cancellationToken) => Answer(
        await Provision.HandleAsync(new ProvisionCatchAllRequest(await SignedIn.ActorAsync(), vaultboxId, domain, new AliasTerms()), cancellationToken));

    public async Task<Outcome<AddedAliases>> AddManyAsync(Guid vaultboxId, string domain, string text, string label, CancellationToken cancellationToken) => Answer(
        await Provision.HandleAsync(
            new ProvisionAliasesRequest(await SignedIn.ActorAsync(), vaultboxId, domain, text.Split('\n'), new AliasTerms(label)), cancellationToken));

    /// <summary>What was changed in the input; without a change it still counts as use.</summary>
    public async Task<Outcome<AliasView>> UpdateAsync(AliasView alias, Guid vaultboxId, AliasInput input, CancellationToken cancellationToken)
    {
        var read = input.Read();
        if (!read.Succeeded)
            return read.Failure;
        var terms = read.Value;
        return Answer(await Update.HandleAsync(
            new UpdateAliasRequest(
                await SignedIn.VaultActorAsync(),
                vaultboxId,
                alias.Id,
                string.Equals(terms.Label ?? "", alias.Label ?? "", StringComparison.Ordinal) ? default : Change<string>.To(terms.Label),
                string.Equals(terms.Note ?? "", alias.Note ?? "", StringComparison.Ordinal) ? default : Change<string>.To(terms.Note),
                terms.ExpiresAt == alias.ExpiresAt ? default : Change<DateTimeOffset?>.To(terms.ExpiresAt),
                terms.MaxMessages == alias.MaxMessages ? default : Change<int?>.To(terms.MaxMessages),
                terms.MaxIdleDays == alias.MaxIdleDays ? default : Change<int?>.To(terms.MaxIdleDays)),
            cancellationToken));
    }

    /// <summary>As many as there are, in steps of <see cref="ChangeAliases.Most"/>; what is done when a step is refused stays done.</summary>
    /// <param name="step">Told how many were looked at, after each step.</param>
    public async Task<Outcome<ChangedAliases>> ChangeAsync(
        Guid vaultboxId, string action, IReadOnlyCollection<Guid> ids, Action<int> step, CancellationToken cancellationToken)
    {
        var actor = await SignedIn.VaultActorAsync();
        ChangedAliases? total = null;
        var done = 0;
        foreach (var batch in ids.Chunk(ChangeAliases.Most))
        {
            var changed = await Changes.HandleAsync(new ChangeAliasesRequest(actor, vaultboxId, action, batch), cancellationToken);
            if (!changed.Succeeded)
                return total is null ? Answer(changed) : total;
            total = total is null
                ? changed.Value
                : total with { Changed = [.. total.Changed, .. changed.Value.Changed], Unchanged = [.. total.Unchanged, .. changed.Value.Unchanged] };
            step(done += batch.Length);
        }

        return total is null ? new Failure("ids_out_of_range", "Choose at least one address.") : total;
    }

    private static Outcome<T> Answer<T>(VaultResult<T> result)
        where T : notnull => result.Succeeded ? result.Value : new Failure(result.Problem.Code, result.Problem.Detail);
}

/// <param name="Next">Cursor of what comes after; null at the end.</param>
internal sealed record ShownAliases(IReadOnlyList<AliasView> Rows, string? Next);
