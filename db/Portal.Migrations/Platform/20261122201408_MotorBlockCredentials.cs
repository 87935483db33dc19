using System;
using System.Net;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Platform
{
    /// <inheritdoc />
    public partial class MotorBlockCredentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<IPNetwork[]>(
                name: "allowed_networks",
                table: "motor_blocks",
                type: "cidr[]",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "motor_blocks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "label",
                table: "motor_blocks",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "New sender");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_used_at",
                table: "motor_blocks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_used_client",
                table: "motor_blocks",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<IPAddress>(
                name: "last_used_ip",
                table: "motor_blocks",
                type: "inet",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "password_id",
                table: "motor_blocks",
                type: "uuid",
                nullable: false,
                defaultValueSql: "gen_random_uuid()");

            migrationBuilder.AddColumn<string>(
                name: "previous_password_hash",
                table: "motor_blocks",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "previous_password_id",
                table: "motor_blocks",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previous_selector",
                table: "motor_blocks",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "previous_valid_until",
                table: "motor_blocks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "revoked_at",
                table: "motor_blocks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rotated_at",
                table: "motor_blocks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "selector",
                table: "motor_blocks",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "motor_block_messages",
                columns: table => new
                {
                    motor_block_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    messages = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_motor_block_messages", x => new { x.motor_block_id, x.minute });
                    table.CheckConstraint("ck_motor_block_messages_messages", "messages >= 0");
                    table.ForeignKey(
                        name: "fk_motor_block_messages_motor_blocks_motor_block_id",
                        column: x => x.motor_block_id,
                        principalTable: "motor_blocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "motor_block_uses",
                columns: table => new
                {
                    motor_block_id = table.Column<Guid>(type: "uuid", nullable: false),
                    password_id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, defaultValue: ""),
                    network = table.Column<IPNetwork>(type: "cidr", nullable: false),
                    last_ip = table.Column<IPAddress>(type: "inet", nullable: true),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    uses = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_motor_block_uses", x => new { x.motor_block_id, x.password_id, x.client_name, x.network });
                    table.ForeignKey(
                        name: "fk_motor_block_uses_motor_blocks_motor_block_id",
                        column: x => x.motor_block_id,
                        principalTable: "motor_blocks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_motor_blocks_previous_valid_until",
                table: "motor_blocks",
                column: "previous_valid_until",
                filter: "previous_valid_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_motor_blocks_revoked_at",
                table: "motor_blocks",
                column: "revoked_at",
                filter: "revoked_at IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_motor_blocks_previous",
                table: "motor_blocks",
                sql: "num_nulls(previous_password_id, previous_password_hash, previous_valid_until) IN (0, 3) AND (previous_selector IS NULL OR previous_password_id IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_motor_blocks_username_pool",
                table: "motor_blocks",
                sql: "position('@' in username) = 0 AND NOT starts_with(username, 'encimap-')");

            migrationBuilder.CreateIndex(
                name: "ix_motor_block_messages_minute",
                table: "motor_block_messages",
                column: "minute");

            migrationBuilder.Sql(NoteMotorBlockUses.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoteMotorBlockUses.Drop);

            migrationBuilder.DropTable(
                name: "motor_block_messages");

            migrationBuilder.DropTable(
                name: "motor_block_uses");

            migrationBuilder.DropIndex(
                name: "ix_motor_blocks_previous_valid_until",
                table: "motor_blocks");

            migrationBuilder.DropIndex(
                name: "ix_motor_blocks_revoked_at",
                table: "motor_blocks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_motor_blocks_previous",
                table: "motor_blocks");

            migrationBuilder.DropCheckConstraint(
                name: "ck_motor_blocks_username_pool",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "allowed_networks",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "label",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "last_used_client",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "last_used_ip",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "password_id",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "previous_password_hash",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "previous_password_id",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "previous_selector",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "previous_valid_until",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "revoked_at",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "rotated_at",
                table: "motor_blocks");

            migrationBuilder.DropColumn(
                name: "selector",
                table: "motor_blocks");
        }
    }
}
