using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Migrations.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests;

public sealed class PlatformSchemaTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string SomeUser = "00000000-0000-0000-0000-000000000001";

    [Fact]
    public void LatestMigration_AgainstMigrations_NamesTheNewest()
    {
        using var context = PlatformContextFactory.Create("Host=localhost");

        Assert.Equal(PlatformSchema.LatestMigration, context.Database.GetMigrations().Last());
    }

    [Fact]
    public void Model_AgainstMigrations_HasNoPendingChange()
    {
        using var context = PlatformContextFactory.Create("Host=localhost");

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData("users", "id,email,password_hash,email_verified,created_at,updated_at")]
    [InlineData("motor_blocks", "id,user_id,username,password_hash,smtp_enabled,rate_limit_per_hour,domain,created_at,updated_at")]
    [InlineData("domains", "id,user_id,domain,verification_status,dkim_public_key,created_at")]
    [InlineData("subscriptions", "id,user_id,stripe_subscription_id,plan_name,status,current_period_start,current_period_end,created_at")]
    [InlineData("billing", "id,user_id")]
    [InlineData("sessions", "id,user_id")]
    public async Task Table_OfTheFoundingDocument_HasItsColumns(string table, string columns)
    {
        var present = await Database.ScalarAsync<string[]>(
            $"SELECT array_agg(column_name::text) FROM information_schema.columns WHERE table_name = '{table}'");

        Assert.Empty(columns.Split(',').Except(present!, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Timestamps_Everywhere_HaveAZone()
    {
        var without = await Database.ScalarAsync<long>(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'");

        Assert.Equal(0, without);
    }

    [Theory]
    [InlineData($"INSERT INTO users (id, email) VALUES ('{SomeUser}', 'Upper@example.org')", "ck_users_email_lower")]
    [InlineData($"INSERT INTO users (id, email, role) VALUES ('{SomeUser}', 'a@example.org', 'root')", "ck_users_role")]
    [InlineData($"INSERT INTO users (id, email, status) VALUES ('{SomeUser}', 'a@example.org', 'asleep')", "ck_users_status")]
    [InlineData($"INSERT INTO motor_blocks (user_id, username, password_hash) VALUES ('{SomeUser}', 'a@example.org', '!')", "ck_motor_blocks_username_pool")]
    [InlineData($"INSERT INTO motor_blocks (user_id, username, password_hash) VALUES ('{SomeUser}', 'encimap-example-org-abcdef', '!')", "ck_motor_blocks_username_pool")]
    [InlineData($"INSERT INTO motor_blocks (user_id, username, password_hash, previous_password_hash) VALUES ('{SomeUser}', 'motor-a', '!', '!')", "ck_motor_blocks_previous")]
    [InlineData("INSERT INTO setup_links (token_hash, expires_at) VALUES ('\\x00', now())", "ck_setup_links_token_hash")]
    public async Task Insert_OfAnImpossibleRow_IsRefused(string sql, string constraint)
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql));

        Assert.Equal(constraint, fault.ConstraintName);
    }

    [Fact]
    public async Task MotorBlockIndex_ForSignIn_IsPartial()
    {
        var definition = await Database.ScalarAsync<string>(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_motor_blocks_username_smtp_enabled'");

        Assert.EndsWith("(username) WHERE smtp_enabled", definition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_AsItsRole_ReadsWhatItNeedsAndNothingElse()
    {
        const string readable = "SELECT string_agg(table_name || '.' || column_name, ',' ORDER BY table_name, column_name) "
            + "FROM information_schema.column_privileges WHERE grantee = 'motorical_auth'";

        Assert.Equal(
            "motor_blocks.allowed_networks,motor_blocks.domain,motor_blocks.expires_at,motor_blocks.id,motor_blocks.password_hash,"
            + "motor_blocks.password_id,motor_blocks.previous_password_hash,motor_blocks.previous_password_id,motor_blocks.previous_selector,"
            + "motor_blocks.previous_valid_until,motor_blocks.rate_limit_per_hour,motor_blocks.revoked_at,motor_blocks.selector,"
            + "motor_blocks.smtp_enabled,motor_blocks.user_id,motor_blocks.username,users.id,users.status",
            await Database.ScalarAsync<string>(readable));
        Assert.Equal(
            "SELECT",
            await Database.ScalarAsync<string>("SELECT string_agg(DISTINCT privilege_type, ',') FROM information_schema.column_privileges WHERE grantee = 'motorical_auth'"));
    }

    [Fact]
    public async Task DeleteUser_WhoOwnsADomain_IsRefused()
    {
        await AddUserAsync("owner@example.org");
        await Database.ExecuteAsync("INSERT INTO domains (user_id, domain) SELECT id, 'example.org' FROM users");

        var fault = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync("DELETE FROM users"));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, fault.SqlState);
    }

    [Fact]
    public async Task Save_WithFalseAndZero_KeepsThemOverTheDefaults()
    {
        var owner = await AddUserAsync("owner@example.org");
        await using (var context = await ContextAsync())
        {
            context.MotorBlocks.Add(new MotorBlock
            {
                UserId = owner,
                Username = "block",
                PasswordHash = "-",
                SmtpEnabled = false,
                RateLimitPerHour = 0,
            });
            context.Users.Add(new User { Email = "open@example.org", LockoutEnabled = false });
            await context.SaveChangesAsync(Cancel);
        }

        await using var read = await ContextAsync();
        var block = await read.MotorBlocks.AsNoTracking().SingleAsync(Cancel);
        Assert.False(block.SmtpEnabled);
        Assert.Equal(0, block.RateLimitPerHour);
        Assert.False((await read.Users.AsNoTracking().SingleAsync(user => user.Email == "open@example.org", Cancel)).LockoutEnabled);
    }
}
