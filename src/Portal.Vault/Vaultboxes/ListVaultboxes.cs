using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Vaultboxes;

/// <param name="Search">Part of the name, of the address or of an alias; null for all.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before, of the same order.</param>
/// <param name="State">One of <see cref="VaultboxStates"/>; null: all but the deleted.</param>
/// <param name="IsWorstFirst">
/// What needs a key, what has one that ends soon, the rest, the paused and the archived; of each the one with the latest mail first. Else
/// the oldest first.
/// </param>
public sealed record ListVaultboxesRequest(
    VaultActor Actor, string? Search = null, int Limit = 50, string? After = null, string? State = null, bool IsWorstFirst = false);

/// <summary>The actor's own vaultboxes.</summary>
public sealed class ListVaultboxes
{
    /// <summary>Rank, time and id.</summary>
    private const int CursorLength = 2 + 8 + 16;

    private readonly IDbContextFactory<VaultContext> _contexts;
    private readonly VaultboxRanks _ranks;
    private readonly TimeProvider _time;

    internal ListVaultboxes(IDbContextFactory<VaultContext> contexts, VaultboxRanks ranks, TimeProvider time) => (_contexts, _ranks, _time) = (contexts, ranks, time);

    public async Task<VaultResult<Page<VaultboxView>>> HandleAsync(ListVaultboxesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        if (!TryRead(request.After, out var after))
            return Cursor.Malformed;
        if (request.State is not null && !VaultboxStates.All.Contains(request.State, StringComparer.Ordinal))
            return VaultProblem.Invalid("state_unknown", $"“{request.State}” is no state. Use one of: {string.Join(", ", VaultboxStates.All)}.");
        var limit = Math.Clamp(request.Limit, 1, 200);
        var ranked = await _ranks.PageAsync(
            request.Actor.UserId, request.Search, request.State, request.IsWorstFirst, limit + 1, after, cancellationToken);
        var isMore = ranked.Count > limit;
        var places = ranked.Take(limit).Select((row, index) => (row.Id, index)).ToDictionary(row => row.Id, row => row.index);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Vaultboxes.IgnoreQueryFilters().Where(v => places.Keys.Contains(v.Id)).ToListAsync(cancellationToken);
        var views = await context.ViewsAsync([.. rows.OrderBy(v => places[v.Id])], _time.GetUtcNow(), cancellationToken);
        return new Page<VaultboxView>(views, isMore ? Write(ranked[limit - 1]) : null);
    }

    private static bool TryRead(string? text, out RankedVaultbox? after)
    {
        after = null;
        if (string.IsNullOrEmpty(text))
            return true;
        Span<byte> bytes = stackalloc byte[CursorLength];
        if (!Base64Url.IsValid(text, out var length) || length != CursorLength || !Base64Url.TryDecodeFromChars(text, bytes, out _))
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        after = new RankedVaultbox(new Guid(bytes[10..], bigEndian: true), BinaryPrimitives.ReadInt16BigEndian(bytes), new DateTimeOffset(ticks, TimeSpan.Zero));
        return true;
    }

    private static string Write(RankedVaultbox last)
    {
        Span<byte> bytes = stackalloc byte[CursorLength];
        BinaryPrimitives.WriteInt16BigEndian(bytes, last.Rank);
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], last.At.UtcTicks);
        last.Id.TryWriteBytes(bytes[10..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
