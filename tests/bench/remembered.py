"""What gunicorn serves for `memory.py`: the house, and at one address what its process holds."""

from __future__ import annotations

import gc
import json
from collections import Counter
from pathlib import Path

from cost import ASKED

from obshto.ops.wsgi import app as house

KINDS = 60  # types of objects that are told
FIELDS = {"VmRSS": "resident", "RssAnon": "own"}


def app(environ, start):
    """Everything but one address is the house's."""
    if environ["PATH_INFO"] != ASKED:
        return house(environ, start)
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(held()).encode()]


def held():
    """Kilobytes of the process, and how many objects of each type the collector knows."""
    gc.collect()
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    sizes = {FIELDS[words[0][:-1]]: int(words[1]) for words in lines if words[0][:-1] in FIELDS}
    kinds = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
    return {**sizes, "kinds": dict(kinds.most_common(KINDS)), "threads": _threads()}


def _threads():
    return len(list(Path("/proc/self/task").iterdir()))
