-- Run by encimap_owner after each migration, in one transaction; says for every table what each role may do.
-- There are no default privileges on purpose: what is made between two migrations (a day's partition of the processing log)
-- is open to nobody, and rows reach it through the table that it is a part of.
DO $$
DECLARE
    tab regclass;
    append_only CONSTANT text[] := ARRAY['email_processing_logs'];
    secret CONSTANT text[] := ARRAY['password_hash', 'previous_password_hash', 'wrapped'];
    readable text;
BEGIN
    FOR tab IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM encimap, encimap_auth, encimap_readonly', tab);
        EXECUTE format('GRANT SELECT ON TABLE %s TO encimap', tab);
        -- Reports and replicas read all but what proves somebody: no hash, no wrapped key, no secret, however well protected.
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO readable FROM pg_attribute
        WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped AND NOT attname::text = ANY (secret);
        EXECUTE format('GRANT SELECT (%s) ON TABLE %s TO encimap_readonly', readable, tab);
        IF tab::text = ANY (append_only) THEN
            EXECUTE format('GRANT INSERT ON TABLE %s TO encimap', tab);
        ELSIF tab::text = 'audit_outbox' THEN
            -- Written once, and deleted when the chain has it.
            EXECUTE format('GRANT INSERT, DELETE ON TABLE %s TO encimap', tab);
        ELSIF tab <> to_regclass('"__EFMigrationsHistory"') THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON TABLE %s TO encimap', tab);
        END IF;
    END LOOP;
END
$$;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO encimap;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, encimap_auth, encimap_readonly;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO encimap;

-- SMTP and IMAP sign-in: by username, or by alias@domain. Exactly the columns that it needs; who used what it notes by a function.
GRANT SELECT (
    id, user_id, vaultbox_id, username, password_id, selector, previous_password_id, previous_selector, previous_valid_until,
    allowed_networks, expires_at, rotated_at, created_at, updated_at, revoked_at) ON devices TO encimap_auth;
GRANT SELECT (device_id, username, password_hash, previous_password_hash) ON vaultbox_smtp_credentials TO encimap_auth;
GRANT SELECT (device_id, username, password_hash, previous_password_hash, revoked_at) ON imap_app_credentials TO encimap_auth;
GRANT SELECT (id, user_id, status, smtp_enabled, deleted_at) ON vaultboxes TO encimap_auth;
GRANT SELECT (vaultbox_id, local_part, domain, kind, deleted_at) ON aliases TO encimap_auth;
GRANT SELECT (user_id, since) ON suspended_owners TO encimap_auth;
GRANT EXECUTE ON FUNCTION note_device_uses(jsonb) TO encimap_auth;
