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

-- motorical, motorical_auth, motorical_readonly may not change what support has looked at
UPDATE support_looks SET what = '' WHERE false;

-- motorical, motorical_auth, motorical_readonly may not delete what support has looked at
DELETE FROM support_looks WHERE false;

-- motorical, motorical_auth, motorical_readonly may not write the migration history
DELETE FROM "__EFMigrationsHistory" WHERE false;

-- motorical may change an account
UPDATE users SET email_verified = email_verified WHERE false;

-- motorical_auth may read credentials of motor blocks
SELECT id, user_id, username, password_id, password_hash, selector, previous_password_id, previous_password_hash, previous_selector,
    previous_valid_until, smtp_enabled, rate_limit_per_hour, domain, allowed_networks, expires_at, revoked_at FROM motor_blocks LIMIT 1;

-- motorical_auth may not read the other columns of a motor block
SELECT label FROM motor_blocks LIMIT 1;

-- motorical_auth may not read where a motor block was used
SELECT last_used_ip FROM motor_blocks LIMIT 1;

-- motorical_auth may read which accounts stand
SELECT id, status FROM users LIMIT 1;

-- motorical_auth may not read e-mail addresses of accounts
SELECT email FROM users LIMIT 1;

-- motorical_auth may not read password hashes of accounts
SELECT password_hash FROM users LIMIT 1;

-- motorical_auth may not read uses of motor blocks
SELECT client_name FROM motor_block_uses LIMIT 1;

-- motorical_auth, motorical_readonly may not write uses of motor blocks
DELETE FROM motor_block_uses WHERE false;

-- motorical_auth may not read what a motor block sent
SELECT messages FROM motor_block_messages LIMIT 1;

-- motorical_auth, motorical_readonly may not count what a motor block sends
UPDATE motor_block_messages SET messages = 0 WHERE false;

-- motorical, motorical_auth may note uses of motor blocks
SELECT note_motor_block_uses('[]');

-- motorical_readonly may not note uses of motor blocks
SELECT note_motor_block_uses('[]');

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

-- motorical_readonly may not read password hashes of motor blocks
SELECT password_hash FROM motor_blocks LIMIT 1;

-- motorical_readonly may not read previous password hashes of motor blocks
SELECT previous_password_hash FROM motor_blocks LIMIT 1;

-- motorical_auth, motorical_readonly may not read token hashes
SELECT token_hash FROM api_tokens LIMIT 1;

-- motorical_auth, motorical_readonly may not read second-factor secrets
SELECT protected_secret FROM authenticators LIMIT 1;

-- motorical_auth, motorical_readonly may not read the portal's own messages
SELECT protected_body FROM system_messages LIMIT 1;

-- motorical may append to the audit log
INSERT INTO audit_log SELECT * FROM audit_log WHERE false;

-- motorical, motorical_auth, motorical_readonly may not change the audit log
UPDATE audit_log SET act = act WHERE false;

-- motorical, motorical_auth, motorical_readonly may not delete from the audit log
DELETE FROM audit_log WHERE false;

-- motorical, motorical_auth, motorical_readonly may not empty the audit log
TRUNCATE audit_log;

-- motorical, motorical_auth, motorical_readonly may not switch off what keeps the audit log
ALTER TABLE audit_log DISABLE TRIGGER USER;

-- motorical_auth may not read the audit log
SELECT seq FROM audit_log LIMIT 1;

-- motorical_auth may not read whom a pseudonym stands for
SELECT user_id FROM audit_identities LIMIT 1;

-- motorical_auth, motorical_readonly may not add an act
INSERT INTO audit_outbox SELECT * FROM audit_outbox WHERE false;
