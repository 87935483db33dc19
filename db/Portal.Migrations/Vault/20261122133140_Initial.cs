using System;
using System.Net;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Vault
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    passport_id = table.Column<Guid>(type: "uuid", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliveries", x => new { x.vaultbox_id, x.digest });
                });

            migrationBuilder.Sql(ProcessingLogPartitions.Create);

            migrationBuilder.CreateTable(
                name: "vault_key_wraps",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    method = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kdf = table.Column<string>(type: "jsonb", nullable: false),
                    wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vault_key_wraps", x => new { x.user_id, x.method });
                    table.CheckConstraint("ck_vault_key_wraps_length", "octet_length(wrapped) = 60");
                });

            migrationBuilder.CreateTable(
                name: "vaultboxes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    alias = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "active"),
                    limits = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'::jsonb"),
                    smtp_enabled = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    header_policy = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "shy"),
                    metadata_policy = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "full"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vaultboxes", x => x.id);
                    table.CheckConstraint("ck_vaultboxes_header_policy", "header_policy IN ('open', 'baseline', 'shy', 'blind')");
                    table.CheckConstraint("ck_vaultboxes_lower_case", "alias = lower(alias) AND domain = lower(domain)");
                    table.CheckConstraint("ck_vaultboxes_metadata_policy", "metadata_policy IN ('full', 'domain', 'none')");
                    table.CheckConstraint("ck_vaultboxes_status", "status IN ('active', 'paused', 'archived')");
                });

            migrationBuilder.CreateTable(
                name: "aliases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    local_part = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    is_primary = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_aliases", x => x.id);
                    table.CheckConstraint("ck_aliases_lower_case", "local_part = lower(local_part) AND domain = lower(domain)");
                    table.ForeignKey(
                        name: "fk_aliases_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "certificates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    certificate_type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    pem_content = table.Column<string>(type: "text", nullable: false),
                    friendly_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    fingerprint_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    algorithm = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    not_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "active"),
                    binding_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    binding_signature = table.Column<byte[]>(type: "bytea", nullable: true),
                    last_proven_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certificates", x => x.id);
                    table.CheckConstraint("ck_certificates_binding", "(binding_kind IS NULL) = (binding_signature IS NULL) AND (binding_kind IS NULL OR binding_kind IN ('owner', 'installation'))");
                    table.CheckConstraint("ck_certificates_fingerprint", "octet_length(fingerprint_sha256) = 32");
                    table.CheckConstraint("ck_certificates_private_is_encrypted", "certificate_type <> 'private' OR pem_content ~ '^-----BEGIN ENCRYPTED VAULTBOX KEY-----\\nVkJLM[A-Za-z0-9+/=\\n]{60,}\\n-----END ENCRYPTED VAULTBOX KEY-----\\n?$'");
                    table.CheckConstraint("ck_certificates_public_is_public", "certificate_type <> 'public' OR pem_content !~ 'PRIVATE KEY|ENCRYPTED'");
                    table.CheckConstraint("ck_certificates_purpose", "purpose IN ('mail', 'portal', 'owner')");
                    table.CheckConstraint("ck_certificates_status", "status IN ('active', 'retired')");
                    table.CheckConstraint("ck_certificates_type", "certificate_type IN ('public', 'private')");
                    table.ForeignKey(
                        name: "fk_certificates_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imap_app_credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    username = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    password_hash = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imap_app_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_imap_app_credentials_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    uid_validity = table.Column<long>(type: "bigint", nullable: false),
                    uid_next = table.Column<long>(type: "bigint", nullable: false, defaultValue: 1L),
                    highest_mod_seq = table.Column<long>(type: "bigint", nullable: false, defaultValue: 1L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                    table.ForeignKey(
                        name: "fk_mailboxes_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "vaultbox_smtp_credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    username = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    password_hash = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    port = table.Column<int>(type: "integer", nullable: false, defaultValue: 2587),
                    security_type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "STARTTLS"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vaultbox_smtp_credentials", x => x.id);
                    table.ForeignKey(
                        name: "fk_vaultbox_smtp_credentials_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "encrypted_emails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    vaultbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    uid = table.Column<long>(type: "bigint", nullable: false),
                    mod_seq = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<string>(type: "character varying(998)", maxLength: 998, nullable: false),
                    sender = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: true),
                    recipient = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    subject_encrypted = table.Column<byte[]>(type: "bytea", nullable: true),
                    body_encrypted = table.Column<byte[]>(type: "bytea", nullable: false),
                    encryption_method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, defaultValue: "S/MIME"),
                    flags = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'::text[]"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    content_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    outer_headers = table.Column<string>(type: "text", nullable: false),
                    content_sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    receipt = table.Column<string>(type: "text", nullable: false),
                    passport_id = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    processed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_encrypted_emails", x => x.id);
                    table.CheckConstraint("ck_encrypted_emails_body_is_der", "get_byte(body_encrypted, 0) = 48");
                    table.CheckConstraint("ck_encrypted_emails_content_sha256", "octet_length(content_sha256) = 32");
                    table.CheckConstraint("ck_encrypted_emails_summary_is_sealed", "subject_encrypted IS NULL OR (get_byte(subject_encrypted, 0) = 1 AND octet_length(subject_encrypted) >= 82)");
                    table.ForeignKey(
                        name: "fk_encrypted_emails_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_encrypted_emails_vaultboxes_vaultbox_id",
                        column: x => x.vaultbox_id,
                        principalTable: "vaultboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_aliases_vaultbox_id",
                table: "aliases",
                column: "vaultbox_id");

            migrationBuilder.CreateIndex(
                name: "ux_aliases_domain_local_part",
                table: "aliases",
                columns: new[] { "domain", "local_part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_certificates_vaultbox_fingerprint",
                table: "certificates",
                columns: new[] { "vaultbox_id", "fingerprint_sha256", "certificate_type" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_expires_at",
                table: "deliveries",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_passport_id",
                table: "email_processing_logs",
                column: "passport_id");

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_stage_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "stage", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_email_processing_logs_vaultbox_id_occurred_at",
                table: "email_processing_logs",
                columns: new[] { "vaultbox_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ix_encrypted_emails_mailbox_id_uid",
                table: "encrypted_emails",
                columns: new[] { "mailbox_id", "uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_encrypted_emails_vaultbox_id_received_at_id",
                table: "encrypted_emails",
                columns: new[] { "vaultbox_id", "received_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_imap_app_credentials_username",
                table: "imap_app_credentials",
                column: "username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_imap_app_credentials_vaultbox_id",
                table: "imap_app_credentials",
                column: "vaultbox_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailboxes_vaultbox_id_name",
                table: "mailboxes",
                columns: new[] { "vaultbox_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_vaultbox_smtp_credentials_username",
                table: "vaultbox_smtp_credentials",
                column: "username",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_vaultbox_smtp_credentials_vaultbox_id",
                table: "vaultbox_smtp_credentials",
                column: "vaultbox_id");

            migrationBuilder.CreateIndex(
                name: "ix_vaultboxes_alias",
                table: "vaultboxes",
                column: "alias");

            migrationBuilder.CreateIndex(
                name: "ix_vaultboxes_smtp_enabled",
                table: "vaultboxes",
                column: "smtp_enabled");

            migrationBuilder.CreateIndex(
                name: "ix_vaultboxes_user_id_domain",
                table: "vaultboxes",
                columns: new[] { "user_id", "domain" });

            // Ciphertext does not compress: kept out of line as it is.
            migrationBuilder.Sql("ALTER TABLE encrypted_emails ALTER COLUMN body_encrypted SET STORAGE EXTERNAL, ALTER COLUMN subject_encrypted SET STORAGE EXTERNAL;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aliases");

            migrationBuilder.DropTable(
                name: "certificates");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.Sql(ProcessingLogPartitions.Drop);

            migrationBuilder.DropTable(
                name: "encrypted_emails");

            migrationBuilder.DropTable(
                name: "imap_app_credentials");

            migrationBuilder.DropTable(
                name: "vault_key_wraps");

            migrationBuilder.DropTable(
                name: "vaultbox_smtp_credentials");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "vaultboxes");
        }
    }
}
