-- Run by encimap_owner after each migration, in one transaction; says for every table what each role may do.
-- There are no default privileges on purpose: what is made between two migrations (a day's partition of the processing log)
-- is open to nobody, and rows reach it through the table that it is a part of.
DO $$
DECLARE
    tab regclass;
    append_only CONSTANT text[] := ARRAY['email_processing_logs'];
BEGIN
    FOR tab IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM encimap, encimap_auth, encimap_readonly', tab);
        EXECUTE format('GRANT SELECT ON TABLE %s TO encimap, encimap_readonly', tab);
        IF tab::text = ANY (append_only) THEN
            EXECUTE format('GRANT INSERT ON TABLE %s TO encimap', tab);
        ELSIF tab <> to_regclass('"__EFMigrationsHistory"') THEN
            EXECUTE format('GRANT INSERT, UPDATE, DELETE ON TABLE %s TO encimap', tab);
        END IF;
    END LOOP;
END
$$;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO encimap;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO encimap;

-- SMTP and IMAP sign-in: by username, or by alias@domain.
GRANT SELECT (id, vaultbox_id, username, password_hash) ON vaultbox_smtp_credentials TO encimap_auth;
GRANT SELECT (id, user_id, username, vaultbox_id, password_hash, revoked_at) ON imap_app_credentials TO encimap_auth;
GRANT SELECT (id, user_id, domain, alias, status, smtp_enabled) ON vaultboxes TO encimap_auth;
