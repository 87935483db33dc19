-- Run by motorical_owner after each migration, in one transaction; says for every table what each role may do.
-- There are no default privileges on purpose: what is made between two migrations (a partition) is open to nobody.
DO $$
DECLARE
    tab regclass;
    append_only CONSTANT text[] := ARRAY['audit_log'];
BEGIN
    FOR tab IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM motorical, motorical_auth, motorical_readonly', tab);
        EXECUTE format('GRANT SELECT ON TABLE %s TO motorical, motorical_readonly', tab);
        IF tab::text = ANY (append_only) THEN
            EXECUTE format('GRANT INSERT ON TABLE %s TO motorical', tab);
        ELSIF tab <> to_regclass('"__EFMigrationsHistory"') THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON TABLE %s TO motorical', tab);
        END IF;
    END LOOP;
END
$$;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO motorical;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO motorical;

-- SMTP sign-in of a motor block.
GRANT SELECT (id, user_id, username, password_hash, smtp_enabled, rate_limit_per_hour, domain) ON motor_blocks TO motorical_auth;
