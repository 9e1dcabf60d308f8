"""The store of fragments: bounded in bytes, shared by processes, never waited for."""

import os
import subprocess
import sys

from obshto.platform.web.fragment_store import (
    ENTRY_BYTES,
    PREFIX,
    Fragment,
    FragmentStore,
    NodeStore,
    open_node_store,
)

KB = 1024


def test_the_dict_of_a_process_is_bounded_in_bytes_and_the_oldest_unused_goes_first():
    store = FragmentStore(own_bytes=3 * (8 * KB + 2 * ENTRY_BYTES))
    for name in "abc":
        store.put(name, Fragment(name * 8 * KB))
    assert store.get("a")
    store.put("d", Fragment("d" * 8 * KB))
    assert store.get("b") is None
    assert [store.get(name).body[0] for name in "acd"] == ["a", "c", "d"]
    assert store.held_bytes <= 3 * (8 * KB + 2 * ENTRY_BYTES)


def test_what_is_put_twice_counts_once():
    store = FragmentStore()
    store.put("a", Fragment("long" * KB))
    before = store.held_bytes
    store.put("a", Fragment("long" * KB))
    assert store.held_bytes == before


def test_another_process_finds_what_one_has_put(tmp_path):
    path = tmp_path / "fragments"
    NodeStore(path).put("ключ", Fragment("<p>Цяло</p>", 12.5))
    program = (
        "import sys; from pathlib import Path;"
        "from obshto.platform.web.fragment_store import NodeStore;"
        "found = NodeStore(Path(sys.argv[1])).get('ключ');"
        "print(found.body, found.until)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, path],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert said.stdout == "<p>Цяло</p> 12.5\n"


def test_a_full_file_lets_the_oldest_go_and_stays_within_its_bytes(tmp_path):
    path, limit = tmp_path / "fragments", 512 * KB
    store = NodeStore(path, node_bytes=limit)
    for number in range(200):
        store.put(str(number), Fragment("x" * 8 * KB))
    assert store.get("0") is None
    assert store.get("199")
    assert path.stat().st_size <= limit


def test_a_broken_file_is_as_good_as_none(tmp_path):
    path = tmp_path / "fragments"
    path.write_bytes(b"no database" * KB)
    store = NodeStore(path)
    store.put("a", Fragment("b"))
    assert store.get("a") is None


def test_the_folder_of_a_server_that_was_killed_goes_and_that_of_a_living_one_stays(tmp_path):
    left = tmp_path / f"{PREFIX}killed"
    left.mkdir()
    assert open_node_store(tmp_path)
    assert not left.exists()
    [living] = tmp_path.glob(f"{PREFIX}*")
    assert open_node_store(tmp_path)
    assert living.exists()


def test_a_node_without_memory_for_it_has_no_shared_store(tmp_path):
    assert open_node_store(tmp_path / "nowhere") is None
