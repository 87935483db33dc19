using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class ProcessingLogSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_stage_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_vaultbox_id_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.AddColumn<byte[]>(
                name: "attempt_digest",
                table: "email_processing_logs",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "recipient_domain",
                table: "email_processing_logs",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true,
                computedColumnSql: "nullif(lower(left(split_part(recipient, '@', -1), 255)), '')",
                stored: true);

            migrationBuilder.AddColumn<string>(
                name: "sender_domain",
                table: "email_processing_logs",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true,
                computedColumnSql: "nullif(lower(left(split_part(sender, '@', -1), 255)), '')",
                stored: true);

            migrationBuilder.CreateTable(
                name: "processing_log_countings",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    counted_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_log_countings", x => x.id);
                    table.CheckConstraint("ck_processing_log_countings_one", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "processing_log_counts",
                columns: table => new
                {
                    slot = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recipient_domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    stage = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    smtp_code = table.Column<int>(type: "integer", nullable: false),
                    enhanced_code = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    events = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_log_counts", x => new { x.slot, x.recipient_domain, x.stage, x.outcome, x.smtp_code, x.enhanced_code });
                });

            migrationBuilder.CreateTable(
                name: "processing_log_sender_counts",
                columns: table => new
                {
                    sender_domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    events = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_log_sender_counts", x => new { x.sender_domain, x.hour, x.outcome });
                });

            migrationBuilder.CreateTable(
                name: "processing_log_views",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    query = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_log_views", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_attempt_digest_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "attempt_digest", "occurred_at" },
                filter: "attempt_digest IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_enhanced_code_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "enhanced_code", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_outcome_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "outcome", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_peer_ip_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "peer_ip", "occurred_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs",
                columns: new[] { "peer_ip", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_domain_enhanced_code_occurr",
                table: "email_processing_logs",
                columns: new[] { "recipient_domain", "enhanced_code", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_domain_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "recipient_domain", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_domain_smtp_code_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "recipient_domain", "smtp_code", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "recipient", "occurred_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs",
                columns: new[] { "recipient", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_sender_domain_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "sender_domain", "occurred_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage", "recipient_domain" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs",
                columns: new[] { "sender_domain", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_sender_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "sender", "occurred_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage", "recipient" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_smtp_code_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "smtp_code", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_stage_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "stage", "occurred_at" },
                filter: "stage <> 'accepted' AND stage <> 'sealed' AND stage <> 'stored'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_id_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" })
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_processing_log_counts_recipient_domain_slot",
                table: "processing_log_counts",
                columns: new[] { "recipient_domain", "slot" });

            migrationBuilder.CreateIndex(
                name: "ix_processing_log_sender_counts_hour",
                table: "processing_log_sender_counts",
                column: "hour");

            migrationBuilder.CreateIndex(
                name: "ix_processing_log_views_user_id_created_at",
                table: "processing_log_views",
                columns: new[] { "user_id", "created_at" });

            migrationBuilder.Sql(ProcessingLogKeeping.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ProcessingLogKeeping.Drop);

            migrationBuilder.DropTable(
                name: "processing_log_countings");

            migrationBuilder.DropTable(
                name: "processing_log_counts");

            migrationBuilder.DropTable(
                name: "processing_log_sender_counts");

            migrationBuilder.DropTable(
                name: "processing_log_views");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_attempt_digest_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_enhanced_code_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_outcome_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_peer_ip_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_domain_enhanced_code_occurr",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_domain_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_domain_smtp_code_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_sender_domain_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_sender_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_smtp_code_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_stage_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_vaultbox_id_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropColumn(
                name: "recipient_domain",
                table: "email_processing_logs");

            migrationBuilder.DropColumn(
                name: "sender_domain",
                table: "email_processing_logs");

            migrationBuilder.DropColumn(
                name: "attempt_digest",
                table: "email_processing_logs");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_stage_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "stage", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_id_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" });
        }
    }
}
