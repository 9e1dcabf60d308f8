"""A backup that is not whole, not ours, of somebody else, or from the future changes nothing."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text
from support.thorough import IS_THOROUGH

from obshto.ops.backup import store
from obshto.ops.backup.archive import opened
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.errors import BackupRefused, BadBackup, NoRoom, TooNew
from obshto.ops.backup.manifest import read_manifest
from obshto.ops.backup.rehearsal import rehearse
from obshto.platform.keys.master import MasterKeys

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture(scope="module")
def taken_once():
    """The files of a backup that was taken, by their paths."""
    return {}


@pytest.fixture
def good(request, app, taken_once):
    """A backup of the village full of rows; taken once, for whoever asks it is laid there anew."""
    if not taken_once:
        request.getfixturevalue("full")
        (path,) = request.getfixturevalue("take")(HERE)
        taken_once[path] = path.read_bytes()
    ((path, content),) = taken_once.items()
    path.write_bytes(content)
    return path


@pytest.fixture
def nothing_changed(full, owner, schemas):
    """Neither a schema more nor a row less, whatever is refused."""
    count = "SELECT count(*), sum(version) FROM t_gorno_selo.news_item"
    before = None

    def same():
        nonlocal before
        if before is None:
            before = schemas(), owner(count)
        assert (schemas(), owner(count)) == before

    return same


def rewritten(path, change, keys=None):
    """The same backup after `change(files)`; sealed anew when `keys` are given."""
    with ZipFile(path) as file:
        files = {name: file.read(name) for name in file.namelist()}
    files = change(files) or files
    if keys:
        files["manifest.seal"] = keys.sign(files["manifest.json"])
    made = path.with_name("19990101T000000Z.zip")
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return made


def with_manifest(**values):
    def change(files):
        files["manifest.json"] = replace(read_manifest(files["manifest.json"]), **values).written()

    return change


def other_rows(files):
    files["own/search_day.csv"] = files["own/search_day.csv"].replace(b"2026", b"2025")


def less(files):
    del files["own/news_item.csv"]


def more(files):
    files["own/news_item2.csv"] = b"id\n"


def climbing(files):
    files["../../../../etc/cron.d/obshto"] = b"* * * * * root true\n"


def other_manifest(files):
    files["manifest.json"] = files["manifest.json"].replace(b'"rows": 3', b'"rows": 2')


def no_manifest(files):
    del files["manifest.json"]


@pytest.mark.parametrize(
    "change",
    [other_rows, less, more, climbing, other_manifest, no_manifest, with_manifest(slug=THERE)],
    ids=lambda change: getattr(change, "__name__", "change"),
)
def test_a_backup_that_was_changed_is_refused(good, stage, restore, nothing_changed, change):
    nothing_changed()
    bad = rewritten(good, change)
    with pytest.raises(BadBackup):
        rehearse(stage, bad)
    with pytest.raises(BackupRefused):
        restore(bad)
    nothing_changed()


def test_rows_changed_under_a_true_seal_are_found_by_their_hash(good, stage, keeping):
    with pytest.raises(BadBackup, match="not a whole backup"):
        rehearse(stage, rewritten(good, other_rows, keeping.keys))


@pytest.mark.parametrize("path", ["../x.csv", "own/../../x.csv", "/etc/passwd", "own/x.sql"])
def test_a_manifest_that_names_a_path_is_refused_even_under_a_true_seal(good, stage, keeping, path):
    def change(files):
        files[path] = b"x"
        plain = json.loads(files["manifest.json"])
        plain["entries"][0]["path"] = path
        files["manifest.json"] = json.dumps(plain).encode()

    with pytest.raises(BadBackup, match="does not belong there"):
        rehearse(stage, rewritten(good, change, keeping.keys))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused(good, stage, restore, nothing_changed, share):
    nothing_changed()
    whole = good.read_bytes()
    good.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadBackup):
        rehearse(stage, good)
    with pytest.raises(BackupRefused):
        restore(good)
    nothing_changed()


def test_each_flipped_byte_is_noticed(good, stage):
    whole = good.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        good.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        try:
            with opened(good) as archive:
                archive.check_seal(stage.keys)
                told = [b"".join(archive.pieces(one)) for one in archive.manifest.entries]
        except BackupRefused:
            continue
        # What zip itself does not need (a date, a comment) may change; no content has.
        good.write_bytes(whole)
        with opened(good) as archive:
            assert told == [b"".join(archive.pieces(one)) for one in archive.manifest.entries]


@pytest.mark.parametrize("bit", [0x01, 0x40, 0x80])
def test_no_change_of_its_table_of_contents_is_more_than_a_refusal(good, stage, bit):
    whole = good.read_bytes()
    for at in range(len(whole) - 200, len(whole), 1 if IS_THOROUGH else 4):
        good.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        with suppress(BackupRefused), opened(good) as archive:
            archive.check_seal(stage.keys)
            for one in archive.manifest.entries:
                for _ in archive.pieces(one):
                    pass


def test_a_backup_of_the_neighbour_is_refused(full, take, restore, nothing_changed):
    nothing_changed()
    (path,) = take(THERE)
    with pytest.raises(BackupRefused, match="'dolno-selo', not of gorno-selo"):
        restore(path)
    nothing_changed()


def test_a_backup_sealed_with_another_key_is_refused(good, stage):
    other = replace(stage, keys=MasterKeys({1: os.urandom(32)}, current=1))
    with pytest.raises(BadBackup, match="another key"):
        rehearse(other, good)


def test_a_backup_of_a_later_release_is_refused_with_its_name(good, stage, keeping):
    def change(files):
        manifest = read_manifest(files["manifest.json"])
        revisions = (*manifest.revisions, "markets_t0099")
        files["manifest.json"] = replace(manifest, revisions=revisions).written()

    with pytest.raises(TooNew, match="markets_t0099.*install the release"):
        rehearse(stage, rewritten(good, change, keeping.keys))


def test_a_backup_of_another_format_is_refused_with_both_numbers(good, stage, keeping):
    bad = rewritten(good, with_manifest(format=2), keeping.keys)
    with pytest.raises(BadBackup, match="has format 2, this release reads 1"):
        rehearse(stage, bad)


def test_a_backup_whose_data_key_was_destroyed_since_is_refused(good, stage, restore):
    with stage.engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant_key SET kid = 9 WHERE slug = 'gorno-selo'"))
    try:
        with pytest.raises(BadBackup, match="was destroyed since"):
            restore(good)
    finally:
        with stage.engine.begin() as connection:
            back = "UPDATE shared.tenant_key SET kid = 1 WHERE slug = 'gorno-selo'"
            connection.execute(text(back))


def test_a_full_disk_is_said_before_anything_is_written(full, keeping, monkeypatch, owner):
    monkeypatch.setattr(store, "_free", lambda folder: store.SPARE)
    with pytest.raises(BackupRefused, match="must stay"):
        take_all(keeping, [HERE])
    assert list(keeping.folder.rglob("*.zip*")) == []
    assert owner("SELECT is_good, trouble LIKE '%must stay%' FROM shared.backup_run") == [
        (False, True)
    ]


def test_room_is_enough_when_the_spare_part_stays(tmp_path):
    store.check_room(tmp_path, 10, free=lambda folder: store.SPARE + 10)
    with pytest.raises(NoRoom):
        store.check_room(tmp_path, 11, free=lambda folder: store.SPARE + 10)


KILLED = """
import os, signal, sys
from pathlib import Path
from obshto.ops.backup.store import written_whole
with written_whole(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_backup_killed_in_the_middle_is_never_listed(tmp_path):
    path = tmp_path / HERE / "20261124T020000Z.zip"
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    [half] = (tmp_path / HERE).iterdir()
    assert half.read_bytes() == b"half"
    assert store.kept(tmp_path) == []
    assert store.sweep(tmp_path, before=datetime.fromtimestamp(0, UTC)) == []  # still at work
    assert store.sweep(tmp_path, before=datetime.now(UTC) + timedelta(days=1)) == [half]
    assert not half.exists()
