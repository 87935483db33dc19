using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Platform
{
    /// <inheritdoc />
    public partial class SupportViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "viewing_grant_id",
                table: "sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "support_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supporter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    supporter_email = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ticket = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_grants", x => x.id);
                    table.CheckConstraint("ck_support_grants_ended_by", "ended_by IN ('refused', 'owner', 'supporter')");
                    table.CheckConstraint("ck_support_grants_kind", "kind IN ('consent', 'breakglass')");
                    table.CheckConstraint("ck_support_grants_minutes", "minutes BETWEEN 5 AND 30");
                    table.CheckConstraint("ck_support_grants_not_own", "supporter_id <> owner_id");
                    table.CheckConstraint("ck_support_grants_time", "answered_at IS NULL OR ends_at <= answered_at + interval '30 minutes'");
                    table.CheckConstraint("ck_support_grants_token_hash", "octet_length(token_hash) = 32");
                    table.ForeignKey(
                        name: "fk_support_grants_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_support_grants_users_supporter_id",
                        column: x => x.supporter_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "support_looks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    grant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    what = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_looks", x => x.id);
                    table.ForeignKey(
                        name: "fk_support_looks_support_grants_grant_id",
                        column: x => x.grant_id,
                        principalTable: "support_grants",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_viewing_grant_id",
                table: "sessions",
                column: "viewing_grant_id",
                filter: "viewing_grant_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_support_grants_one_open",
                table: "support_grants",
                columns: new[] { "supporter_id", "owner_id" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_support_grants_owner_id_asked_at",
                table: "support_grants",
                columns: new[] { "owner_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_support_grants_supporter_id_asked_at",
                table: "support_grants",
                columns: new[] { "supporter_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_support_grants_token_hash",
                table: "support_grants",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_support_looks_grant_id_at_id",
                table: "support_looks",
                columns: new[] { "grant_id", "at", "id" });

            migrationBuilder.AddForeignKey(
                name: "fk_sessions_support_grants_viewing_grant_id",
                table: "sessions",
                column: "viewing_grant_id",
                principalTable: "support_grants",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_sessions_support_grants_viewing_grant_id",
                table: "sessions");

            migrationBuilder.DropTable(
                name: "support_looks");

            migrationBuilder.DropTable(
                name: "support_grants");

            migrationBuilder.DropIndex(
                name: "ix_sessions_viewing_grant_id",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "viewing_grant_id",
                table: "sessions");
        }
    }
}
