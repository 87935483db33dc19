"""The built portal on a data directory and ports of its own, for a benchmark."""
import contextlib
import http.client
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading


def start(app, data, offset, settings):
    """Starts it and waits until it is ready. `settings` go into its environment."""
    process = subprocess.Popen(
        ["dotnet", f"{app}/Portal.Web.dll", "up", "--data", data, "--port-offset", str(offset)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **settings})
    lines = []
    ready = threading.Event()

    def read():
        for line in process.stdout:
            lines.append(line)
            if " is ready at " in line:
                ready.set()
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    ready.wait(180)
    if process.poll() is not None:
        sys.exit("The portal ended before it was ready:\n" + "".join(lines))
    return process


@contextlib.contextmanager
def running(app, offset, settings):
    """The portal's data directory, while it runs; both are gone afterwards."""
    data = os.path.join(tempfile.gettempdir(), f"portal-bench-{secrets.token_hex(6)}")
    process = start(app, data, offset, settings)
    try:
        yield data
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(data, ignore_errors=True)


def verb(app, data, *words, password=None):
    """A verb of the command line; its output."""
    done = subprocess.run(
        ["dotnet", f"{app}/Portal.Web.dll", *words, "--data", data], input=password, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{words[0]} {words[1]}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def api(port, token, method, path, body=None):
    """One call of the API; its answer, which must be 2xx."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body),
                       {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status >= 300:
        sys.exit(f"{method} {path}: {answer.status} {text}")
    return json.loads(text) if text else None
