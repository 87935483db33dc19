namespace Portal.Migrations.Vault;

/// <summary>
/// The functions by which the service role has old days of the processing log dropped, since it may drop nothing itself. Late rows are
/// deleted by one of their own, before any partition: it may take long, and must not while the whole log is locked.
/// </summary>
internal static class ProcessingLogPurge
{
    public const string Create = """
        DROP FUNCTION drop_email_processing_log_partitions(date);

        CREATE FUNCTION delete_late_email_processing_logs(before date) RETURNS bigint
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
        DECLARE
            late bigint;
        BEGIN
            IF before IS NULL OR before > (now() AT TIME ZONE 'UTC')::date - 7 THEN
                RAISE EXCEPTION 'a week of the log is always kept; % is too late', before;
            END IF;
            DELETE FROM public.email_processing_logs_default WHERE occurred_at < before::timestamp AT TIME ZONE 'UTC';
            GET DIAGNOSTICS late = ROW_COUNT;
            RETURN late;
        END
        $$;

        -- The oldest partition is dropped under a lock of the whole log: who waits for it makes all mail wait, hence the short patience and
        -- one partition a call. Null when none is old enough.
        CREATE FUNCTION drop_email_processing_log_partition(before date) RETURNS text
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
        DECLARE
            oldest text;
        BEGIN
            IF before IS NULL OR before > (now() AT TIME ZONE 'UTC')::date - 7 THEN
                RAISE EXCEPTION 'a week of the log is always kept; % is too late', before;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('email_processing_logs'));
            SELECT c.relname INTO oldest FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'public.email_processing_logs'::regclass AND c.relname ~ '^email_processing_logs_[0-9]{8}$'
                AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
            ORDER BY c.relname LIMIT 1;
            IF oldest IS NOT NULL THEN
                EXECUTE format('DROP TABLE public.%I', oldest);
            END IF;
            RETURN oldest;
        END
        $$;

        REVOKE ALL ON FUNCTION delete_late_email_processing_logs(date) FROM PUBLIC;
        REVOKE ALL ON FUNCTION drop_email_processing_log_partition(date) FROM PUBLIC;
        """;

    public const string Drop = """
        DROP FUNCTION drop_email_processing_log_partition(date);
        DROP FUNCTION delete_late_email_processing_logs(date);
        """;
}
