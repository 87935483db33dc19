namespace Portal.Migrations.Vault;

/// <summary>
/// The function by which the service role has old days of the processing log dropped, since it may drop nothing itself; and where the
/// counting of the log begins.
/// </summary>
internal static class ProcessingLogKeeping
{
    public const string Create = """
        -- Rows written before are found like those written from now on.
        UPDATE email_processing_logs SET sender = lower(sender), recipient = lower(recipient)
        WHERE sender <> lower(sender) OR recipient <> lower(recipient);

        INSERT INTO processing_log_countings (id, counted_until)
        SELECT 1, date_bin('15 minutes', coalesce(min(occurred_at), now()), '2001-01-01 00:00:00+00') FROM email_processing_logs;

        """ + CreatePurge;

    public const string CreatePurge = """
        -- A partition is dropped under a lock of the whole log: who waits for it makes all mail wait, hence the short patience. The caller
        -- tries again later.
        CREATE FUNCTION drop_email_processing_log_partitions(before date) RETURNS TABLE (name text, row_count bigint)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
        DECLARE
            late bigint;
        BEGIN
            IF before IS NULL OR before > (now() AT TIME ZONE 'UTC')::date - 7 THEN
                RAISE EXCEPTION 'a week of the log is always kept; % is too late', before;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('email_processing_logs'));
            FOR name IN
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'public.email_processing_logs'::regclass AND c.relname ~ '^email_processing_logs_[0-9]{8}$'
                    AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
                ORDER BY c.relname
            LOOP
                EXECUTE format('DROP TABLE public.%I', name);
                row_count := NULL;
                RETURN NEXT;
            END LOOP;
            DELETE FROM public.email_processing_logs_default WHERE occurred_at < before::timestamp AT TIME ZONE 'UTC';
            GET DIAGNOSTICS late = ROW_COUNT;
            IF late > 0 THEN
                name := 'email_processing_logs_default';
                row_count := late;
                RETURN NEXT;
            END IF;
        END
        $$;

        REVOKE ALL ON FUNCTION drop_email_processing_log_partitions(date) FROM PUBLIC;
        """;

    public const string Drop = "DROP FUNCTION drop_email_processing_log_partitions(date);";
}
