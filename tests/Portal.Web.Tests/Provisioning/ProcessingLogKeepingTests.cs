using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class ProcessingLogKeepingTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Keep_PurgeFails_IsTriedAgainAfterLongerAndLongerPauses()
    {
        await Vault.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION delete_late_email_processing_logs(before date) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS
            $$ BEGIN RAISE EXCEPTION 'locked' USING ERRCODE = 'lock_not_available'; END $$
            """);
        var services = Instance();
        using var keeping = new ProcessingLogKeeping(
            services.GetRequiredService<RollUpProcessingLog>(), services.GetRequiredService<PurgeProcessingLog>(), Time, NullLogger<ProcessingLogKeeping>.Instance);
        var tries = new List<bool>();

        foreach (var minutes in (int[])[0, 14, 1, 29, 1, 59, 1])
        {
            Time.Advance(TimeSpan.FromMinutes(minutes));
            tries.Add(await FailsAsync(keeping));
        }

        Assert.Equal([true, false, true, false, true, false, true], tries);
    }

    private static async Task<bool> FailsAsync(ProcessingLogKeeping keeping)
    {
        try
        {
            await keeping.KeepAsync(Cancel);
            return false;
        }
        catch (InvalidOperationException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return true;
        }
    }
}
