namespace Portal.Migrations.Vault;

/// <summary>
/// The processing log, partitioned by UTC day, and the function by which the service role asks for the days ahead:
/// the role itself may not create tables. A default partition keeps a late call from losing a row.
/// </summary>
internal static class ProcessingLogPartitions
{
    public const string Create = """
        CREATE TABLE email_processing_logs (
            id uuid NOT NULL,
            occurred_at timestamptz NOT NULL,
            passport_id uuid NOT NULL,
            vaultbox_id uuid,
            user_id uuid,
            stage varchar(20) NOT NULL,
            outcome varchar(20) NOT NULL,
            smtp_code integer,
            enhanced_code varchar(12),
            reason varchar(500),
            peer_ip inet,
            peer_name varchar(255),
            tls varchar(20),
            authenticated_as varchar(255),
            size_bytes bigint,
            sender varchar(320),
            recipient varchar(320),
            certificate_fingerprints text[],
            cipher varchar(40),
            duration_ms double precision,
            instance varchar(100) NOT NULL,
            CONSTRAINT pk_email_processing_logs PRIMARY KEY (occurred_at, id)
        ) PARTITION BY RANGE (occurred_at);

        CREATE TABLE email_processing_logs_default PARTITION OF email_processing_logs DEFAULT;

        CREATE FUNCTION ensure_email_processing_log_partitions(days_ahead integer) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE
            day date;
            name text;
            made integer := 0;
        BEGIN
            IF days_ahead < 0 OR days_ahead > 31 THEN
                RAISE EXCEPTION 'days_ahead must be 0 to 31, not %', days_ahead;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('email_processing_logs'));
            FOR offset_days IN 0..days_ahead LOOP
                day := (now() AT TIME ZONE 'UTC')::date + offset_days;
                name := 'email_processing_logs_' || to_char(day, 'YYYYMMDD');
                IF to_regclass('public.' || name) IS NULL THEN
                    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.email_processing_logs FOR VALUES FROM (%L) TO (%L)',
                        name, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
                    made := made + 1;
                END IF;
            END LOOP;
            RETURN made;
        END
        $$;

        REVOKE ALL ON FUNCTION ensure_email_processing_log_partitions(integer) FROM PUBLIC;
        SELECT ensure_email_processing_log_partitions(7);
        """;

    public const string Drop = """
        DROP FUNCTION ensure_email_processing_log_partitions(integer);
        DROP TABLE email_processing_logs;
        """;
}
