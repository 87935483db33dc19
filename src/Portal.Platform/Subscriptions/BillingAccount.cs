using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.Subscriptions;

/// <summary>Who pays for an account. Table <c>billing</c>; card data stay with the payment provider.</summary>
public sealed class BillingAccount
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    public string? StripeCustomerId { get; set; }

    /// <summary>Where invoices go; null: to the account's own address.</summary>
    public string? BillingEmail { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class BillingAccountConfiguration : IEntityTypeConfiguration<BillingAccount>
{
    public void Configure(EntityTypeBuilder<BillingAccount> builder)
    {
        builder.ToTable("billing");
        builder.Property(billing => billing.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(billing => billing.StripeCustomerId).HasMaxLength(255);
        builder.Property(billing => billing.BillingEmail).HasMaxLength(255);
        builder.Property(billing => billing.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(billing => billing.UpdatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(billing => billing.UserId).IsUnique();
        builder.HasIndex(billing => billing.StripeCustomerId).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(billing => billing.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
