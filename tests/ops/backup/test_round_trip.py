"""What was backed up comes back, to the last byte, of every table of every part."""

import json
import resource
from zipfile import ZipFile

import pytest
from sqlalchemy import select, text
from support.thorough import IS_THOROUGH

from obshto.ops.backup import backup_run
from obshto.ops.backup.comparison import compare
from obshto.ops.backup.errors import BadBackup
from obshto.ops.backup.rehearsal import rehearse
from obshto.ops.backup.store import kept
from obshto.ops.models import Beside
from obshto.platform.db.base import TenantModel
from obshto.platform.notify.models import Message
from obshto.platform.permissions import Role

HERE, THERE = "gorno-selo", "dolno-selo"


def test_every_table_of_every_part_comes_back_the_same(full, take, restore, uow_in, stage):
    """And what is changed in one of them afterwards is seen as a difference."""
    (path,) = take(HERE)
    found = restore(path)
    assert found.state == Beside.READY
    tables = {one["table"]: one for one in found.found["tables"]}
    assert sorted(tables) == sorted(table.name for table in TenantModel.metadata.sorted_tables)
    assert [name for name, one in tables.items() if not one["is_same"]] == []
    assert [name for name, one in tables.items() if not one["there"]] == []
    with uow_in(HERE) as uow:
        uow.session.execute(text("DELETE FROM t_gorno_selo.news_version"))
        uow.session.commit()
    differ = [one for one in compare(stage, HERE, found.schema) if not one.is_same]
    assert [one.table for one in differ] == ["news_version"]
    assert differ[0].gone == differ[0].there > differ[0].here == 0


def test_a_rehearsal_compares_everything_and_leaves_nothing(full, take, stage, schemas, roles):
    paths = [path for path in take() if IS_THOROUGH or path.parent.name != THERE]
    before = schemas(), roles()
    for path in paths:
        assert rehearse(stage, path).entries
    assert (schemas(), roles()) == before


@pytest.mark.long
def test_a_rehearsal_notices_a_table_that_is_restored_wrongly(full, take, stage, monkeypatch):
    (path,) = take(HERE)
    monkeypatch.setattr("obshto.ops.backup.rehearsal.hash_of", lambda *more: (0, "other"))
    with pytest.raises(BadBackup, match="not the same"):
        rehearse(stage, path)


def test_all_backups_of_a_run_are_of_one_moment(full, keeping, take, uow_in, monkeypatch):
    """What is written while the first is taken is in none of them."""
    real, written = backup_run.write_municipality, []

    def write(*given, **more):
        if not written:
            with uow_in(THERE) as uow:
                uow.session.execute(text("DELETE FROM t_dolno_selo.search_day"))
                uow.session.commit()
        written.append(1)
        return real(*given, **more)

    monkeypatch.setattr(backup_run, "write_municipality", write)
    take()
    (one,) = kept(keeping.folder, THERE)
    with ZipFile(one.path) as file:
        entries = json.loads(file.read("manifest.json"))["entries"]
    assert [e["rows"] for e in entries if e["path"] == "own/search_day.csv"] != [0]


def test_the_backup_holds_no_session_and_nothing_of_the_neighbour(full, take, sign_in):
    sign_in(HERE, Role.EDITOR, name="Само тук")
    sign_in(THERE, Role.EDITOR, name="Друг някой")
    *_, region = take()
    (own,) = take(HERE)
    with ZipFile(region) as file:
        assert "region/session.jsonl" not in file.namelist()
        assert "region/person.jsonl" in file.namelist()
    with ZipFile(own) as file:
        named = [name for name in file.namelist() if not name.endswith("seal")]
        told = b"".join(map(file.read, named)).decode()
    assert "Само тук" in told
    assert "Друг някой" not in told and THERE not in told


def test_what_was_sealed_is_sealed_in_the_file(full, take, uow_in):
    secret = "Тайният адрес 7501010018"
    with uow_in(HERE) as uow:
        for letter in uow.session.scalars(select(Message)):
            letter.text = secret
        uow.session.commit()
    (path,) = take(HERE)
    with ZipFile(path) as file:
        told = b"".join(file.read(name) for name in file.namelist())
    assert secret.encode() not in told and b"7501010018" not in told


def test_only_its_owner_may_read_the_file(full, take):
    (path,) = take(HERE)
    assert path.stat().st_mode & 0o777 == 0o600


def test_memory_does_not_grow_with_the_table(app, take, owner, stage):
    """40 MB of rows go by in pieces."""
    with stage.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO t_gorno_selo.settings_value (part, values) SELECT 'p' || n,"
            " jsonb_build_object('a', repeat(md5(n::text), 500)) FROM generate_series(1, 2500) n"
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (path,) = take(HERE)
    rehearse(stage, path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000  # KB
