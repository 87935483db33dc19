using Portal.Web.Support;

namespace Portal.Web.Tests.Security;

public sealed class ViewPlaceTests
{
    private const string Box = "/vaultboxes/0193b5a8-1111-7111-8111-111111111111";

    [Theory]
    [InlineData("/vaultboxes", "Vaultboxes")]
    [InlineData("/VAULTBOXES/", "Vaultboxes")]
    [InlineData(Box + "/activity", "Activity of a vaultbox")]
    [InlineData("/notifications", "Notifications")]
    public void Of_WhatTheOwnerHas_IsOpen(string path, string what) => Assert.Equal(new ViewPlace(what), ViewPlace.Of(path));

    [Theory]
    [InlineData("/mail")]
    [InlineData("/m%61il")]
    [InlineData(Box + "/k%65ys")]
    [InlineData(Box + "/devices")]
    [InlineData("/account/security")]
    [InlineData("/a-page-of-next-year")]
    public void Of_WhatSupportNeverSees_OrNobodyNamed_IsClosed(string path) => Assert.NotNull(ViewPlace.Of(path).Closed);
}
