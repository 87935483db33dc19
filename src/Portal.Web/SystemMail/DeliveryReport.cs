namespace Portal.Web.SystemMail;

internal enum DeliveryResult
{
    Arrived,

    /// <summary>Not now: 4xx, no answer, or something that the operator will mend.</summary>
    TryLater,

    /// <summary>Never: 5xx.</summary>
    Refused,
}

/// <param name="Reason">In words, for the admin; null when it arrived.</param>
internal sealed record DeliveryReport(DeliveryResult Result, string? Reason = null)
{
    public static DeliveryReport Arrived { get; } = new(DeliveryResult.Arrived);

    public static DeliveryReport TryLater(string reason) => new(DeliveryResult.TryLater, reason);
}
