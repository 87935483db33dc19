using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Certificates;

public sealed record GetKeyCoverageRequest(VaultActor Actor, Guid VaultboxId);

/// <param name="Messages">How many it opens.</param>
/// <param name="Alone">How many of these no other key opens.</param>
public sealed record KeyOpens(Guid CertificateId, long Messages, long Alone);

/// <summary>A stretch of time in which the mail that came in opens with about as many keys.</summary>
/// <param name="FewestKeys">That any message in it opens with; 0: no key of this vaultbox opens it.</param>
public sealed record CoverageSpan(DateTimeOffset From, DateTimeOffset To, long Messages, int FewestKeys, int MostKeys);

/// <param name="Messages">All sealed messages of the vaultbox.</param>
/// <param name="Keys">One for each mail key, retired ones too.</param>
/// <param name="Spans">By time; two in a row differ in whether losing one key would lose mail.</param>
public sealed record KeyCoverage(long Messages, IReadOnlyList<KeyOpens> Keys, IReadOnlyList<CoverageSpan> Spans);

/// <summary>Which key opens how many messages of a vaultbox, and which messages hang on one key alone.</summary>
public sealed class GetKeyCoverage(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<KeyCoverage>> HandleAsync(GetKeyCoverageRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await KeyedVaultbox.IsOwnAsync(context, request.Actor, request.VaultboxId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        var keys = await context.Certificates
            .Where(c => c.VaultboxId == request.VaultboxId && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => new { c.Id, c.FingerprintSha256 }).ToListAsync(cancellationToken);
        var usable = await SealedGroups.UsableKeysAsync(context, request.VaultboxId, cancellationToken);
        var groups = await SealedGroups.ReadAsync(context, request.VaultboxId, cancellationToken);
        return new KeyCoverage(
            groups.Sum(g => g.Messages),
            keys.ConvertAll(key => Opens(key.Id, Convert.ToHexStringLower(key.FingerprintSha256), usable, groups)),
            Spans(groups, usable));
    }

    private static KeyOpens Opens(Guid id, string fingerprint, HashSet<string> usable, IReadOnlyList<SealedGroup> groups) => new(
        id,
        usable.Contains(fingerprint) ? groups.Where(g => g.SealedTo.Contains(fingerprint, StringComparer.Ordinal)).Sum(g => g.Messages) : 0,
        SealedGroups.OpenWithOnly(groups, usable, fingerprint));

    /// <summary>Neighbours in time are one span as long as they are alike: opened by no key, by one, or by more.</summary>
    private static List<CoverageSpan> Spans(IReadOnlyList<SealedGroup> groups, HashSet<string> usable)
    {
        var spans = new List<CoverageSpan>();
        foreach (var group in groups.OrderBy(g => g.FirstAt))
        {
            var keys = group.SealedTo.Count(usable.Contains);
            if (spans.Count > 0 && Math.Min(spans[^1].FewestKeys, 2) == Math.Min(keys, 2))
            {
                var last = spans[^1];
                spans[^1] = new CoverageSpan(
                    last.From, group.LastAt > last.To ? group.LastAt : last.To, last.Messages + group.Messages, Math.Min(last.FewestKeys, keys), Math.Max(last.MostKeys, keys));
                continue;
            }

            spans.Add(new CoverageSpan(group.FirstAt, group.LastAt, group.Messages, keys, keys));
        }

        return spans;
    }
}
