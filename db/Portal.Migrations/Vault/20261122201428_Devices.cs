using System;
using System.Net;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class Devices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "device_id",
                table: "vaultbox_smtp_credentials",
                type: "uuid",
                nullable: false);

            migrationBuilder.AddColumn<string>(
                name: "previous_password_hash",
                table: "vaultbox_smtp_credentials",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "device_id",
                table: "imap_app_credentials",
                type: "uuid",
                nullable: false);

            migrationBuilder.AddColumn<string>(
                name: "previous_password_hash",
                table: "imap_app_credentials",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    username = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    password_id = table.Column<Guid>(type: "uuid", nullable: false),
                    selector = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    previous_password_id = table.Column<Guid>(type: "uuid", nullable: true),
                    previous_selector = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    previous_valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    allowed_networks = table.Column<IPNetwork[]>(type: "cidr[]", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    rotated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    overlap_warned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_ip = table.Column<IPAddress>(type: "inet", nullable: true),
                    last_used_client = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: true),
                    last_used_protocol = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => x.id);
                    table.CheckConstraint("ck_devices_last_used_protocol", "last_used_protocol IN ('smtp', 'imap')");
                    table.CheckConstraint("ck_devices_previous", "(previous_password_id IS NULL) = (previous_valid_until IS NULL) AND (previous_selector IS NULL OR previous_password_id IS NOT NULL)");
                    table.CheckConstraint("ck_devices_username", "username = lower(username) AND username LIKE 'encimap-%' AND username NOT LIKE '%@%'");
                    table.ForeignKey(
                        name: "fk_devices_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "suspended_owners",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suspended_owners", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "device_uses",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    password_id = table.Column<Guid>(type: "uuid", nullable: false),
                    protocol = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    client_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, defaultValue: ""),
                    network = table.Column<IPNetwork>(type: "cidr", nullable: false),
                    last_ip = table.Column<IPAddress>(type: "inet", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    uses = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.CheckConstraint("ck_device_uses_protocol", "protocol IN ('smtp', 'imap')");
                    table.ForeignKey(
                        name: "fk_device_uses_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_vaultbox_smtp_credentials_device_id",
                table: "vaultbox_smtp_credentials",
                column: "device_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_imap_app_credentials_device_id",
                table: "imap_app_credentials",
                column: "device_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_device_uses_device_id",
                table: "device_uses",
                column: "device_id");

            migrationBuilder.CreateIndex(
                name: "ix_device_uses_last_at",
                table: "device_uses",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_devices_previous_valid_until",
                table: "devices",
                column: "previous_valid_until",
                filter: "previous_valid_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_devices_revoked_at",
                table: "devices",
                column: "revoked_at",
                filter: "revoked_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_devices_user_id",
                table: "devices",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_devices_vaultbox_id_created_at_id",
                table: "devices",
                columns: new[] { "vaultbox_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_devices_username",
                table: "devices",
                column: "username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_devices_vaultbox_selector",
                table: "devices",
                columns: new[] { "vaultbox_id", "selector" },
                unique: true,
                filter: "revoked_at IS NULL");

            migrationBuilder.AddForeignKey(
                name: "fk_imap_app_credentials_devices_device_id",
                table: "imap_app_credentials",
                column: "device_id",
                principalTable: "devices",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_vaultbox_smtp_credentials_devices_device_id",
                table: "vaultbox_smtp_credentials",
                column: "device_id",
                principalTable: "devices",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.Sql("ALTER TABLE device_uses ADD CONSTRAINT pk_device_uses PRIMARY KEY (device_id, password_id, protocol, client_name, network);");
            migrationBuilder.Sql(DeviceUseNotes.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(DeviceUseNotes.Drop);

            migrationBuilder.DropForeignKey(
                name: "fk_imap_app_credentials_devices_device_id",
                table: "imap_app_credentials");

            migrationBuilder.DropForeignKey(
                name: "fk_vaultbox_smtp_credentials_devices_device_id",
                table: "vaultbox_smtp_credentials");

            migrationBuilder.DropTable(
                name: "device_uses");

            migrationBuilder.DropTable(
                name: "suspended_owners");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropIndex(
                name: "ix_vaultbox_smtp_credentials_device_id",
                table: "vaultbox_smtp_credentials");

            migrationBuilder.DropIndex(
                name: "ix_imap_app_credentials_device_id",
                table: "imap_app_credentials");

            migrationBuilder.DropColumn(
                name: "device_id",
                table: "vaultbox_smtp_credentials");

            migrationBuilder.DropColumn(
                name: "previous_password_hash",
                table: "vaultbox_smtp_credentials");

            migrationBuilder.DropColumn(
                name: "device_id",
                table: "imap_app_credentials");

            migrationBuilder.DropColumn(
                name: "previous_password_hash",
                table: "imap_app_credentials");
        }
    }
}
