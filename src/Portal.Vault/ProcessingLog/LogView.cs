namespace Portal.Vault.ProcessingLog;

/// <summary>Filters of the log that an admin gave a name.</summary>
public sealed class LogView
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose view it is; nobody else sees it.</summary>
    public required Guid UserId { get; init; }

    public required string Name { get; set; }

    /// <summary>The query string of the page, without its question mark; empty for no filter.</summary>
    public required string Query { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
