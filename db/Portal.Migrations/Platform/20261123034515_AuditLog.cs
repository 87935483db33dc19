using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Platform
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_checks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    entries = table.Column<long>(type: "bigint", nullable: false),
                    heads = table.Column<int>(type: "integer", nullable: false),
                    bad_seq = table.Column<long>(type: "bigint", nullable: true),
                    fault = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_checks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_identities",
                columns: table => new
                {
                    pseudonym = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_identities", x => x.pseudonym);
                });

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    outbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    actor = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    act = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    target_kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    target_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    before = table.Column<string>(type: "json", nullable: true),
                    after = table.Column<string>(type: "json", nullable: true),
                    from_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    values_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    prev_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_log", x => x.seq);
                    table.CheckConstraint("ck_audit_log_hashes", "octet_length(hash) = 32 AND octet_length(prev_hash) = 32");
                    table.CheckConstraint("ck_audit_log_seq", "seq > 0");
                });

            migrationBuilder.CreateTable(
                name: "audit_outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    on_behalf_of_id = table.Column<Guid>(type: "uuid", nullable: true),
                    act = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    target_kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    target_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    before = table.Column<string>(type: "json", nullable: true),
                    after = table.Column<string>(type: "json", nullable: true),
                    personal_before = table.Column<string>(type: "json", nullable: true),
                    personal_after = table.Column<string>(type: "json", nullable: true),
                    from_network = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    from_agent = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    from_credential = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_values",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    pseudonym = table.Column<Guid>(type: "uuid", nullable: true),
                    salt = table.Column<byte[]>(type: "bytea", nullable: false),
                    value = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_values", x => x.hash);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_checks_checked_at",
                table: "audit_checks",
                column: "checked_at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_identities_user_id",
                table: "audit_identities",
                column: "user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_act_seq",
                table: "audit_log",
                columns: new[] { "act", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_actor_seq",
                table: "audit_log",
                columns: new[] { "actor", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_occurred_at",
                table: "audit_log",
                column: "occurred_at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_outbox_id",
                table: "audit_log",
                column: "outbox_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_owner_seq",
                table: "audit_log",
                columns: new[] { "owner", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_target_id_seq",
                table: "audit_log",
                columns: new[] { "target_id", "seq" },
                filter: "target_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_values_pseudonym",
                table: "audit_values",
                column: "pseudonym");

            migrationBuilder.Sql(AuditLogTriggers.Create);

            migrationBuilder.Sql(AuditOutboxTrigger.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(AuditOutboxTrigger.Drop);

            migrationBuilder.Sql(AuditLogTriggers.Drop);

            migrationBuilder.DropTable(
                name: "audit_checks");

            migrationBuilder.DropTable(
                name: "audit_identities");

            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropTable(
                name: "audit_outbox");

            migrationBuilder.DropTable(
                name: "audit_values");
        }
    }
}
