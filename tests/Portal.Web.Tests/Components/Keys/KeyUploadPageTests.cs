using Bunit;
using Portal.Testing;
using Portal.Web.Components.Keys;

namespace Portal.Web.Tests.Components.Keys;

public sealed class KeyUploadPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Open_Own_GivesTheIslandTheVaultboxAndTheWayBack()
    {
        var own = await MakeVaultboxAsync("mara", "Everyday mail");

        var page = Render<KeyUploadPage>(p => p.Add(k => k.Id, own.Id));

        var island = page.WaitForElement("vb-certificate-upload");
        Assert.Equal(($"{own.Id}", $"/vaultboxes/{own.Id}/keys"), (island.GetAttribute("vaultbox-id"), island.GetAttribute("next")));
        Assert.Contains("New mail to mara@vault.test is sealed to them as well.", page.Find("header").TextContent, StringComparison.Ordinal);
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

        await IsNotFoundAsync(() => Render<KeyUploadPage>(p => p.Add(k => k.Id, box.Id)));
    }
}
