-- Run by the superuser inside the vault database (or a copy of it): who may connect, and who may make objects.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO encimap_owner, encimap, encimap_auth, encimap_readonly', current_database());
END
$$;

ALTER SCHEMA public OWNER TO encimap_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO encimap, encimap_auth, encimap_readonly;

-- A function is callable by those it is granted to, not by everyone.
ALTER DEFAULT PRIVILEGES FOR ROLE encimap_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
