using Portal.Vault.ProcessingLog;
using Portal.Web.Api.ProcessingLog;

namespace Portal.Web.Tests.Api.ProcessingLog;

public sealed class ActivityExportTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("post@school.test", "post@school.test")]
    public void Write_WhatASenderChose_IsTextInItsCell(string sender, string cell)
    {
        var row = new LogEntryView(
            Guid.Empty, DateTimeOffset.UnixEpoch, Guid.Empty, null, LogStages.Stored, LogOutcomes.Ok, 250, "2.0.0", null, null, "mx1.example.org", null, null,
            20, sender, "mara@vault.test", ["aa", "bb"], null, null, "test");

        var lines = ActivityExport.Write([row]).Split("\r\n");

        Assert.Equal("time,passport,step,outcome,code,reason,sender,recipient,peer,tls,size_octets,cipher,fingerprints", lines[0]);
        Assert.Equal($"1970-01-01T00:00:00.0000000Z,{Guid.Empty},stored,ok,250 2.0.0,,{cell},mara@vault.test,mx1.example.org,,20,,aa bb", lines[1]);
    }
}
