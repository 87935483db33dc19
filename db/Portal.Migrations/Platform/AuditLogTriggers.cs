namespace Portal.Migrations.Platform;

/// <summary>
/// The audit log only grows. The service role has no right to change it; these triggers stop the owner too, who would have to switch them
/// off first, and then the hashes tell.
/// </summary>
internal static class AuditLogTriggers
{
    public const string Create = """
        CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            RAISE EXCEPTION 'The audit log only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
        END
        $$;

        CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
        CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
        """;

    public const string Drop = """
        DROP TRIGGER audit_log_not_emptied ON audit_log;
        DROP TRIGGER audit_log_only_grows ON audit_log;
        DROP FUNCTION refuse_audit_change();
        """;
}
