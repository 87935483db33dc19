-- Run by motorical_owner after each migration, in one transaction; says for every table what each role may do.
-- There are no default privileges on purpose: what is made between two migrations (a partition) is open to nobody.
DO $$
DECLARE
    tab regclass;
    append_only CONSTANT text[] := ARRAY['audit_log', 'support_looks'];
    -- Written once, and deleted when the chain has them or may forget them.
    never_changed CONSTANT text[] := ARRAY['audit_identities', 'audit_outbox', 'audit_values', 'support_grants'];
    secret CONSTANT text[] := ARRAY[
        'password_hash', 'previous_password_hash', 'security_stamp', 'token_hash', 'code_hash', 'protected_secret', 'protected_body', 'xml'];
    readable text;
BEGIN
    FOR tab IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM motorical, motorical_auth, motorical_readonly', tab);
        EXECUTE format('GRANT SELECT ON TABLE %s TO motorical', tab);
        -- Reports and replicas read all but what proves somebody: no hash, no wrapped key, no secret, however well protected.
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO readable FROM pg_attribute
        WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND NOT attname::text = ANY (secret);
        EXECUTE format('GRANT SELECT (%s) ON TABLE %s TO motorical_readonly', readable, tab);
        IF tab::text = ANY (append_only) THEN
            EXECUTE format('GRANT INSERT ON TABLE %s TO motorical', tab);
        ELSIF tab::text = ANY (never_changed) THEN
            EXECUTE format('GRANT INSERT, DELETE ON TABLE %s TO motorical', tab);
        ELSIF tab <> to_regclass('"__EFMigrationsHistory"') THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON TABLE %s TO motorical', tab);
        END IF;
    END LOOP;
END
$$;

-- What becomes of a support view is written down; who asked, why and how stays as it was.
GRANT UPDATE (minutes, answered_at, starts_at, ends_at, ended_at, ended_by) ON support_grants TO motorical;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO motorical;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO motorical;

-- SMTP sign-in of a motor block, whose account must stand. What was used is noted by a function: the role writes no table.
GRANT SELECT (
    id, user_id, username, password_id, password_hash, selector, previous_password_id, previous_password_hash, previous_selector,
    previous_valid_until, smtp_enabled, rate_limit_per_hour, domain, allowed_networks, expires_at, revoked_at) ON motor_blocks TO motorical_auth;
GRANT SELECT (id, status) ON users TO motorical_auth;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, motorical_auth, motorical_readonly;
GRANT EXECUTE ON FUNCTION note_motor_block_uses(jsonb) TO motorical_auth;
