using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class ProcessingLogLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "added_at",
                table: "mail_domains",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_user_id_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "user_id", "occurred_at" },
                filter: "user_id IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "outcome", "stage" });

            migrationBuilder.Sql(ProcessingLogPurge.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ProcessingLogPurge.Drop);
            migrationBuilder.Sql(ProcessingLogKeeping.CreatePurge);

            migrationBuilder.DropIndex(
                name: "ix_email_processing_logs_user_id_occurred_at",
                table: "email_processing_logs");

            migrationBuilder.DropColumn(
                name: "added_at",
                table: "mail_domains");
        }
    }
}
