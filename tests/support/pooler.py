"""A real pgbouncer before a database: the installed one, or the one that PGBOUNCER names."""

import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg

from obshto.ops.config import spelled
from obshto.ops.local import SYSTEM_USER

PATH = os.environ["PATH"] + ":/usr/sbin"
PGBOUNCER = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer", path=PATH)
CARRIES = (1, 21)  # prepared statements along, where it is told to
CARRYING = "max_prepared_statements = 100"
SETTINGS = """[databases]
{database} = host={host} port=5432 dbname={database}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = {mode}
default_pool_size = {size}
ignore_startup_parameters = {ignored}
{more}
"""


def version():
    said = subprocess.run([PGBOUNCER, "--version"], capture_output=True, text=True, check=True)
    return tuple(map(int, re.search(r"(\d+)\.(\d+)", said.stdout).groups()))


def why_too_old():
    """A sentence where the pgbouncer here is not accepted by the house; else empty."""
    if version() >= CARRIES:
        return ""
    found = ".".join(map(str, version()))
    return f"this pgbouncer is {found}, too old to be accepted; PGBOUNCER names another"


@contextmanager
def pooler_before(url, folder, mode="transaction", more=CARRYING, ignored="options", size=3):
    """The address of the same login through a pgbouncer that lives as long as the block."""
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    (folder / "users").write_text(f'"{url.username}" "{url.password}"\n')
    ini, said = folder / "ini", {"folder": folder, "mode": mode, "more": more, "size": size}
    host, database = url.query["host"], url.database
    ini.write_text(SETTINGS.format(host=host, database=database, ignored=ignored, **said))
    who = {}
    if os.geteuid() == 0:  # it refuses to run as root
        who = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": ()}
        shutil.chown(folder, SYSTEM_USER)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([PGBOUNCER, str(ini)], stdout=log, stderr=log, **who)
    address = url.set(port=6432, query={"host": str(folder)})
    try:
        _wait(address, process, folder / "log")
        yield address
    finally:
        process.kill()  # newer ones wait for their clients when they are asked kindly
        process.wait(120)


def _wait(address, process, log):
    for _ in range(2400):
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(spelled(address.set(drivername="postgresql"))).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
