using Bunit;
using Portal.Testing;
using Portal.Web.Components.Keys;

namespace Portal.Web.Tests.Components.Keys;

public sealed class KeyAddPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Open_Own_GivesBothIslandsTheVaultboxItsAddressAndTheWayBack()
    {
        var own = await MakeVaultboxAsync("mara", "Everyday mail");

        var page = Render<KeyAddPage>(p => p.Add(k => k.Id, own.Id));

        page.WaitForElement("vb-key-add");
        foreach (var island in page.FindAll("vb-key-add, vb-key-import"))
            Assert.Equal(($"{own.Id}", "mara@vault.test", $"/vaultboxes/{own.Id}/keys"), (island.GetAttribute("vaultbox-id"), island.GetAttribute("address"), island.GetAttribute("next")));
        Assert.Single(page.FindAll("vb-key-import"));
        Assert.Contains("Switch JavaScript on", page.Find("noscript").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_SomeoneElsesOrDeleted_IsNotFound(bool isDeleted)
    {
        var box = await MakeVaultboxAsync("theirs", "Secret name", owner: isDeleted ? UserId : Guid.NewGuid());
        if (isDeleted)
            await Vault.ExecuteAsync($"UPDATE vaultboxes SET deleted_at = now() WHERE id = '{box.Id}'");

        await IsNotFoundAsync(() => Render<KeyAddPage>(p => p.Add(k => k.Id, box.Id)));
    }
}
