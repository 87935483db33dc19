using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class MailThatComesEncrypted : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "encrypted_mail",
                table: "vaultboxes",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "seal");

            migrationBuilder.AddCheckConstraint(
                name: "ck_vaultboxes_encrypted_mail",
                table: "vaultboxes",
                sql: "encrypted_mail IN ('seal', 'leave')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_vaultboxes_encrypted_mail",
                table: "vaultboxes");

            migrationBuilder.DropColumn(
                name: "encrypted_mail",
                table: "vaultboxes");
        }
    }
}
