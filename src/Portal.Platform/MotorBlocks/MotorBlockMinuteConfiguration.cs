using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.MotorBlocks;

internal sealed class MotorBlockMinuteConfiguration : IEntityTypeConfiguration<MotorBlockMinute>
{
    public void Configure(EntityTypeBuilder<MotorBlockMinute> builder)
    {
        builder.ToTable("motor_block_messages", table => table.HasCheckConstraint("ck_motor_block_messages_messages", "messages >= 0"));
        builder.HasKey(minute => new { minute.MotorBlockId, minute.Minute });
        builder.HasIndex(minute => minute.Minute);
        builder.HasOne<MotorBlock>().WithMany().HasForeignKey(minute => minute.MotorBlockId).OnDelete(DeleteBehavior.Cascade);
    }
}
