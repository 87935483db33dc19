using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Aliases;

/// <summary>A line as somebody pasted it.</summary>
/// <param name="Number">From 1, blank lines counted.</param>
/// <param name="Domain">As typed; null: none was.</param>
public sealed record AliasLine(int Number, string Text, string LocalPart, string? Domain)
{
    /// <summary>All but blank ones: a local part each, or an address.</summary>
    public static IReadOnlyList<AliasLine> Read(IEnumerable<string?> lines) => [.. lines
        .Select((text, index) => (Text: text?.Trim() ?? string.Empty, Number: index + 1))
        .Where(line => line.Text.Length > 0)
        .Select(line => line.Text.LastIndexOf('@') is >= 0 and var at
            ? new AliasLine(line.Number, line.Text, line.Text[..at], line.Text[(at + 1)..])
            : new AliasLine(line.Number, line.Text, line.Text, null))];
}

/// <param name="Lines">1 to 500.</param>
/// <param name="Domain">Where a line names none: what the caller found usable by the actor.</param>
/// <param name="Domains">What the caller found of each domain that a line names, by how it was typed; one that is not in it is not usable.</param>
/// <param name="Terms">Of each.</param>
public sealed record AddAliasesRequest(
    VaultActor Actor, Guid VaultboxId, IReadOnlyList<AliasLine> Lines, string Domain, IReadOnlyDictionary<string, string> Domains, AliasTerms Terms);

/// <param name="Line">From 1.</param>
/// <param name="Id">Null: it was not added, and <paramref name="Code"/> and <paramref name="Detail"/> say why.</param>
public sealed record AddedAliasLine(int Line, string Text, Guid? Id, string? Address, string? Code, string? Detail);

/// <param name="Added">How many of the lines are addresses now.</param>
/// <param name="Items">One for each line that is not blank, in their order.</param>
public sealed record AddedAliases(int Added, IReadOnlyList<AddedAliasLine> Items);

/// <summary>Gives a vaultbox many addresses at once: each line that can be one, whatever the others are.</summary>
public sealed class AddAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const int MostLines = 500;

    public async Task<VaultResult<AddedAliases>> HandleAsync(AddAliasesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.LockForRoomAsync(request.Actor, request.VaultboxId, cancellationToken) is not { } room)
            return VaultProblem.NotFound("vaultbox");
        if (Unreadable(request.Lines) is { } problem)
            return problem;
        var terms = AliasTerms.Read(request.Terms, now);
        if (!terms.Succeeded)
            return terms.Problem;

        var lines = Read(request, now);
        await RefuseTakenAsync(context, request.Actor, lines, cancellationToken);
        foreach (var line in lines.Where(l => l.Problem is null).Skip(Math.Max(room, 0)))
            line.Problem = AliasStore.TooMany;
        var stored = await context.InsertAsync(request.Actor, [.. lines.Where(l => l.Problem is null).Select(l => l.Alias!)], terms.Value, cancellationToken);
        // Free a moment ago, and another vaultbox's now.
        foreach (var line in lines.Where(l => l.Problem is null && !stored.Contains(l.Alias!.Id)))
            line.Problem = CheckAlias.Taken(line.Alias!.LocalPart, line.Alias.Domain);
        if (stored.Count > 0)
            context.Audit(request.Actor.By, Acts.AliasesAdded, AuditTarget.Of(AuditTarget.VaultboxKind, request.VaultboxId, request.Actor.UserId), now, new AuditDetail().Fact("addresses", stored.Count));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddedAliases(stored.Count, lines.ConvertAll(l => l.Result()));
    }

    /// <summary>Null when there is something to add, and not too much.</summary>
    public static VaultProblem? Unreadable(IReadOnlyCollection<AliasLine> lines) => lines.Count switch
    {
        0 => VaultProblem.Invalid("lines_missing", "Paste one address on each line."),
        > MostLines => VaultProblem.Invalid("lines_too_many", string.Create(CultureInfo.InvariantCulture, $"At most {MostLines} lines at once; these are {lines.Count}.")),
        _ => null,
    };

    private static List<Reading> Read(AddAliasesRequest request, DateTimeOffset now)
    {
        var seen = new HashSet<(string Domain, string LocalPart)>();
        return [.. request.Lines.Select(line => Read(request, line, now, seen))];
    }

    private static Reading Read(AddAliasesRequest request, AliasLine line, DateTimeOffset now, HashSet<(string Domain, string LocalPart)> seen)
    {
        var domain = line.Domain is null ? request.Domain : request.Domains.GetValueOrDefault(line.Domain);
        if (domain is null)
            return new Reading(line) { Problem = VaultProblem.Invalid("domain_unknown", $"“{line.Domain}” is no verified domain of yours.") };
        var local = LocalPart.Parse(line.LocalPart);
        if (!local.Succeeded)
            return new Reading(line) { Problem = local.Problem };
        var alias = AliasStore.New(request.VaultboxId, domain, local.Value, AliasKinds.Named, now);
        return seen.Add((domain, local.Value))
            ? new Reading(line) { Alias = alias }
            : new Reading(line) { Problem = VaultProblem.Conflict("alias_repeated", $"{local.Value}@{domain} stands on a line above.") };
    }

    private static async Task RefuseTakenAsync(VaultContext context, VaultActor actor, List<Reading> lines, CancellationToken cancellationToken)
    {
        foreach (var domain in lines.Where(l => l.Alias is not null).GroupBy(l => l.Alias!.Domain, StringComparer.Ordinal))
        {
            var taken = await context.WhyTakenAsync(actor, domain.Key, [.. domain.Select(l => l.Alias!.LocalPart)], cancellationToken);
            foreach (var line in domain)
                line.Problem = taken.GetValueOrDefault(line.Alias!.LocalPart);
        }
    }

    private sealed class Reading(AliasLine line)
    {
        public Alias? Alias { get; init; }

        public VaultProblem? Problem { get; set; }

        public AddedAliasLine Result() => Problem is null
            ? new AddedAliasLine(line.Number, line.Text, Alias!.Id, $"{Alias.LocalPart}@{Alias.Domain}", null, null)
            : new AddedAliasLine(line.Number, line.Text, null, null, Problem.Code, Problem.Detail);
    }
}
