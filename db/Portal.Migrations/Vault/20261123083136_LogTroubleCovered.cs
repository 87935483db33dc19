using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class LogTroubleCovered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs",
                columns: new[] { "peer_ip", "occurred_at" },
                filter: "outcome <> 'ok'")
                .Annotation("Npgsql:IndexInclude", new[] { "stage", "outcome", "smtp_code", "enhanced_code" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs",
                columns: new[] { "recipient", "occurred_at" },
                filter: "outcome <> 'ok'")
                .Annotation("Npgsql:IndexInclude", new[] { "stage", "outcome", "smtp_code", "enhanced_code" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs",
                columns: new[] { "sender_domain", "occurred_at" },
                filter: "outcome <> 'ok'")
                .Annotation("Npgsql:IndexInclude", new[] { "stage", "outcome", "smtp_code", "enhanced_code" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" },
                filter: "outcome <> 'ok'")
                .Annotation("Npgsql:IndexInclude", new[] { "stage", "outcome", "smtp_code", "enhanced_code" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs");

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_peer_ip_trouble",
                table: "email_processing_logs",
                columns: new[] { "peer_ip", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_recipient_trouble",
                table: "email_processing_logs",
                columns: new[] { "recipient", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_sender_domain_trouble",
                table: "email_processing_logs",
                columns: new[] { "sender_domain", "occurred_at" },
                filter: "outcome <> 'ok'");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_trouble",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" },
                filter: "outcome <> 'ok'");
        }
    }
}
