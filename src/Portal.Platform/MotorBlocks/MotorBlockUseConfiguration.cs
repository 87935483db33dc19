using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.MotorBlocks;

internal sealed class MotorBlockUseConfiguration : IEntityTypeConfiguration<MotorBlockUse>
{
    public const int ClientLength = 255;

    public void Configure(EntityTypeBuilder<MotorBlockUse> builder)
    {
        builder.ToTable("motor_block_uses");
        builder.HasKey(use => new { use.MotorBlockId, use.PasswordId, use.ClientName, use.Network });
        builder.Property(use => use.ClientName).HasMaxLength(ClientLength).HasDefaultValue("");
        builder.Property(use => use.Network).HasColumnType("cidr").HasConversion(network => network.Value, value => new ClientNetwork(value));
        builder.HasOne<MotorBlock>().WithMany().HasForeignKey(use => use.MotorBlockId).OnDelete(DeleteBehavior.Cascade);
    }
}
