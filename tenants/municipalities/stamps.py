"""Stamps of hosts: one round trip for all requests that arrive together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from threading import Lock

Stamp = tuple[int, str]  # version and `xmin` of the row


class Batch:
    """A read that has not begun: who joins it now is answered by what it will see."""

    __slots__ = ("error", "found", "over", "slugs")

    def __init__(self) -> None:
        self.slugs: set[str] = set()
        self.found: Mapping[str, Stamp] = {}
        self.error: Exception | None = None
        self.over = Lock()  # held by its leader until the answer is there
        self.over.acquire()


class StampReader:
    """Coalesces reads. A waiter joins the *next* read, never the one under way: its snapshot may
    be older than a write that was acknowledged before the waiter came.
    """

    def __init__(self, read: Callable[[Collection[str]], Mapping[str, Stamp]]) -> None:
        self._read = read
        self._next: Batch | None = None
        self._lock, self._turn = Lock(), Lock()

    def __call__(self, slug: str) -> Stamp | None:
        with self._lock:
            batch, is_leader = self._next, self._next is None
            if batch is None:
                batch = self._next = Batch()
            batch.slugs.add(slug)
        if is_leader:
            self._lead(batch)
        else:
            with batch.over:
                pass
        if batch.error:
            raise batch.error
        return batch.found.get(slug)

    def _lead(self, batch: Batch) -> None:
        """Wait for the read under way, close the batch, then read."""
        with self._turn:
            with self._lock:
                self._next = None
            try:
                batch.found = self._read(batch.slugs)
            except Exception as error:  # noqa: BLE001  whoever joined hears it, too
                batch.error = error
            finally:
                batch.over.release()
