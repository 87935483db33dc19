namespace Portal.Migrations;

/// <summary>In both databases: whoever empties the outbox is woken when a transaction that added acts commits.</summary>
internal static class AuditOutboxTrigger
{
    public const string Create = """
        CREATE FUNCTION announce_audit_outbox() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM pg_notify('audit_outbox', '');
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER audit_outbox_announced AFTER INSERT ON audit_outbox FOR EACH STATEMENT EXECUTE FUNCTION announce_audit_outbox();
        """;

    public const string Drop = """
        DROP TRIGGER audit_outbox_announced ON audit_outbox;
        DROP FUNCTION announce_audit_outbox();
        """;
}
