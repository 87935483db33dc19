-- What roles of the platform database try. `portal check isolation` runs each statement in a transaction that it rolls back.
-- Format: a line saying which roles may or may not do what, then one statement.

-- motorical, motorical_auth, motorical_readonly may not create a table
CREATE TABLE isolation_probe (id integer);

-- motorical, motorical_auth, motorical_readonly may not create a temporary table
CREATE TEMPORARY TABLE isolation_probe (id integer);

-- motorical, motorical_auth, motorical_readonly may not create a schema
CREATE SCHEMA isolation_probe;

-- motorical, motorical_auth, motorical_readonly may not alter a table
ALTER TABLE users ADD COLUMN isolation_probe integer;

-- motorical, motorical_auth, motorical_readonly may not drop a table
DROP TABLE users;

-- motorical, motorical_auth, motorical_readonly may not empty a table
TRUNCATE motor_blocks;

-- motorical, motorical_auth, motorical_readonly may not become the owner
SET LOCAL ROLE motorical_owner;

-- motorical, motorical_auth, motorical_readonly may not make a role
CREATE ROLE isolation_probe;

-- motorical, motorical_auth, motorical_readonly may not read password verifiers of roles
SELECT rolpassword FROM pg_authid;

-- motorical, motorical_auth, motorical_readonly may not read files of the server
SELECT pg_read_file('PG_VERSION');

-- motorical, motorical_auth, motorical_readonly may not write the migration history
DELETE FROM "__EFMigrationsHistory" WHERE false;

-- motorical may change an account
UPDATE users SET email_verified = email_verified WHERE false;

-- motorical_auth may read credentials of motor blocks
SELECT id, user_id, username, password_hash, smtp_enabled, rate_limit_per_hour, domain FROM motor_blocks LIMIT 1;

-- motorical_auth may not read the other columns of a motor block
SELECT created_at FROM motor_blocks LIMIT 1;

-- motorical_auth may not read accounts
SELECT id FROM users LIMIT 1;

-- motorical_auth may not read sessions
SELECT id FROM sessions LIMIT 1;

-- motorical_auth, motorical_readonly may not change an account
UPDATE users SET email_verified = email_verified WHERE false;

-- motorical_auth, motorical_readonly may not change a motor block
UPDATE motor_blocks SET smtp_enabled = smtp_enabled WHERE false;

-- motorical_readonly may read accounts
SELECT id FROM users LIMIT 1;

-- motorical_readonly may not read password hashes
SELECT password_hash FROM users LIMIT 1;

-- motorical_auth, motorical_readonly may not read token hashes
SELECT token_hash FROM api_tokens LIMIT 1;

-- motorical_auth, motorical_readonly may not read second-factor secrets
SELECT protected_secret FROM authenticators LIMIT 1;

-- motorical_auth, motorical_readonly may not read the portal's own messages
SELECT protected_body FROM system_messages LIMIT 1;
