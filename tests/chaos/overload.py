"""Ten times as many visitors as the house lets in: each gets a page, or is asked to come again.

tests/chaos/overload.py                  10 s of 2,560 visitors who ask again at once
tests/chaos/overload.py --mutant open    exit code 1, or nothing is seen here: a door without limit

The committed configuration of nginx stands before the web server; no page is a kept one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, suppress
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count, cycle
from pathlib import Path

from house import BASE, VILLAGES, House, _free_port

spec = spec_from_file_location("placed", Path(__file__).parents[1] / "deploy" / "placed.py")
nginx = module_from_spec(spec)
spec.loader.exec_module(nginx)
LIMIT = re.compile(r"\n +limit_conn \w+ (\d+);")
TIMES, PATIENCE = 10, 60
STATUS = re.compile(rb"HTTP/1\.1 (\d+)")
AGAIN = re.compile(rb"\r\nretry-after: \d+\r\n", re.I)
asked = count()  # each question is another one, so that it reaches the application


@contextmanager
def door(folder, port, *, is_open):
    """nginx as on one server, without TLS: how many it takes at once, on which port."""
    text = nginx.CONF.read_text("utf-8")
    limits = list(LIMIT.finditer(text))
    ports = _free_port(), _free_port(), _free_port()
    command = nginx.placed(
        folder,
        ("http://web:8000", f"http://127.0.0.1:{port}"),
        ("listen 80 ", f"listen 127.0.0.1:{ports[0]} "),
        ("listen 443 ssl http2", f"listen 127.0.0.1:{ports[1]}"),
        ("127.0.0.1:8001", f"127.0.0.1:{ports[2]}"),
        # All the visitors of the drill come from one address.
        *((line, "") for line in {*re.findall(r"\n +limit_req zone[^\n]+", text)}),
        ("Host $host;", "Host $http_host;"),  # with the port of this house
        *((line, "") for line in re.findall(r"\n +ssl_\w+ [^\n]+", text)),
        *((limit[0], "") for limit in limits if is_open),
    )
    with (folder / "nginx.log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            yield max(int(limit[1]) for limit in limits), ports[1]
        finally:
            process.terminate()


async def visitor(port, slug, until, seen, waited):
    """Asks, reads the whole answer, asks again at once."""
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await fetched(port, slug)
        except (OSError, TimeoutError):
            seen["no answer"] += 1
            continue
        found = STATUS.match(answer)
        status = int(found[1]) if found else "no answer"
        if status == 503 and not AGAIN.search(answer.partition(b"\r\n\r\n")[0] + b"\r\n"):
            status = "503 without Retry-After"
        seen[status] += 1
        if status == 200:
            waited.append(time.monotonic() - began)


async def fetched(port, slug):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        host = f"{slug}.{BASE}"
        line = f"GET /news/?n={next(asked)} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        writer.write(line.encode())
        return await reader.read(-1)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def crowd(port, visitors, seconds):
    """Statuses, pages a second, the middle and the 95th wait for a page in seconds."""
    seen, waited, places = Counter(), [], cycle(VILLAGES)

    async def all_of_them():
        until = time.monotonic() + seconds
        people = (visitor(port, next(places), until, seen, waited) for _ in range(visitors))
        await asyncio.gather(*people)

    began = time.monotonic()
    asyncio.run(all_of_them())
    took = time.monotonic() - began
    cuts = statistics.quantiles(waited, n=20) if len(waited) > 1 else [0.0] * 19
    return {
        "visitors": visitors,
        "answers": {str(status): number for status, number in sorted(seen.items(), key=str)},
        "pages a second": round(seen[200] / took, 1),
        "wait for a page, middle and 95th": [round(cuts[9], 2), round(cuts[18], 2)],
    }


def drill(seconds, *, is_open):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder:
        folder = Path(folder)
        with House(folder) as house, door(folder, house.port, is_open=is_open) as (limit, port):
            crowd(port, 8, 2)  # warm
            usual = crowd(port, 8, seconds)
            many = crowd(port, TIMES * limit, seconds)
            after = crowd(port, 8, 2)
    ratio = round(many["pages a second"] / usual["pages a second"], 2)
    return {"usual": usual, "overload": many, "after": after, "pages of the usual": ratio}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--mutant", choices=["open"])
    given = parser.parse_args()
    figures = drill(given.seconds, is_open=given.mutant == "open")
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    one = figures["overload"]
    is_kind = set(one["answers"]) == {"200", "503"}
    is_over = set(figures["after"]["answers"]) == {"200"}
    is_quick = one["wait for a page, middle and 95th"][1] < 10
    sys.exit(not (is_kind and is_over and is_quick))


if __name__ == "__main__":
    main()
