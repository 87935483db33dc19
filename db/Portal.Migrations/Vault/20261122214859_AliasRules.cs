using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class AliasRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_aliases_vaultbox_id",
                table: "aliases");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                table: "aliases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "aliases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "aliases",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "named");

            migrationBuilder.AddColumn<string>(
                name: "label",
                table: "aliases",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_used_at",
                table: "aliases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "max_idle_days",
                table: "aliases",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "max_messages",
                table: "aliases",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "message_count",
                table: "aliases",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "aliases",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "aliases",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "active");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "updated_at",
                table: "aliases",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.CreateIndex(
                name: "ix_aliases_deleted_at",
                table: "aliases",
                column: "deleted_at",
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_aliases_vaultbox_id_created_at_id",
                table: "aliases",
                columns: new[] { "vaultbox_id", "created_at", "id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_aliases_catch_all",
                table: "aliases",
                sql: "(kind = 'catch_all') = (local_part = '*')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_aliases_ends",
                table: "aliases",
                sql: "max_messages > 0 AND max_idle_days > 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_aliases_kind",
                table: "aliases",
                sql: "kind IN ('named', 'random', 'catch_all')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_aliases_primary",
                table: "aliases",
                sql: "NOT is_primary OR (kind = 'named' AND status = 'active' AND expires_at IS NULL AND max_messages IS NULL\n    AND max_idle_days IS NULL AND deleted_at IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_aliases_status",
                table: "aliases",
                sql: "status IN ('active', 'paused')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_aliases_deleted_at",
                table: "aliases");

            migrationBuilder.DropIndex(
                name: "ix_aliases_vaultbox_id_created_at_id",
                table: "aliases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_aliases_catch_all",
                table: "aliases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_aliases_ends",
                table: "aliases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_aliases_kind",
                table: "aliases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_aliases_primary",
                table: "aliases");

            migrationBuilder.DropCheckConstraint(
                name: "ck_aliases_status",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "label",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "max_idle_days",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "max_messages",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "message_count",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "note",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "status",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "aliases");

            migrationBuilder.CreateIndex(
                name: "ix_aliases_vaultbox_id",
                table: "aliases",
                column: "vaultbox_id");
        }
    }
}
