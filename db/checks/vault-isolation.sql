-- What roles of the vault database try. `portal check isolation` runs each statement in a transaction that it rolls back.
-- Format: a line saying which roles may or may not do what, then one statement.

-- encimap, encimap_auth, encimap_readonly may not create a table
CREATE TABLE isolation_probe (id integer);

-- encimap, encimap_auth, encimap_readonly may not create a temporary table
CREATE TEMPORARY TABLE isolation_probe (id integer);

-- encimap, encimap_auth, encimap_readonly may not create a schema
CREATE SCHEMA isolation_probe;

-- encimap, encimap_auth, encimap_readonly may not alter a table
ALTER TABLE vaultboxes ADD COLUMN isolation_probe integer;

-- encimap, encimap_auth, encimap_readonly may not drop a table
DROP TABLE encrypted_emails;

-- encimap, encimap_auth, encimap_readonly may not empty a table
TRUNCATE encrypted_emails;

-- encimap, encimap_auth, encimap_readonly may not become the owner
SET LOCAL ROLE encimap_owner;

-- encimap, encimap_auth, encimap_readonly may not make a role
CREATE ROLE isolation_probe;

-- encimap, encimap_auth, encimap_readonly may not read password verifiers of roles
SELECT rolpassword FROM pg_authid;

-- encimap, encimap_auth, encimap_readonly may not read files of the server
SELECT pg_read_file('PG_VERSION');

-- encimap may append to the processing log
INSERT INTO email_processing_logs (id, occurred_at, passport_id, stage, outcome, instance) VALUES (gen_random_uuid(), now(), gen_random_uuid(), 'connected', 'ok', 'isolation check');

-- encimap, encimap_auth, encimap_readonly may not change the processing log
UPDATE email_processing_logs SET reason = NULL WHERE false;

-- encimap, encimap_auth, encimap_readonly may not delete from the processing log
DELETE FROM email_processing_logs WHERE false;

-- encimap, encimap_auth, encimap_readonly may not empty the processing log
TRUNCATE email_processing_logs;

-- encimap, encimap_auth, encimap_readonly may not change a partition of the processing log
UPDATE email_processing_logs_default SET reason = NULL WHERE false;

-- encimap, encimap_auth, encimap_readonly may not write the migration history
DELETE FROM "__EFMigrationsHistory" WHERE false;

-- encimap_auth may read devices
SELECT id, user_id, vaultbox_id, username, password_id, selector, previous_password_id, previous_selector, previous_valid_until, allowed_networks, expires_at, rotated_at, revoked_at FROM devices LIMIT 1;

-- encimap_auth may read credentials for SMTP
SELECT device_id, username, password_hash, previous_password_hash FROM vaultbox_smtp_credentials LIMIT 1;

-- encimap_auth may read credentials for IMAP
SELECT device_id, username, password_hash, previous_password_hash, revoked_at FROM imap_app_credentials LIMIT 1;

-- encimap_auth may read whose addresses are whose
SELECT v.id, v.user_id, v.status, v.smtp_enabled, a.local_part, a.domain FROM vaultboxes v JOIN aliases a ON a.vaultbox_id = v.id LIMIT 1;

-- encimap_auth may read who may not sign in
SELECT user_id, since FROM suspended_owners LIMIT 1;

-- encimap, encimap_auth may note the use of a device
SELECT note_device_uses('[]');

-- encimap_readonly may not note the use of a device
SELECT note_device_uses('[]');

-- encimap_auth may not read what a device is called
SELECT label FROM devices LIMIT 1;

-- encimap_auth may not read where a device was used
SELECT last_ip FROM device_uses LIMIT 1;

-- encimap_auth may not make a partition of the processing log
SELECT ensure_email_processing_log_partitions(0);

-- encimap, encimap_auth, encimap_readonly may not drop a day of the processing log
DROP TABLE email_processing_logs_default;

-- encimap_auth, encimap_readonly may not have days of the processing log dropped
SELECT drop_email_processing_log_partition('2000-01-01');

-- encimap_auth, encimap_readonly may not have late rows of the processing log deleted
SELECT delete_late_email_processing_logs('2000-01-01');

-- encimap_auth may not read what admins filter the log by
SELECT query FROM processing_log_views LIMIT 1;

-- encimap_auth, encimap_readonly may not change the counts of the log
DELETE FROM processing_log_counts WHERE false;

-- encimap_auth, encimap_readonly may not change a device
UPDATE devices SET revoked_at = NULL WHERE false;

-- encimap_auth, encimap_readonly may not write the use of a device
INSERT INTO device_uses SELECT * FROM device_uses WHERE false;

-- encimap_auth, encimap_readonly may not let a suspended account in
DELETE FROM suspended_owners WHERE false;

-- encimap_auth, encimap_readonly may not change a credential for SMTP
UPDATE vaultbox_smtp_credentials SET password_hash = '' WHERE false;

-- encimap_auth, encimap_readonly may not change a vaultbox
UPDATE vaultboxes SET smtp_enabled = true WHERE false;

-- encimap_auth, encimap_readonly may not add an address
INSERT INTO aliases SELECT * FROM aliases WHERE false;

-- encimap_auth may not read the other columns of a vaultbox
SELECT name FROM vaultboxes LIMIT 1;

-- encimap_auth may not read mail
SELECT id FROM encrypted_emails LIMIT 1;

-- encimap_auth may not read keys
SELECT pem_content FROM certificates LIMIT 1;

-- encimap_auth may not read summaries
SELECT subject_encrypted FROM encrypted_emails LIMIT 1;

-- encimap_auth may not read the processing log
SELECT id FROM email_processing_logs LIMIT 1;

-- encimap_auth, encimap_readonly may not change a credential
UPDATE imap_app_credentials SET password_hash = '' WHERE false;

-- encimap_auth, encimap_readonly may not add mail
INSERT INTO encrypted_emails SELECT * FROM encrypted_emails WHERE false;

-- encimap_readonly may read mail as it is stored
SELECT id FROM encrypted_emails LIMIT 1;

-- encimap_readonly may not read password hashes
SELECT password_hash FROM imap_app_credentials LIMIT 1;

-- encimap_readonly may not read former password hashes
SELECT previous_password_hash FROM imap_app_credentials LIMIT 1;

-- encimap_readonly may not read password hashes of SMTP
SELECT password_hash FROM vaultbox_smtp_credentials LIMIT 1;

-- encimap_readonly may not read former password hashes of SMTP
SELECT previous_password_hash FROM vaultbox_smtp_credentials LIMIT 1;

-- encimap_readonly may read devices for reports
SELECT id, label, last_used_at FROM devices LIMIT 1;

-- encimap_auth, encimap_readonly may not read wrapped vault keys
SELECT wrapped FROM vault_key_wraps LIMIT 1;

-- encimap may add an act
INSERT INTO audit_outbox SELECT * FROM audit_outbox WHERE false;

-- encimap_auth, encimap_readonly may not add an act
INSERT INTO audit_outbox SELECT * FROM audit_outbox WHERE false;
