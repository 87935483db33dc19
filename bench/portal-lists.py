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


def main(app):
    with portal_server.running(app, OFFSET, {}) as data:
        portal_server.verb(app, data, "user", "add", "owner@bench.test", "--role", "user", "--password-stdin", password=secrets.token_hex(12))
        portal_server.verb(app, data, "domain", "add", "bench.test", "--owner", "owner@bench.test", "--verified")
        token = portal_server.verb(app, data, "token", "add", "owner@bench.test")
        return 0 if all([aliases(data, token)]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
