"""Master keys: how they lie on the disk, what they wrap, what they refuse."""

import base64
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obshto.platform.keys.master import (
    BadMasterKeys,
    MasterKeys,
    create_master_key,
    number_of,
    read_master_keys,
)

MASTER = MasterKeys({1: os.urandom(32)}, current=1)
WRAPPED = MASTER.wrap("kula", 1, b"s" * 64)


def line(number, length=32):
    return f"{number}:{base64.b64encode(os.urandom(length)).decode()}\n"


@pytest.fixture
def written(tmp_path):
    def write(content, mode=0o400):
        path = tmp_path / "master.key"
        path.write_text(content)
        path.chmod(mode)
        return path

    return write


def test_a_created_key_is_private_and_can_be_read(tmp_path):
    path = tmp_path / "master.key"
    create_master_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_master_keys(path).current == 1
    assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


def test_an_existing_key_is_never_replaced(written, tmp_path):
    path = written(line(1))
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create_master_key(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["master.key"]


def test_of_many_who_create_at_once_one_wins(tmp_path):
    path, won, start = tmp_path / "master.key", [], threading.Barrier(8)

    def create():
        start.wait()
        try:
            create_master_key(path)
            won.append(path.read_bytes())
        except FileExistsError:
            pass

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [path.read_bytes()]


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_private_file_is_read_and_its_highest_key_is_current(written, mode):
    keys = read_master_keys(written(line(2) + "\n" + line(10) + line(9), mode))
    assert (sorted(keys.keys), keys.current) == ([2, 9, 10], 10)


@pytest.mark.parametrize("mode", [0o440, 0o604, 0o644, 0o660, 0o700, 0o777])
def test_a_file_that_others_may_touch_is_refused_with_the_command_that_mends_it(written, mode):
    path = written(line(1), mode)
    with pytest.raises(BadMasterKeys, match=f"chmod 0400 {path}"):
        read_master_keys(path)


@pytest.mark.parametrize(
    ("owner", "group", "we", "is_taken"),
    [
        (0, 10001, (10001, 10001), True),
        (0, 10001, (10001, 20), False),  # a group of others
        (10001, 10001, (10001, 10001), False),  # ours, so we may mend it
        (0, 0, (0, 0), False),
    ],
)
def test_a_secret_that_root_hands_over_to_our_group_is_read(
    written, monkeypatch, owner, group, we, is_taken
):
    path = written(line(1))
    handed = os.stat_result((0o100440, 0, 0, 1, owner, group, 0, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda number: handed)
    monkeypatch.setattr(os, "geteuid", lambda: we[0])
    monkeypatch.setattr(os, "getegid", lambda: we[1])
    if is_taken:
        assert read_master_keys(path).current == 1
    else:
        with pytest.raises(BadMasterKeys, match="has mode 0440"):
            read_master_keys(path)


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(BadMasterKeys, match="absent.key"):
        read_master_keys(tmp_path / "absent.key")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "1\n",
        "1:\n",
        line(1, 16),
        line(1, 33),
        line(-1),
        line("+1"),
        line("1_0"),
        line("²"),
        line(2**32),
        line(""),
        line(1) + line(1),
        line(1) + "2:not base64\n",
    ],
    ids=range(14),  # a name that changes with each run is no name
)
def test_a_file_of_anything_else_is_refused_without_showing_it(written, content):
    with pytest.raises(BadMasterKeys) as refused:
        read_master_keys(written(content))
    for secret in (word.partition(":")[2] for word in content.split()):
        assert not secret or secret not in str(refused.value)


def test_a_current_key_that_is_not_there_or_too_short_is_refused():
    with pytest.raises(BadMasterKeys, match="no master key 2"):
        MasterKeys({1: os.urandom(32)}, current=2)
    with pytest.raises(BadMasterKeys, match="16 bytes"):
        MasterKeys({1: os.urandom(16)}, current=1)


def test_master_keys_are_not_shown():
    key = os.urandom(32)
    assert repr(key) not in repr(MasterKeys({1: key}, current=1))


@given(secret=st.binary(max_size=100), kid=st.integers(0, 2**31))
def test_what_is_wrapped_can_be_unwrapped(secret, kid):
    wrapped = MASTER.wrap("kula", kid, secret)
    assert MASTER.unwrap("kula", kid, wrapped) == secret
    assert number_of(wrapped) == 1
    assert wrapped != MASTER.wrap("kula", kid, secret)


@pytest.mark.parametrize(("slug", "kid"), [("boynitsa", 1), ("kula", 2)])
def test_a_data_key_of_another_municipality_or_number_does_not_unwrap(slug, kid):
    with pytest.raises(BadMasterKeys, match=f"data key {kid} of {slug}"):
        MASTER.unwrap(slug, kid, WRAPPED)


def test_no_bit_of_a_wrapped_key_can_be_flipped():
    for bit in range(len(WRAPPED) * 8):
        flipped = bytearray(WRAPPED)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadMasterKeys):
            MASTER.unwrap("kula", 1, bytes(flipped))


@pytest.mark.parametrize("length", [0, 1, 16, 17, 20, 32])
def test_a_wrapped_key_that_was_cut_is_refused(length):
    with pytest.raises(BadMasterKeys):
        MASTER.unwrap("kula", 1, WRAPPED[:length])


def test_another_master_key_of_the_same_number_does_not_unwrap():
    with pytest.raises(BadMasterKeys, match="does not open"):
        MasterKeys({1: os.urandom(32)}, current=1).unwrap("kula", 1, WRAPPED)
    with pytest.raises(BadMasterKeys, match="needs master key 1"):
        MasterKeys({2: os.urandom(32)}, current=2).unwrap("kula", 1, WRAPPED)
