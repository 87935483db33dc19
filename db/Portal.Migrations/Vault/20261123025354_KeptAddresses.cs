using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class KeptAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mail_after",
                table: "owner_notices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "mail_failures",
                table: "owner_notices",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "mail_domains",
                columns: table => new
                {
                    domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    shared = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_domains", x => x.domain);
                    table.CheckConstraint("ck_mail_domains_lower_case", "domain = lower(domain)");
                });

            migrationBuilder.CreateTable(
                name: "retired_addresses",
                columns: table => new
                {
                    domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    local_part = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retired_addresses", x => new { x.domain, x.local_part });
                    table.CheckConstraint("ck_retired_addresses_lower_case", "local_part = lower(local_part) AND domain = lower(domain)");
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mail_domains");

            migrationBuilder.DropTable(
                name: "retired_addresses");

            migrationBuilder.DropColumn(
                name: "mail_after",
                table: "owner_notices");

            migrationBuilder.DropColumn(
                name: "mail_failures",
                table: "owner_notices");
        }
    }
}
