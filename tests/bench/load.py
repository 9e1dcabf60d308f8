"""How many requests a second a server answers: by wrk, or by threads of Python where it is absent.

The client runs on the same cores, so figures compare with each other and with nothing else.
"""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import threading
import time
from itertools import cycle, islice
from pathlib import Path

CONNECTIONS = 4
LUA = Path(__file__).parent / "hosts.lua"
ANSWERED = re.compile(r"(\d+) requests in ([0-9.]+)(m?s)")
WRONG = re.compile(r"Non-2xx or 3xx responses: (\d+)")
TOOL = "wrk" if shutil.which("wrk") else "python"


def ask_for(seconds, port, path, hosts):
    """Answers, seconds; `hosts` is a file of lines „host cookie“. Any answer but 200 fails."""
    return (_by_wrk if TOOL == "wrk" else _by_threads)(port, path, hosts, seconds)


def _by_wrk(port, path, hosts, seconds):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(LUA)]
    command += [f"http://127.0.0.1:{port}{path}", "--", str(hosts)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert not WRONG.search(said), said
    number, took, unit = ANSWERED.search(said).groups()
    return int(number), float(took) / (1000 if unit == "ms" else 1)


def _by_threads(port, path, hosts, seconds):
    lines = [line.partition(" ") for line in hosts.read_text().splitlines()]
    end, done = time.monotonic() + seconds, []

    def ask(first):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        number = 0
        for host, _, cookie in islice(cycle(lines), first, None):
            if time.monotonic() > end:
                break
            headers = {"Host": host} | ({"Cookie": cookie} if cookie else {})
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (answer.status, host, path)
            number += 1
        connection.close()
        done.append(number)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done), seconds
