-- Run by the superuser inside the platform database (or a copy of it): who may connect, and who may make objects.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO motorical_owner, motorical, motorical_auth, motorical_readonly', current_database());
END
$$;

ALTER SCHEMA public OWNER TO motorical_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO motorical, motorical_auth, motorical_readonly;

-- A function is callable by those it is granted to, not by everyone.
ALTER DEFAULT PRIVILEGES FOR ROLE motorical_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
