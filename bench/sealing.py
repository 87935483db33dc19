#!/usr/bin/env python3
"""How fast one thread seals, beside `openssl cms -encrypt -stream` of the same message to the same RSA-3072 certificate.

Takes the built portal, which it does not need, and the folder of the built benchmark (bench/Portal.Bench.Sealing). Ours makes more of each message: two recipient infos, header
protection, the sealed summary and the signed receipt. openssl is started for each message, as a mail filter does. Five rounds, alternating;
prints medians and their ratios for a message of 10 MB (MB/s, target 2) and one of 20 KB (messages a second, target 20). Ends
with 1 when a target is missed.
"""
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
CASES = [("10 MB", 10 * 1024 * 1024, 2.0), ("20 KB", 20 * 1024, 20.0)]


def message(size):
    """Text of random letters in lines of 76, so that nothing can be guessed or compressed."""
    head = b"From: a@example.org\r\nTo: bench@vault.test\r\nSubject: Bench\r\nMessage-ID: <1@example.org>\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\n"
    line = b"%s\r\n"
    body = b"".join(line % secrets.token_hex(38).encode() for _ in range((size - len(head)) // 78))
    return head + body


def by_openssl(certificate, path, cipher):
    """Messages a second."""
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        subprocess.run(["openssl", "cms", "-encrypt", "-stream", "-binary", f"-{cipher}", "-outform", "DER", "-in", path, "-out", os.devnull, certificate], check=True)
        count += 1
    return count / (time.perf_counter() - began)


def by_portal(sealer):
    """Messages a second."""
    sealer.stdin.write(f"{SECONDS}\n")
    sealer.stdin.flush()
    count, seconds = sealer.stdout.readline().split()
    return int(count) / float(seconds)


def main(bench):
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        certificate = os.path.join(folder, "certificate.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-noenc", "-keyout", os.path.join(folder, "key.pem"), "-out", certificate, "-days", "30",
             "-subj", "/CN=bench@vault.test", "-addext", "keyUsage=critical,keyEncipherment", "-addext", "subjectAltName=email:bench@vault.test"],
            check=True, capture_output=True)
        print("| message | cipher | the portal | openssl cms | ratio | target |\n|---|---|---|---|---|---|")
        for name, size, target in CASES:
            path = os.path.join(folder, "message.eml")
            content = message(size)
            with open(path, "wb") as file:
                file.write(content)
            for cipher in ("AES-256-CBC", "AES-256-GCM"):
                sealer = subprocess.Popen(["dotnet", f"{bench}/Portal.Bench.Sealing.dll", certificate, path, cipher], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                by_portal(sealer)
                rounds = [(by_portal(sealer), by_openssl(certificate, path, cipher.lower())) for _ in range(ROUNDS)]
                sealer.stdin.close()
                sealer.wait()
                ours, theirs = (statistics.median(column) for column in zip(*rounds))
                unit = (lambda rate: f"{rate * len(content) / 1e6:,.0f} MB/s") if size > 1024 * 1024 else (lambda rate: f"{rate:,.0f} messages/s")
                missed += ours / theirs < target
                print(f"| {name} | {cipher} | {unit(ours)} | {unit(theirs)} | {ours / theirs:.1f} | {target:.0f} |", flush=True)
    print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2]))
