"""A ring over rows in memory, for two municipalities that have a data key each."""

import os
from contextlib import suppress

import pytest

from obshto.platform.keys.key_cache import (
    KeyCache,
    NoKeyCache,
    current_key_cache,
    install_key_cache,
)
from obshto.platform.keys.master import MasterKeys


class Rows(dict):
    """What `shared.tenant_key` holds, wrapped keys by slug; counts how often it is read."""

    reads = 0

    def load(self, slug):
        self.reads += 1
        return dict(self.get(slug, {}))

    def add(self, ring, slug):
        kid, wrapped = ring.create(slug)
        self.setdefault(slug, {})[kid] = wrapped
        ring.forget(slug)
        return kid


@pytest.fixture(scope="session")
def master():
    return MasterKeys({1: os.urandom(32)}, current=1)


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def ring(rows, master):
    ring = KeyCache(master, rows.load)
    for slug in ("kula", "boynitsa"):
        rows.add(ring, slug)
    houses = None
    with suppress(NoKeyCache):
        houses = current_key_cache()
    install_key_cache(ring)
    yield ring
    install_key_cache(houses)
