namespace Portal.Platform.Subscriptions;

/// <summary>A plan that an account is on, for a period. Self-hosted installations have none.</summary>
public sealed class Subscription
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    public string? StripeSubscriptionId { get; set; }

    public required string PlanName { get; set; }

    /// <summary>Stripe's word for the state; <c>active</c> at first.</summary>
    public string Status { get; set; } = "active";

    public DateTimeOffset? CurrentPeriodStart { get; set; }

    public DateTimeOffset? CurrentPeriodEnd { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
