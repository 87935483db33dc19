using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using Npgsql;
using Portal.Passwords;
using Portal.Testing;
using Portal.Vault;
using Portal.Web.Hosting;
using Portal.Web.MailAuthentication;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>A credential with its password, put into the database as a test wants it.</summary>
public sealed record MadeCredential(Guid Id, string Username, GeneratedPassword Password, GeneratedPassword? Previous = null);

/// <summary>The whole portal with its submission ports and its socket for other mail servers, on both databases.</summary>
public sealed class MailWorld(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly HashSet<string> selectors = new(StringComparer.Ordinal);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("portal-mail-");

    public AuthorisationWorld World { get; } = new(cluster);

    /// <summary>Failed sign-ins of one address, and of one network.</summary>
    public (string PerAddress, string PerNetwork) Limits { get; set; } = ("1000000", "1000000");

    public IServiceProvider Services => World.Services;

    public string SocketPath => Path.Combine(directory.FullName, "auth");

    public int SubmissionPort => Services.GetRequiredService<IOptions<ListenerOptions>>().Value.SubmissionPort;

    public int SubmissionTlsPort => Services.GetRequiredService<IOptions<ListenerOptions>>().Value.SubmissionTlsPort;

    /// <summary>Whoever owns the vaultbox.</summary>
    public Guid OwnerId => World.Reader.Id;

    public VaultActor Owner => VaultActor.Session(OwnerId, isAdmin: false, DateTimeOffset.MaxValue);

    /// <summary>The vaultbox's address: mail to it can be sealed.</summary>
    public string Address => "reader@vault.test";

    /// <summary>The owner's own verified domain, for motor blocks.</summary>
    public string Domain => "sender.test";

    public Guid VaultboxId => World.VaultboxId;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        World.Extra["Portal:DovecotAuth:SocketPath"] = SocketPath;
        (World.Extra["Portal:MailAuthentication:AttemptsPerAddress"], World.Extra["Portal:MailAuthentication:AttemptsPerNetwork"]) = Limits;
        World.Extra["Portal:MailAuthentication:UseInterval"] = "00:00:00.2";
        World.Extra["Portal:Submission:MaxConnectionsPerPeer"] = "500";
        await World.InitializeAsync();
        await World.Platform.ExecuteAsync(
            $"INSERT INTO domains (id, user_id, domain, verification_status, created_at) VALUES (gen_random_uuid(), '{OwnerId}', '{Domain}', 'verified', now())");
        await World.Vault.ExecuteAsync($"UPDATE vaultboxes SET smtp_enabled = true WHERE id = '{VaultboxId}'");
        await Services.GetRequiredService<CredentialWatch>().Listening.WaitAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        directory.Delete(recursive: true);
    }

    /// <param name="columns">What differs from a device for both protocols that works anywhere and for ever.</param>
    /// <param name="previousUntil">With it there is a password before, good until then.</param>
    public async Task<MadeCredential> AddDeviceAsync(
        Guid? vaultboxId = null, string protocols = "smtp imap", string columns = "", DateTimeOffset? previousUntil = null)
    {
        var made = Make("encimap", previousUntil);
        var hasher = Services.GetRequiredService<CredentialHasher>();
        var hash = await hasher.HashAsync(made.Password, Cancel);
        var previousHash = made.Previous is null ? null : await hasher.HashAsync(made.Previous, Cancel);
        await using var connection = new NpgsqlConnection(Pooled(World.Vault));
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            $"""
             INSERT INTO devices (id, user_id, vaultbox_id, username, label, password_id, selector, previous_password_id, previous_selector, previous_valid_until)
             VALUES ($1, $2, $3, $4, 'Test', gen_random_uuid(), $5, CASE WHEN $7::timestamptz IS NOT NULL THEN gen_random_uuid() END, $6, $7)
             """,
            connection);
        Add(command, made.Id, OwnerId, vaultboxId ?? VaultboxId, made.Username, made.Password.Selector, made.Previous?.Selector, previousUntil);
        await command.ExecuteNonQueryAsync(Cancel);
        foreach (var (protocol, insert) in ProtocolRows)
        {
            if (!protocols.Contains(protocol, StringComparison.Ordinal))
                continue;
            await using var row = new NpgsqlCommand(insert, connection);
            Add(row, made.Id, OwnerId, vaultboxId ?? VaultboxId, made.Username, hash, previousHash);
            await row.ExecuteNonQueryAsync(Cancel);
        }

        await SetAsync(connection, "devices", columns, made.Id);
        return made;
    }

    /// <inheritdoc cref="AddDeviceAsync"/>
    public async Task<MadeCredential> AddMotorBlockAsync(string columns = "", DateTimeOffset? previousUntil = null)
    {
        var made = Make("motor", previousUntil);
        var hasher = Services.GetRequiredService<CredentialHasher>();
        await using var connection = new NpgsqlConnection(Pooled(World.Platform));
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            $"""
             INSERT INTO motor_blocks (id, user_id, username, label, domain, password_id, selector, password_hash,
                 previous_password_id, previous_selector, previous_password_hash, previous_valid_until)
             VALUES ($1, $2, $3, 'Test', '{Domain}', gen_random_uuid(), $4, $5, CASE WHEN $8::timestamptz IS NOT NULL THEN gen_random_uuid() END, $6, $7, $8)
             """,
            connection);
        Add(
            command, made.Id, OwnerId, made.Username, made.Password.Selector, await hasher.HashAsync(made.Password, Cancel),
            made.Previous?.Selector, made.Previous is null ? null : await hasher.HashAsync(made.Previous, Cancel), previousUntil);
        await command.ExecuteNonQueryAsync(Cancel);
        await SetAsync(connection, "motor_blocks", columns, made.Id);
        return made;
    }

    /// <summary>A program that is connected in TLS and has not signed in.</summary>
    public async Task<SmtpClient> ConnectAsync(bool startsInTls = false)
    {
        var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = (_, _, _, _) => true };
        await client.ConnectAsync(
            IPAddress.Loopback.ToString(),
            startsInTls ? SubmissionTlsPort : SubmissionPort,
            startsInTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
            Cancel);
        return client;
    }

    public async Task<SmtpClient> SignInAsync(string username, GeneratedPassword password)
    {
        var client = await ConnectAsync();
        await client.AuthenticateAsync(new SaslMechanismPlain(username, password.Text), Cancel);
        return client;
    }

    /// <summary>A message to the vaultbox.</summary>
    public MimeMessage Message(string from, string? to = null)
    {
        var message = new MimeMessage { Subject = "Test", Body = new TextPart("plain") { Text = "Body" } };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to ?? Address));
        return message;
    }

    private static readonly (string Protocol, string Insert)[] ProtocolRows =
    [
        ("smtp", """
            INSERT INTO vaultbox_smtp_credentials (device_id, vaultbox_id, username, password_hash, previous_password_hash, host)
            SELECT $1, $3, $4, $5, $6, 'localhost' WHERE $2 IS NOT NULL
            """),
        ("imap", """
            INSERT INTO imap_app_credentials (device_id, user_id, vaultbox_id, username, password_hash, previous_password_hash)
            VALUES ($1, $2, $3, $4, $5, $6)
            """),
    ];

    private MadeCredential Make(string kind, DateTimeOffset? previousUntil) =>
        new(Guid.NewGuid(), GeneratedName.For(kind, "vault.test"), MakePassword(), previousUntil is null ? null : MakePassword());

    /// <summary>No leading group twice, as the product sees to it: one vaultbox has hundreds of devices here.</summary>
    private GeneratedPassword MakePassword()
    {
        GeneratedPassword made;
        do
            made = GeneratedPassword.Create();
        while (!selectors.Add(made.Selector));
        return made;
    }

    /// <summary>The matrix makes hundreds of credentials: not a connection for each.</summary>
    private static string Pooled(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.Superuser) { Pooling = true }.ConnectionString;

    private static async Task SetAsync(NpgsqlConnection connection, string table, string columns, Guid id)
    {
        if (columns.Length == 0)
            return;
        await using var update = new NpgsqlCommand($"UPDATE {table} SET {columns} WHERE id = '{id}'", connection);
        await update.ExecuteNonQueryAsync(Cancel);
    }

    private static void Add(NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
                DateTimeOffset at => new NpgsqlParameter<DateTimeOffset> { TypedValue = at.ToUniversalTime() },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }
    }
}

[CollectionDefinition(nameof(MailCollection))]
public sealed class MailCollection : ICollectionFixture<MailWorld>;
