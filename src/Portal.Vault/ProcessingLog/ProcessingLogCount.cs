namespace Portal.Vault.ProcessingLog;

/// <summary>
/// How many rows of the log a quarter of an hour has, of one kind. Kept apart so that a chart over weeks reads thousands of rows and not
/// millions. What no row has is empty or 0 here, for it is part of the key.
/// </summary>
public sealed class ProcessingLogCount
{
    /// <summary>Where the quarter of an hour begins, UTC.</summary>
    public required DateTimeOffset Slot { get; init; }

    /// <summary>Empty for what is no domain of this portal: strangers type any.</summary>
    public required string RecipientDomain { get; init; }

    public required string Stage { get; init; }

    public required string Outcome { get; init; }

    public required int SmtpCode { get; init; }

    public required string EnhancedCode { get; init; }

    public required long Events { get; init; }
}

/// <summary>
/// How many rows an hour has whose sender is of one domain, and whose recipient is not: those are among <see cref="ProcessingLogCount"/>.
/// Senders' domains are many, hence neither step nor code.
/// </summary>
public sealed class ProcessingLogSenderCount
{
    /// <summary>Stands for the domains of an hour that had more than are counted (<see cref="RollUpProcessingLog.MostSenders"/>).</summary>
    public const string Rest = "";

    /// <summary>Or <see cref="Rest"/>.</summary>
    public required string SenderDomain { get; init; }

    /// <summary>Where the hour begins, UTC.</summary>
    public required DateTimeOffset Hour { get; init; }

    public required string Outcome { get; init; }

    public required long Events { get; init; }
}

/// <summary>Up to when the log is counted; one row. Behind it the log itself is asked.</summary>
public sealed class ProcessingLogCounting
{
    public const short TheOne = 1;

    public short Id { get; init; } = TheOne;

    public DateTimeOffset CountedUntil { get; set; }
}
