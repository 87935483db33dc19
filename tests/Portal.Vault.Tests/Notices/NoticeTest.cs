using System.Globalization;
using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

/// <summary>An owner who was told things, as acts tell them.</summary>
public abstract class NoticeTest(VaultFixture vault)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected VaultFixture Vault { get; } = vault;

    protected VaultActor Owner { get; } = VaultActor.Session(Guid.CreateVersion7(), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    protected DateTimeOffset Now => Vault.Time.GetUtcNow();

    protected VaultActor With(string scope) => Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { scope } };

    protected async Task<Guid> TellAsync(DateTimeOffset? at = null, DateTimeOffset? readAt = null, Guid? user = null)
    {
        var id = Guid.CreateVersion7();
        var read = readAt is { } when ? string.Create(CultureInfo.InvariantCulture, $"'{when:O}'") : "NULL";
        await Vault.Database.ExecuteAsync(
            $$"""
              INSERT INTO owner_notices (id, user_id, kind, detail, occurred_at, read_at, wants_mail)
              VALUES ('{{id}}', '{{user ?? Owner.UserId}}', '{{NoticeKinds.KeyAdded}}', '{"name":"Laptop"}', '{{(at ?? Now.AddSeconds(-1)).ToString("O", CultureInfo.InvariantCulture)}}', {{read}}, false)
              """);
        return id;
    }

    protected Task<long> LeftAsync() => Vault.CountAsync($"SELECT count(*) FROM owner_notices WHERE user_id = '{Owner.UserId}'");

    protected async Task<IReadOnlyList<NoticeView>> ListAsync() =>
        (await Vault.Get<ListNotices>().HandleAsync(new(Owner), Cancel)).Value!.Items;
}
