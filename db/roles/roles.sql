-- Run by the superuser, once for a server; running it again changes nothing. Passwords are set apart from it.
-- No role here inherits another, makes roles or databases, or passes row-level security.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'motorical_owner', 'motorical', 'motorical_auth', 'motorical_readonly',
        'encimap_owner', 'encimap', 'encimap_auth', 'encimap_readonly']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT', role_name);
        -- No 250 before the ciphertext is on disk, whatever the server's default is.
        EXECUTE format('ALTER ROLE %I SET synchronous_commit = on', role_name);
        EXECUTE format('ALTER ROLE %I SET search_path = public', role_name);
    END LOOP;
END
$$;

ALTER ROLE motorical_readonly SET default_transaction_read_only = on;
ALTER ROLE encimap_readonly SET default_transaction_read_only = on;
