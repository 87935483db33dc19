using System.Xml.Linq;
using Portal.Platform.DataProtection;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts;

public sealed class DataProtectionKeyRepositoryTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public void StoreElement_ThenGetAllElements_GivesItBack()
    {
        var repository = Get<DataProtectionKeyRepository>();

        repository.StoreElement(new XElement("key", new XAttribute("id", "1"), " text "), "key-1");

        Assert.Equal("<key id=\"1\"> text </key>", Assert.Single(repository.GetAllElements()).ToString(SaveOptions.DisableFormatting));
    }
}
