#!/usr/bin/env python3
"""How long opening a mail takes in the browser, from the click to the painted text, beside `openssl cms -decrypt` of the same message.

Takes the built portal as its first argument and the folder of the built benchmark (bench/Portal.Bench.Reading) as its second, which says
how it measures. Ends with 1 when a target is missed.
"""
import os
import subprocess
import sys

if __name__ == "__main__":
    app, bench = sys.argv[1:]
    sys.exit(subprocess.run(["dotnet", f"{bench}/Portal.Bench.Reading.dll"], env={**os.environ, "PORTAL_TEST_APP": app}, check=False).returncode)
