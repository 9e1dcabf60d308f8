"""A disk that is full: the tables lie on a small one, and nothing is left of it.

tests/chaos/full_disk.py                 needs root, to mount a disk in memory

Who writes is told when to come again and keeps what was typed; nothing counts as sent; who reads
goes on reading; once there is room the same form is taken, once. The log of what is written ahead
lies elsewhere: where that disk is full PostgreSQL itself ends, as in a crash.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from html import unescape
from pathlib import Path

from clients import TOKEN, form_for
from house import VILLAGES, House
from plain import ask
from sqlalchemy import create_engine, text

from obshto.platform.db.session import db

SLUG, ROOM, MOST, AGAIN = VILLAGES[0], 700, 400, 6  # MB; writes until it is full; refused ones
PAGE = "/reports/new/tell?kind=lamp&settlement="
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
PROBLEM = re.compile(r'error-message"[^>]*>([^<]*(?:<[^<]*>)?[^<]*)')
COUNTED = "SELECT coalesce(sum(times), 0) FROM shared.brake_count"
REPORTS = f"SELECT count(*) FROM t_{SLUG.replace('-', '_')}.reports_report"


class SmallHouse(House):
    """A house whose tables lie on a disk of `ROOM` megabytes."""

    def _begin_server(self):
        # Outside of the server's own folder, and gone after it: it writes there until it ends.
        self.disk = Path(tempfile.mkdtemp(prefix="obshto-small-", dir="/var/tmp"))
        self.disk.chmod(0o755)
        self.stack.callback(self.disk.rmdir)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(self.disk)]
        subprocess.run(mount, check=True)
        self.stack.callback(subprocess.run, ["umount", "-l", str(self.disk)], check=True)
        return super()._begin_server()

    def _prepare(self, superuser):
        super()._prepare(superuser)
        self.app.extensions["obshto.hosts"].close()
        with self.app.app_context():
            db.engine.dispose()
        owner = self.server.data.stat()
        os.chown(self.disk, owner.st_uid, owner.st_gid)
        self.asking = create_engine(self.superuser, isolation_level="AUTOCOMMIT")
        elsewhere = create_engine(superuser, isolation_level="AUTOCOMMIT")
        with elsewhere.connect() as connection:
            connection.execute(text(f"CREATE TABLESPACE small LOCATION '{self.disk}'"))
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(others), {"name": self.database})
            connection.execute(text(f"ALTER DATABASE {self.database} SET TABLESPACE small"))
        elsewhere.dispose()

    def fill(self):
        """Nothing is left; deleting what this answers makes room again."""
        ballast = self.disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):  # the database goes on writing meanwhile
                with suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass
        return ballast

    def one(self, statement):
        """A number that the database knows."""
        with self.asking.connect() as connection:
            return connection.execute(text(statement)).scalar()


def neighbourhood(number):
    return f"10.{number // 256}.{number % 256}.7"


def written(house, number):
    """A form as its page gives it, filled in: words that no packing makes smaller."""
    address = neighbourhood(number)
    status, _, page = ask(house.port, SLUG, PAGE, address=address)
    assert status == 200, f"{status}: a page that is read"
    token = TOKEN.search(page)
    words = " ".join(secrets.token_hex(8) for _ in range(80))
    typed = {"words": f"Лампата {words}", "place": "до чешмата"}
    form = form_for(PAGE, page, PAGE) | typed
    return form | ({"csrf_token": token[1]} if token else {}), address


def drill(folder):
    with SmallHouse(folder) as house:
        seen, faults = Counter(), []
        ballast = house.fill()
        for number in range(MOST):
            form, address = written(house, number)
            status, headers, page = ask(house.port, SLUG, PAGE, form, address=address)
            seen[str(status)] += 1
            if status != 303:
                break
        before = house.one(COUNTED), house.one(REPORTS)
        faults += [] if status == 503 else [f"{status} in place of 503: {PROBLEM.findall(page)}"]
        faults += [] if headers.get("Retry-After") else ["nobody is told when to come again"]
        kept = {name: unescape(value) for name, value in HIDDEN.findall(page)}
        faults += [] if kept.get("words") == form["words"] else ["what was typed is not kept"]
        for _ in range(AGAIN):
            seen[str(ask(house.port, SLUG, PAGE, form, address=address)[0])] += 1
        after = house.one(COUNTED), house.one(REPORTS)
        faults += [] if after == before else [f"refused and counted: {before} {after}"]
        reads = Counter(str(ask(house.port, SLUG, path)[0]) for path in ("/", "/news/?n=1") * 3)
        faults += [] if set(reads) == {"200"} else [f"who reads: {dict(reads)}"]
        ballast.unlink()
        sent = [ask(house.port, SLUG, PAGE, form, address=address)[0] for _ in range(2)]
        faults += [] if sent == [303, 303] else [f"once there is room: {sent}"]
        faults += [] if house.one(REPORTS) == before[1] + 1 else ["not once"]
        house.asking.dispose()
    return {"answers": dict(seen), "read meanwhile": dict(reads), "then": sent, "found": faults}


def main():
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder:
        told = drill(Path(folder))
    print(json.dumps(told, ensure_ascii=False))
    sys.exit(bool(told["found"]))


if __name__ == "__main__":
    main()
