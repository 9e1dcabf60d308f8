"""Fragment store: least recently used in the memory of a process, over one file for all workers.

The file is SQLite in the node's memory (`/dev/shm`), made anew by each start of the web server.
Where it is locked, full or broken a fragment is rendered, never waited for. Bytes only, no pickle.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import sys
import tempfile
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

MB = 1024 * 1024
OWN_BYTES = 8 * MB  # a process
NODE_BYTES = 24 * MB  # the file; its log adds at most `LOG_BYTES`, a container has 64 MB
LOG_BYTES = 4 * MB
PAGE_BYTES = 4096
WAIT_SECONDS = 0.01  # for another writer
ENTRY_BYTES = 200  # of an entry of the dict, beside its strings
NODE_MEMORY = Path("/dev/shm")  # noqa: S108  the folders in it are ours alone, with random names
PREFIX = "obshto-fragments-"

TABLE = (
    "CREATE TABLE IF NOT EXISTS fragment"
    " (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, body TEXT NOT NULL, until REAL)"
)
GET = "SELECT body, until FROM fragment WHERE key = ?"
PUT = "INSERT OR REPLACE INTO fragment (key, body, until) VALUES (?, ?, ?)"
DROP_OLDEST = (
    "DELETE FROM fragment WHERE id IN"
    " (SELECT id FROM fragment ORDER BY id LIMIT (SELECT count(*) / 8 + 1 FROM fragment))"
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rendered HTML, and the second from which it does not hold any more."""

    body: str
    until: float | None = None


class FragmentStore:
    """Two floors: a dict in this process, the file of the node behind it."""

    def __init__(self, own_bytes: int = OWN_BYTES) -> None:
        self.node: NodeStore | None = None
        self._own: OrderedDict[str, Fragment] = OrderedDict()
        self._limit, self._held, self._lock = own_bytes, 0, Lock()

    def get(self, key: str) -> Fragment | None:
        with self._lock:
            found = self._own.get(key)
            if found:
                self._own.move_to_end(key)
                return found
        found = self.node.get(key) if self.node else None
        if found:
            self._keep(key, found)
        return found

    def put(self, key: str, fragment: Fragment) -> None:
        self._keep(key, fragment)
        if self.node:
            self.node.put(key, fragment)

    @property
    def held_bytes(self) -> int:
        """What the dict holds."""
        return self._held

    def _keep(self, key: str, fragment: Fragment) -> None:
        with self._lock:
            if before := self._own.pop(key, None):
                self._held -= _size(key, before)
            self._own[key] = fragment
            self._held += _size(key, fragment)
            while self._held > self._limit:
                self._held -= _size(*self._own.popitem(last=False))


class NodeStore:
    """Shared by the workers of a node; each opens the file after its own fork."""

    def __init__(self, path: Path, node_bytes: int = NODE_BYTES) -> None:
        self._path, self._pages = path, node_bytes // PAGE_BYTES
        self._lock = Lock()
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def get(self, key: str) -> Fragment | None:
        with self._lock, suppress(sqlite3.Error):
            row = self._connection().execute(GET, (key,)).fetchone()
            return Fragment(*row) if row else None
        return None

    def put(self, key: str, fragment: Fragment) -> None:
        """Full: the oldest eighth goes. Locked or broken: it is not kept."""
        values = key, fragment.body, fragment.until
        with self._lock, suppress(sqlite3.Error):
            try:
                self._connection().execute(PUT, values)
            except sqlite3.Error as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
                    raise
                self._connection().execute(DROP_OLDEST)
                self._connection().execute(PUT, values)

    def _connection(self) -> sqlite3.Connection:
        """SQLite's connections may not cross a fork."""
        if self._opened and self._opened[0] == os.getpid():
            return self._opened[1]
        made = sqlite3.connect(
            self._path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        for pragma in (
            f"page_size = {PAGE_BYTES}",
            "journal_mode = WAL",
            "synchronous = OFF",
            f"max_page_count = {self._pages}",
            f"journal_size_limit = {LOG_BYTES}",
        ):
            made.execute(f"PRAGMA {pragma}")
        made.execute(TABLE)
        self._opened = os.getpid(), made
        return made


def open_node_store(memory: Path = NODE_MEMORY) -> NodeStore | None:
    """A store for the workers that this process forks; None where the node offers no memory.

    A lock on its folder lives as long as the last of them: a folder that can be locked is left
    over from a server that was killed, and goes.
    """
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    for left in memory.glob(f"{PREFIX}*"):
        if (lock := _lock(left)) is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=memory))
    _lock(folder)  # held until the process ends: nobody closes it
    return NodeStore(folder / "fragments.sqlite")


def _lock(folder: Path) -> int | None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # somebody else's, or gone meanwhile
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _size(key: str, fragment: Fragment) -> int:
    return sys.getsizeof(key) + sys.getsizeof(fragment.body) + ENTRY_BYTES
