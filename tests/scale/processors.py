"""Processor time of each process of the house and of each server that stands on this machine."""

from __future__ import annotations

import ipaddress
import os
from contextlib import suppress
from pathlib import Path

import psycopg

TICK = os.sysconf("SC_CLK_TCK")
OWN = "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int"
# Of /proc/N/stat behind the name: own time, the system's for it, both of children that ended.
TIMES = slice(11, 15)


class ProcessorCount:
    """`spent()` says the seconds of each name since it was made; a server elsewhere has none."""

    def __init__(self, children, servers):
        roots = {name: child.pid for name, child in children.items()}
        roots |= {name: pid_of(address) for name, address in servers}
        self.roots = {name: pid for name, pid in roots.items() if pid}
        self.before = self._now()

    def spent(self):
        return {name: seconds - self.before[name] for name, seconds in self._now().items()}

    def _now(self):
        return {name: seconds_of(pid) for name, pid in self.roots.items()}


def an_answer(spent, answers):
    """Milliseconds of each."""
    return {name: round(1000 * seconds / max(answers, 1), 1) for name, seconds in spent.items()}


def pid_of(address):
    """The first process of the server there; 0 where it is another machine's."""
    with psycopg.connect(address) as connection:
        host = connection.info.hostaddr
        if host and not ipaddress.ip_address(host).is_loopback:
            return 0
        [(pid,)] = connection.execute(OWN).fetchall()
        return pid


def seconds_of(pid):
    """Of a process, of all that it began and of what those began; those that ended count too."""
    ticks = 0
    with suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = sum(map(int, told[TIMES]))
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return ticks / TICK + sum(map(seconds_of, children))
    return ticks / TICK
