#!/usr/bin/env python3
"""Sign-ins of mail programs that were seen before, beside Dovecot with its auth cache; and what a flood of wrong passwords costs them.

Starts the built portal (first argument) and a Dovecot, both answering Dovecot's auth client protocol on a UNIX socket, with the same
users, passwords and bcrypt cost. Measures both in one run, alternating, five times each, and prints the medians and their ratio.
  warm    sign-ins a second of known users over 8 connections, each with 32 requests on the way
  flood   99th percentile of a known user's sign-in, quiet and while 24 clients try wrong passwords from everywhere; their ratio
Dovecot is measured twice: with bcrypt hashes like the portal's, and with passwords in clear, which is its upper bound.
The portal's throttles are set out of the way, for the flood comes from one machine. Ends with 1 when a target is missed.
"""
import base64
import os
import random
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from support import portal_server

OFFSET = 32000
USERS = 40
ROUNDS = 5
CONNECTIONS = 8
ON_THE_WAY = 32
SECONDS = 2
SAMPLES = 100
LONGEST = 3
FLOODERS = 24
SETTINGS = {
    "Portal__MailAuthentication__AttemptsPerAddress": "1000000",
    "Portal__MailAuthentication__AttemptsPerNetwork": "1000000",
}


class AuthClient:
    """One connection of Dovecot's auth client protocol."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(path)
        self.socket.sendall(b"VERSION\t1\t2\nCPID\t%d\n" % random.randrange(1, 1 << 30))
        self.buffer = b""
        while not self.buffer.endswith(b"DONE\n"):
            self.buffer += self.socket.recv(65536)
        self.buffer = b""
        self.id = 0

    def request(self, user, password, address):
        self.id += 1
        response = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        return f"AUTH\t{self.id}\tPLAIN\tservice=smtp\tnologin\tsecured\tlip=127.0.0.1\trip={address}\tresp={response}\n".encode()

    def lines(self, count):
        """The next lines, at least this many."""
        while self.buffer.count(b"\n") < count:
            got = self.socket.recv(65536)
            if not got:
                raise OSError("closed")
            self.buffer += got
        complete, _, self.buffer = self.buffer.rpartition(b"\n")
        return complete.split(b"\n")

    def sign_in(self, user, password, address="192.0.2.1"):
        self.socket.sendall(self.request(user, password, address))
        return self.lines(1)[0].startswith(b"OK\t")

    def run_warm(self, users, until):
        """Keeps a window of requests on the way; how many were taken."""
        waiting, taken = 0, 0
        names = random.sample(users, len(users))
        while True:
            now = time.perf_counter()
            if now < until:
                burst = b"".join(self.request(*names[(self.id + 1) % len(names)], "192.0.2.1") for _ in range(ON_THE_WAY - waiting))
                waiting = ON_THE_WAY
                self.socket.sendall(burst)
            if waiting == 0:
                return taken
            answers = self.lines(1)
            waiting -= len(answers)
            for answer in answers:
                if not answer.startswith(b"OK\t"):
                    sys.exit(f"A known user was answered {answer!r}.")
            taken += len(answers)


def warm(path, users):
    """Sign-ins a second."""
    counts = []
    clients = [AuthClient(path) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    until = began + SECONDS
    threads = [threading.Thread(target=lambda c=c: counts.append(c.run_warm(users, until))) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def latencies(path, users):
    """Milliseconds of single sign-ins, at most 50 a second, for as many seconds as LONGEST says at most."""
    client = AuthClient(path)
    times = []
    until = time.perf_counter() + LONGEST
    while len(times) < SAMPLES and time.perf_counter() < until:
        user, password = random.choice(users)
        began = time.perf_counter()
        if not client.sign_in(user, password):
            sys.exit("A known user was turned away.")
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(0.02)
    return times


def flood(path, users, stop, guesses, clients):
    client = AuthClient(path)
    clients.append(client)
    while not stop.is_set():
        address = f"198.51.{random.randrange(256)}.{random.randrange(1, 255)}"
        try:
            client.sign_in(random.choice(users)[0], secrets.token_hex(12), address)
            guesses.append(1)
        except OSError:
            return


def flooded(path, users):
    """The same latencies during the flood, and how many guesses were answered."""
    stop, guesses, clients = threading.Event(), [], []
    threads = [threading.Thread(target=flood, args=(path, users, stop, guesses, clients), daemon=True) for _ in range(FLOODERS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    times = latencies(path, users)
    stop.set()
    for client in clients:
        client.socket.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    return times, len(guesses)


def p99(times):
    return sorted(times)[int(len(times) * 0.99)]


def portal_users(app, data):
    """Devices of one vaultbox, as (user name, password)."""
    portal_server.verb(app, data, "user", "add", "owner@bench.test", "--role", "user", "--password-stdin", password=secrets.token_hex(12))
    portal_server.verb(app, data, "domain", "add", "bench.test", "--owner", "owner@bench.test", "--verified")
    token = portal_server.verb(app, data, "token", "add", "owner@bench.test")
    port = 5080 + OFFSET
    box = portal_server.api(port, token, "POST", "/vaultboxes", {"domain": "bench.test", "name": "Bench", "alias": "bench"})
    made = [portal_server.api(port, token, "POST", f"/vaultboxes/{box['id']}/smtp-credentials", {"label": f"Device {i}"}) for i in range(USERS)]
    return [(device["username"], device["password"]) for device in made]


class Dovecot:
    """Only its auth service, with a cache."""

    def __init__(self, directory, users, scheme):
        self.path = os.path.join(directory, "auth-client")
        os.makedirs(os.path.join(directory, "run"))
        os.chmod(directory, 0o755)
        with open(os.path.join(directory, "users"), "w", encoding="ascii") as file:
            for name, password in users:
                file.write(f"{name}:{self.hashed(password, scheme)}::::::\n")
        with open(os.path.join(directory, "dovecot.conf"), "w", encoding="ascii") as file:
            file.write(f"""
