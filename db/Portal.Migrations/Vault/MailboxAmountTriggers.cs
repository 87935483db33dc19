namespace Portal.Migrations.Vault;

/// <summary>
/// Keeps in each mailbox's row how many messages it holds and how large they are, whoever stores, moves or removes them: limits and lists
/// ask at every turn, and counting each time would cost more the more there is. Whoever stores a message holds that row anyway.
/// </summary>
internal static class MailboxAmountTriggers
{
    public const string Create = """
        CREATE FUNCTION add_mailbox_amounts() RETURNS trigger
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            UPDATE mailboxes m SET message_count = message_count + changed.messages, octets = m.octets + changed.octets
            FROM (SELECT mailbox_id, count(*) AS messages, sum(size) AS octets FROM added GROUP BY mailbox_id) changed
            WHERE m.id = changed.mailbox_id;
            RETURN NULL;
        END $$;

        CREATE FUNCTION take_mailbox_amounts() RETURNS trigger
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            UPDATE mailboxes m SET message_count = message_count - changed.messages, octets = m.octets - changed.octets
            FROM (SELECT mailbox_id, count(*) AS messages, sum(size) AS octets FROM removed GROUP BY mailbox_id) changed
            WHERE m.id = changed.mailbox_id;
            RETURN NULL;
        END $$;

        CREATE FUNCTION move_mailbox_amounts() RETURNS trigger
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
            -- In one order, so that two moves between the same mailboxes wait for each other.
            PERFORM FROM mailboxes WHERE id IN (OLD.mailbox_id, NEW.mailbox_id) ORDER BY id FOR NO KEY UPDATE;
            UPDATE mailboxes SET message_count = message_count - 1, octets = octets - OLD.size WHERE id = OLD.mailbox_id;
            UPDATE mailboxes SET message_count = message_count + 1, octets = octets + NEW.size WHERE id = NEW.mailbox_id;
            RETURN NULL;
        END $$;

        CREATE TRIGGER count_added AFTER INSERT ON encrypted_emails
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_mailbox_amounts();
        CREATE TRIGGER count_removed AFTER DELETE ON encrypted_emails
            REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION take_mailbox_amounts();
        CREATE TRIGGER count_moved AFTER UPDATE OF mailbox_id, size ON encrypted_emails
            FOR EACH ROW WHEN (OLD.mailbox_id <> NEW.mailbox_id OR OLD.size <> NEW.size) EXECUTE FUNCTION move_mailbox_amounts();

        UPDATE mailboxes m SET message_count = stored.messages, octets = stored.octets
        FROM (SELECT mailbox_id, count(*) AS messages, sum(size) AS octets FROM encrypted_emails GROUP BY mailbox_id) stored
        WHERE m.id = stored.mailbox_id;
        """;

    public const string Drop = """
        DROP TRIGGER count_added ON encrypted_emails;
        DROP TRIGGER count_removed ON encrypted_emails;
        DROP TRIGGER count_moved ON encrypted_emails;
        DROP FUNCTION add_mailbox_amounts();
        DROP FUNCTION take_mailbox_amounts();
        DROP FUNCTION move_mailbox_amounts();
        """;
}
