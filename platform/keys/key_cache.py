"""The ring holds the data keys of municipalities while a process needs them."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import DontWrapMixin

from obshto.platform.keys.master import MasterKeys, number_of

_KEY_BYTES: Final = 32
# A key shredded or rotated elsewhere is known to every process after this many seconds.
MAX_AGE: Final = 300.0

Load = Callable[[str], Mapping[int, bytes]]


class NoDataKey(DontWrapMixin, Exception):
    """The municipality has no such data key: never created, or shredded."""


class NoKeyCache(DontWrapMixin, RuntimeError):
    """Nobody installed a ring: personal fields can be neither written nor read."""


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """What a municipality seals with: a cipher for fields, a key for look-up hashes."""

    kid: int
    cipher: AESGCM
    index: bytes


@dataclass(frozen=True, slots=True)
class _Held:
    keys: Mapping[int, DataKey]
    loaded_at: float


class KeyCache:
    """Data keys by municipality, unwrapped on first need, safe among threads.

    A wrapped data key is two independent random keys, one for fields, one for look-up. The second
    travels unchanged into each new data key, so that hashes outlive a rotation and old rows of
    `tenant_key` can go as soon as nothing is sealed under them.

    `load(slug)` answers every wrapped key by number, retired ones too (old fields lie under them),
    in a transaction of its own. It may be called at any first use, so call `warm` before a
    municipality's transaction opens. No lock is held meanwhile: a thread that waits for a
    connection must not stop those who could give one back.
    """

    def __init__(
        self, master: MasterKeys, load: Load, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._master = master
        self._load = load
        self._ticks = ticks
        self._held: dict[str, _Held] = {}
        self._forgotten: Counter[str] = Counter()
        self._lock = Lock()

    def create(self, slug: str) -> tuple[int, bytes]:
        """A new data key as `(kid, wrapped)`, for the caller to store; then it is the current one.

        The ring itself learns it from the stored row, after `forget` or MAX_AGE seconds: what a
        rolled-back key sealed would be lost. Two at once get the same kid, refused by the primary
        key.
        """
        wrapped = self._load(slug)
        index = os.urandom(_KEY_BYTES)
        if wrapped:
            latest = max(wrapped)
            index = self._master.unwrap(slug, latest, wrapped[latest])[_KEY_BYTES:]
        kid = max(wrapped, default=0) + 1
        return kid, self._master.wrap(slug, kid, os.urandom(_KEY_BYTES) + index)

    def rewrap(self, slug: str) -> Mapping[int, bytes]:
        """The data keys that lie under an older master key, under the current one, to be stored.

        No field is touched. The new master key must first be in the file of every process.
        """
        return {
            kid: self._master.wrap(slug, kid, self._master.unwrap(slug, kid, wrapped))
            for kid, wrapped in self._load(slug).items()
            if number_of(wrapped) != self._master.current
        }

    def forget(self, slug: str) -> None:
        """Drop the keys from memory. With its rows deleted this shreds all that was sealed.

        Delete and commit first. Other processes forget within MAX_AGE seconds; backups of the
        rows must be deleted besides.
        """
        with self._lock:
            self._forgotten[slug] += 1  # a load that is under way may not bring them back
            self._held.pop(slug, None)

    def warm(self, slug: str) -> None:
        """Load now what would be loaded at first use. A municipality without keys is no error."""
        self._fresh(slug)

    def current(self, slug: str) -> DataKey:
        """The key to seal with. Raises NoDataKey."""
        keys = self._fresh(slug) or self._loaded(slug)
        if not keys:
            raise NoDataKey(f"{slug} has no data key")
        return keys[max(keys)]

    def key(self, slug: str, kid: int) -> DataKey:
        """The key that something was sealed with. Raises NoDataKey."""
        keys = self._fresh(slug)
        if kid not in keys:
            keys = self._loaded(slug)  # another process may have rotated a moment ago
        if kid not in keys:
            raise NoDataKey(f"{slug} has no data key {kid}")
        return keys[kid]

    def _fresh(self, slug: str) -> Mapping[int, DataKey]:
        held = self._held.get(slug)
        if held and self._ticks() - held.loaded_at < MAX_AGE:
            return held.keys
        return self._loaded(slug)

    def _loaded(self, slug: str) -> Mapping[int, DataKey]:
        forgotten, at = self._forgotten[slug], self._ticks()
        keys = {kid: self._unwrapped(slug, kid, row) for kid, row in self._load(slug).items()}
        with self._lock:
            if self._forgotten[slug] == forgotten:
                self._held[slug] = _Held(keys, at)
        return keys

    def _unwrapped(self, slug: str, kid: int, wrapped: bytes) -> DataKey:
        secret = self._master.unwrap(slug, kid, wrapped)
        return DataKey(kid, AESGCM(secret[:_KEY_BYTES]), secret[_KEY_BYTES:])


_ring: KeyCache | None = None


def install_key_cache(ring: KeyCache | None) -> None:
    """Say at composition which ring this process uses; None takes it away."""
    global _ring
    _ring = ring


def current_key_cache() -> KeyCache:
    """The ring of this process. Raises NoKeyCache."""
    if _ring is None:
        raise NoKeyCache("no key ring is installed: composition must call install_key_cache")
    return _ring