base_dir = {directory}/run
log_path = {directory}/log
protocols =
ssl = no
auth_cache_size = 32 M
auth_cache_ttl = 5 mins
auth_mechanisms = plain
passdb {{
  driver = passwd-file
  args = {directory}/users
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  client_limit = 4096
  unix_listener {self.path} {{
    mode = 0666
  }}
}}
service anvil {{
  client_limit = 4096
}}
""")
        self.process = subprocess.Popen(["dovecot", "-F", "-c", os.path.join(directory, "dovecot.conf")])
        for _ in range(100):
            if os.path.exists(self.path):
                return
            time.sleep(0.1)
        sys.exit("Dovecot did not start: " + open(os.path.join(directory, "log"), encoding="utf-8").read())

    @staticmethod
    def hashed(password, scheme):
        if scheme == "PLAIN":
            return "{PLAIN}" + password
        return subprocess.run(["doveadm", "pw", "-s", scheme, "-r", "10", "-p", password], capture_output=True, text=True, check=True).stdout.strip()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def main(app):
    directory = tempfile.mkdtemp(prefix="portal-bench-dovecot-")
    os.chmod(directory, 0o755)
    ours = os.path.join(directory, "portal-auth")
    with portal_server.running(app, OFFSET, {**SETTINGS, "Portal__DovecotAuth__SocketPath": ours}) as data:
        users = portal_users(app, data)
        peers = {name: Dovecot(os.path.join(directory, name), users, name) for name in ("BLF-CRYPT", "PLAIN")}
        try:
            return report(users, {"portal": ours, **{f"dovecot {name}": peer.path for name, peer in peers.items()}})
        finally:
            for peer in peers.values():
                peer.stop()
            shutil.rmtree(directory, ignore_errors=True)


def report(users, paths):
    rates = {name: [] for name in paths}
    quiet = {name: [] for name in paths}
    stormy = {name: [] for name in paths}
    answered = dict.fromkeys(paths, 0)
    for path in paths.values():
        latencies(path, users)
    for _ in range(ROUNDS):
        for name, path in paths.items():
            rates[name].append(warm(path, users))
    for _ in range(ROUNDS):
        for name, path in paths.items():
            quiet[name] += latencies(path, users)
            times, count = flooded(path, users)
            stormy[name] += times
            answered[name] += count
    for name in paths:
        print(f"{name:18} warm {statistics.median(rates[name]):8.0f} sign-ins/s   p99 {p99(quiet[name]):7.2f} ms quiet, "
              f"{p99(stormy[name]):8.2f} ms flooded, ratio {p99(stormy[name]) / p99(quiet[name]):7.2f}   wrong ones answered: {answered[name]}")
    rate = statistics.median(rates["portal"])
    for name in list(paths)[1:]:
        print(f"portal / {name}: {rate / statistics.median(rates[name]):.2f} (target 1)")
    ratio = p99(stormy["portal"]) / p99(quiet["portal"])
    return 0 if rate >= statistics.median(rates["dovecot BLF-CRYPT"]) and ratio <= 2 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
