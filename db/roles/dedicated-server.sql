-- Only where the whole server is the portal's (the embedded one): the databases that PostgreSQL comes with are closed too.
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
