#!/usr/bin/env python3
"""How long the server takes for the lists of an account that has very much.

Starts the built portal (first argument) on a data directory and ports of its own, fills it by COPY, and asks by the API, one request
after another. Prints the median and the 95th percentile of each list in milliseconds (target of the latter: 200) and what the
database says of the slowest query. Ends with 1 when a target is missed.
"""
import os
import secrets
import statistics
import subprocess
import sys
import time
import urllib.parse

from support import portal_server

OFFSET = 32000
PORT = 5080 + OFFSET
REQUESTS = 60
TARGET_MS = 200
ALIASES = 4_999
VAULTBOXES = 1_000
MESSAGES = 100


def psql(data, statements, rows=None):
    """As the superuser of the embedded cluster, in the vault database; what it printed."""
    done = subprocess.run(
        ["psql", "-h", "127.0.0.1", "-p", str(5480 + OFFSET), "-U", "postgres", "-d", "motorical_encrypted_imap", "-v", "ON_ERROR_STOP=1",
         "-qAt", "-c", statements],
        input=rows, capture_output=True, text=True, check=False,
        env={**os.environ, "PGPASSFILE": os.path.join(data, "secrets", "superuser.pgpass")})
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout


def measure(name, token, path):
    """Prints the times of one request; whether its target is met."""
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        portal_server.api(PORT, token, "GET", path)
        times.append((time.perf_counter() - began) * 1000)
    worst = sorted(times)[int(len(times) * 0.95)]
    print(f"{name}: median {statistics.median(times):.1f} ms, p95 {worst:.1f} ms (target {TARGET_MS})")
    return worst <= TARGET_MS


def aliases(data, token):
    """5,000 addresses of one vaultbox: the first page, a search for few, for many and for none, and a state."""
    box = portal_server.api(PORT, token, "POST", "/vaultboxes", {"domain": "bench.test", "alias": "owner", "name": "Aliases"})["id"]
    rows = "".join(
        f"{box}\tbench.test\tname{n}-{secrets.token_hex(4)}\tShop {n % 50}\tmade for number {n}\t{n % 7}\n" for n in range(ALIASES))
    psql(data, "COPY aliases (vaultbox_id, domain, local_part, label, note, message_count) FROM STDIN", rows)
    psql(data, "ANALYZE aliases")
    path = f"/vaultboxes/{box}/aliases"
    met = [
        measure(f"{name} of {ALIASES + 1} aliases", token, path + query)
        for name, query in {
            "first page": "",
            "search that finds one": "?search=" + urllib.parse.quote("number 4321"),
            "search that finds a hundred": "?search=" + urllib.parse.quote("shop 17"),
            "search that finds none": "?search=nowhere",
            "those that are paused": "?state=paused",
        }.items()
    ]
    print(psql(data, f"""
        EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) SELECT * FROM aliases
        WHERE vaultbox_id = '{box}' AND deleted_at IS NULL AND (local_part || '@' || domain ILIKE '%nowhere%' OR label ILIKE '%nowhere%' OR note ILIKE '%nowhere%')
        ORDER BY is_primary DESC, created_at DESC, id DESC LIMIT 51"""))
    return all(met)


def vaultboxes(data, token):
    """1,000 vaultboxes with 100 messages each, as their page asks: the first page and the next, a search, a state, the counts."""
    psql(data, f"""
        INSERT INTO vaultboxes (user_id, domain, name, alias, status)
        SELECT user_id, 'bench.test', 'Box ' || n, 'box' || n, CASE WHEN n % 10 = 0 THEN 'paused' ELSE 'active' END
        FROM (SELECT user_id FROM vaultboxes LIMIT 1) owner, generate_series(1, {VAULTBOXES - 1}) n;
        INSERT INTO mailboxes (vaultbox_id, name, uid_validity) SELECT id, 'INBOX', 1 FROM vaultboxes v WHERE alias LIKE 'box%';
        INSERT INTO aliases (vaultbox_id, domain, local_part, is_primary) SELECT id, domain, alias, true FROM vaultboxes WHERE alias LIKE 'box%';
        INSERT INTO certificates (vaultbox_id, certificate_type, purpose, pem_content, friendly_name, fingerprint_sha256, algorithm, not_before, not_after)
        SELECT id, 'public', 'mail', 'x', 'Laptop', sha256(id::text::bytea), 'RSA 3072', now(), now() + make_interval(days => 30 + (random() * 900)::int)
        FROM vaultboxes WHERE random() < 0.98;
        INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, recipient, body_encrypted, size, content_type,
            outer_headers, content_sha256, receipt, passport_id, received_at)
        SELECT gen_random_uuid(), m.vaultbox_id, m.id, n, n, '<' || n || '@bench.test>', 'x@bench.test', decode(repeat('30', 1500), 'hex'), 1500,
            'application/pkcs7-mime', repeat('h', 300), sha256('x'), repeat('r', 900), gen_random_uuid(), now() - make_interval(mins => (random() * 50000)::int)
        FROM mailboxes m, generate_series(1, {MESSAGES}) n""")
    psql(data, "ANALYZE")
    page = "/vaultboxes?worstFirst=true"
    after = urllib.parse.quote(portal_server.api(PORT, token, "GET", page)["next"])
    return all([
        measure(f"{name} of {VAULTBOXES} vaultboxes with {MESSAGES} messages each", token, path)
        for name, path in {
            "first page": page,
            "second page": f"{page}&after={after}",
            "search that finds one": f"{page}&search=box777",
            "search that finds none": f"{page}&search=nowhere",
            "those that need attention": f"{page}&state=attention",
            "counts": "/vaultboxes/counts",
        }.items()
    ])


def main(app):
    with portal_server.running(app, OFFSET, {}) as data:
        portal_server.verb(app, data, "user", "add", "owner@bench.test", "--role", "user", "--password-stdin", password=secrets.token_hex(12))
        portal_server.verb(app, data, "domain", "add", "bench.test", "--owner", "owner@bench.test", "--verified")
        token = portal_server.verb(app, data, "token", "add", "owner@bench.test")
        return 0 if all([aliases(data, token), vaultboxes(data, token)]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
