using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class PortalForOwners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cipher",
                table: "vaultboxes",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "aes-256-cbc");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                table: "vaultboxes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "status_changed_at",
                table: "vaultboxes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[][]>(
                name: "sealed_to",
                table: "encrypted_emails",
                type: "bytea[]",
                nullable: false,
                defaultValueSql: "'{}'::bytea[]");

            migrationBuilder.AddColumn<short>(
                name: "expiry_warned_days",
                table: "certificates",
                type: "smallint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                table: "certificates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "owner_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    wants_mail = table.Column<bool>(type: "boolean", nullable: false),
                    mailed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_owner_notices", x => x.id);
                });

            // What is here already says in its receipt (a compact JWS) to whom it was sealed.
            migrationBuilder.Sql(
                """
                UPDATE encrypted_emails SET sealed_to = coalesce((
                    SELECT array_agg(decode(fingerprint, 'hex') ORDER BY fingerprint)
                    FROM jsonb_array_elements_text(convert_from(
                        decode(rpad(translate(split_part(receipt, '.', 2), '-_', '+/'), 4 * ((length(split_part(receipt, '.', 2)) + 3) / 4), '='), 'base64'),
                        'UTF8')::jsonb -> 'fingerprints') AS fingerprint), '{}');
                """);

            migrationBuilder.CreateIndex(
                name: "ix_vaultboxes_deleted_at",
                table: "vaultboxes",
                column: "deleted_at",
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_vaultboxes_cipher",
                table: "vaultboxes",
                sql: "cipher IN ('aes-256-cbc', 'aes-256-gcm')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_vault_key_wraps_method",
                table: "vault_key_wraps",
                sql: "method IN ('passphrase', 'recovery_kit')");

            migrationBuilder.CreateIndex(
                name: "ix_encrypted_emails_vaultbox_id_sealed_to_received_at",
                table: "encrypted_emails",
                columns: new[] { "vaultbox_id", "sealed_to", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_owner_notices_mail_due",
                table: "owner_notices",
                column: "occurred_at",
                filter: "wants_mail AND mailed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_owner_notices_user_id_occurred_at_id",
                table: "owner_notices",
                columns: new[] { "user_id", "occurred_at", "id" },
                descending: new[] { false, true, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "owner_notices");

            migrationBuilder.DropIndex(
                name: "ix_vaultboxes_deleted_at",
                table: "vaultboxes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_vaultboxes_cipher",
                table: "vaultboxes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_vault_key_wraps_method",
                table: "vault_key_wraps");

            migrationBuilder.DropIndex(
                name: "ix_encrypted_emails_vaultbox_id_sealed_to_received_at",
                table: "encrypted_emails");

            migrationBuilder.DropColumn(
                name: "cipher",
                table: "vaultboxes");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "vaultboxes");

            migrationBuilder.DropColumn(
                name: "status_changed_at",
                table: "vaultboxes");

            migrationBuilder.DropColumn(
                name: "sealed_to",
                table: "encrypted_emails");

            migrationBuilder.DropColumn(
                name: "expiry_warned_days",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "retired_at",
                table: "certificates");
        }
    }
}
