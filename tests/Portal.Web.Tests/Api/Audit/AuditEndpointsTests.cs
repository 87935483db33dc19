using Portal.Audit;
using Portal.Platform.Audit;
using Portal.Web.Api.Audit;

namespace Portal.Web.Tests.Api.Audit;

public sealed class AuditEndpointsTests
{
    private static readonly AuditView Entry = new(
        7, DateTimeOffset.UnixEpoch, ActorKinds.Person, new AuditPerson(Guid.Empty, Guid.Empty, "=mara@vault.test"), null, Acts.RoleChanged, AuditTarget.AccountKind, null,
        null, new AuditFrom("192.0.2.0/24", "Firefox on Linux", "session 1f0c9a2e"), new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = "user" },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = "admin" }, false, "aa", "bb");

    [Fact]
    public void Csv_OfAnEntry_HasOneRowAndComputesNothing()
    {
        var lines = AuditEndpoints.Csv([Entry]).Split("\r\n");

        Assert.Equal(
            "entry,time,act,actor_kind,actor,actor_email,on_behalf_of,target_kind,target,owner,owner_email,network,agent,credential,before,after,hash,previous_hash",
            lines[0]);
        Assert.Equal(
            $"7,1970-01-01T00:00:00.000000Z,account.role_changed,person,{Guid.Empty},'=mara@vault.test,,account,,,,192.0.2.0/24,Firefox on Linux,session 1f0c9a2e,"
            + "\"{\"\"role\"\":\"\"user\"\"}\",\"{\"\"role\"\":\"\"admin\"\"}\",aa,bb",
            lines[1]);
    }

    [Fact]
    public void Ndjson_OfTwoEntries_HasALineForEach()
    {
        var lines = AuditEndpoints.Ndjson([Entry, Entry with { Seq = 6 }]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.StartsWith("{\"seq\":7,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"before\":{\"role\":\"user\"}", lines[0], StringComparison.Ordinal);
    }
}
