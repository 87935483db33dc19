using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class MailboxAmounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "message_count",
                table: "mailboxes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "octets",
                table: "mailboxes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(MailboxAmountTriggers.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MailboxAmountTriggers.Drop);

            migrationBuilder.DropColumn(
                name: "message_count",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "octets",
                table: "mailboxes");
        }
    }
}
