"""The ring: loaded once, rotated, rewrapped, forgotten, shared by threads."""

import os
import threading

import pytest

from obshto.platform.keys.encryption import blind_index, decrypt, encrypt
from obshto.platform.keys.key_cache import (
    MAX_AGE,
    KeyCache,
    NoDataKey,
    NoKeyCache,
    current_key_cache,
    install_key_cache,
)
from obshto.platform.keys.master import BadMasterKeys, MasterKeys, number_of
from obshto.platform.scope import in_municipality


def sealed_in(slug, text="8001010000"):
    with in_municipality(slug):
        return encrypt("person.egn", text)


def opened_in(slug, sealed):
    with in_municipality(slug):
        return decrypt("person.egn", sealed)


def test_without_a_ring_nothing_is_sealed_or_opened(ring):
    sealed = sealed_in("kula")
    install_key_cache(None)
    with pytest.raises(NoKeyCache):
        current_key_cache()
    with pytest.raises(NoKeyCache):
        sealed_in("kula")
    with pytest.raises(NoKeyCache):
        opened_in("kula", sealed)


def test_keys_are_loaded_at_first_need_once_for_each_municipality(ring, rows):
    rows.reads = 0
    for _ in range(3):
        opened_in("kula", sealed_in("kula"))
    assert rows.reads == 1
    sealed_in("boynitsa")
    assert rows.reads == 2


def test_a_warm_ring_reads_nothing_more(ring, rows):
    ring.warm("kula")
    rows.reads = 0
    sealed_in("kula")
    assert rows.reads == 0


def test_a_municipality_without_keys_seals_nothing(ring):
    ring.warm("chuprene")
    with pytest.raises(NoDataKey, match="chuprene"):
        sealed_in("chuprene")


def test_a_first_key_is_found_though_its_absence_was_already_loaded(ring, rows):
    ring.warm("chuprene")
    kid, wrapped = ring.create("chuprene")
    rows["chuprene"] = {kid: wrapped}
    assert opened_in("chuprene", sealed_in("chuprene")) == "8001010000"


def test_a_created_key_is_not_used_before_it_is_stored(ring, rows):
    assert ring.create("kula")[0] == 2
    assert ring.current("kula").kid == 1


def test_after_a_rotation_old_fields_open_and_new_ones_lie_under_the_new_key(ring, rows):
    old = sealed_in("kula")
    assert rows.add(ring, "kula") == 2
    new = sealed_in("kula")
    assert (old[1:5], new[1:5]) == (b"\0\0\0\1", b"\0\0\0\2")
    assert opened_in("kula", old) == opened_in("kula", new) == "8001010000"


def test_a_rotation_in_another_process_is_noticed_by_its_first_field(ring, rows, master):
    ring.warm("kula")
    other = KeyCache(master, rows.load)
    rows.add(other, "kula")
    install_key_cache(other)
    sealed = sealed_in("kula")
    install_key_cache(ring)
    assert opened_in("kula", sealed) == "8001010000"


def test_look_up_survives_rotation_and_the_end_of_the_first_key(ring, rows):
    def index():
        with in_municipality("kula"):
            return blind_index("person.egn", "8001010000")

    before = index()
    rows.add(ring, "kula")
    assert index() == before
    del rows["kula"][1]
    ring.forget("kula")
    assert index() == before
    rows.add(ring, "kula")
    assert index() == before


def test_a_new_master_key_rewraps_keys_and_touches_no_field(ring, rows, master):
    rows.add(ring, "kula")
    sealed = sealed_in("kula")
    both = MasterKeys({**master.keys, 2: os.urandom(32)}, current=2)
    rewrapped = KeyCache(both, rows.load).rewrap("kula")
    assert {kid: number_of(wrapped) for kid, wrapped in rewrapped.items()} == {1: 2, 2: 2}
    rows["kula"].update(rewrapped)
    only_new = KeyCache(MasterKeys({2: both.keys[2]}, current=2), rows.load)
    install_key_cache(only_new)
    assert opened_in("kula", sealed) == "8001010000"
    assert only_new.rewrap("kula") == {}
    with pytest.raises(BadMasterKeys, match="needs master key 1"):
        opened_in("boynitsa", sealed)


def test_shredded_keys_open_nothing_even_when_the_municipality_gets_a_new_one(ring, rows):
    sealed, other = sealed_in("kula"), sealed_in("boynitsa")
    with in_municipality("kula"):
        index = blind_index("person.egn", "8001010000")
    del rows["kula"]
    ring.forget("kula")
    with pytest.raises(NoDataKey):
        opened_in("kula", sealed)
    assert opened_in("boynitsa", other) == "8001010000"
    assert rows.add(ring, "kula") == 1
    with pytest.raises(Exception, match="altered"):
        opened_in("kula", sealed)
    with in_municipality("kula"):
        assert blind_index("person.egn", "8001010000") != index


def test_a_key_shredded_elsewhere_is_gone_after_its_age(rows, master):
    seconds = 0.0
    ring = KeyCache(master, rows.load, ticks=lambda: seconds)
    rows.add(ring, "kula")
    assert ring.key("kula", 1).kid == 1
    del rows["kula"]
    seconds = MAX_AGE - 1
    assert ring.key("kula", 1).kid == 1
    seconds = MAX_AGE
    with pytest.raises(NoDataKey):
        ring.key("kula", 1)


def test_a_load_under_way_does_not_bring_back_what_was_forgotten(rows, master):
    def load(slug):
        found = rows.load(slug)
        if interrupt:
            interrupt.clear()
            del rows[slug]
            ring.forget(slug)
        return found

    interrupt = []
    ring = KeyCache(master, load)
    rows.add(ring, "kula")
    interrupt.append(True)
    assert ring.current("kula").kid == 1
    with pytest.raises(NoDataKey):
        ring.current("kula")


def test_a_slow_load_of_one_municipality_does_not_hold_up_another(rows, master):
    entered, go_on = threading.Event(), threading.Event()

    def load(slug):
        if slug == "kula":
            entered.set()
            assert go_on.wait(120)
        return rows.load(slug)

    rows.add(KeyCache(master, rows.load), "kula")
    rows.add(KeyCache(master, rows.load), "boynitsa")
    ring = KeyCache(master, load)
    slow = threading.Thread(target=ring.warm, args=("kula",))
    slow.start()
    try:
        assert entered.wait(120)
        assert ring.current("boynitsa").kid == 1
    finally:
        go_on.set()
        slow.join()


def test_threads_share_a_ring_while_keys_are_rotated_and_forgotten(ring, rows):
    wrong = []

    def uow(slug):
        for number in range(200):
            text = f"{slug} {number}"
            if opened_in(slug, sealed_in(slug, text)) != text:
                wrong.append(text)
            if number % 20 == 0:
                ring.forget(slug)

    threads = [threading.Thread(target=uow, args=(s,)) for s in ("kula", "boynitsa") * 3]
    for thread in threads:
        thread.start()
    for _ in range(5):
        rows.add(ring, "kula")
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_data_key_shows_nothing_of_itself(ring):
    key = ring.current("kula")
    assert repr(key.index) not in repr(key)
