"""Processor time of a web server: what a request costs, however busy the machine is."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ASKED = "/-/memory"  # where a process of `remembered.py` says what it holds
TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(leader):
    """User and system time that a process and its children have had so far."""
    return sum(_own(pid) for pid in (leader, *children_of(leader)))


def _own(pid):
    with suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / TICK
    return 0.0


def children_of(pid):
    """The processes that a process has started."""
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []
