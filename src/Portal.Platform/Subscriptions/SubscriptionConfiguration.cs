using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Platform.Accounts;

namespace Portal.Platform.Subscriptions;

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("subscriptions");
        builder.Property(subscription => subscription.Id).HasDefaultValueSql("gen_random_uuid()");
        builder.Property(subscription => subscription.StripeSubscriptionId).HasMaxLength(255);
        builder.Property(subscription => subscription.PlanName).HasMaxLength(100);
        builder.Property(subscription => subscription.Status).HasMaxLength(32).HasDefaultValue("active");
        builder.Property(subscription => subscription.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(subscription => subscription.StripeSubscriptionId).IsUnique();
        builder.HasIndex(subscription => subscription.UserId);

        // Restrict: what was paid for outlives the account until the books are closed.
        builder.HasOne<User>().WithMany().HasForeignKey(subscription => subscription.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
