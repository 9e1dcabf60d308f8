"""Who was erased stays erased, whatever is taken back to whichever moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.ops.backup import backup_run, schema_swap
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.models import Beside
from obshto.platform.permissions import Role
from obshto.platform.privacy.services import PersonErased, erase_person

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def is_appointed(owner):
    def ask(person_id):
        asked = "SELECT count(*) FROM t_gorno_selo.tenants_appointment WHERE person_id = '{}'"
        ((number,),) = owner(asked.format(person_id))
        return bool(number)

    return ask


def test_who_was_erased_since_the_backup_is_erased_again(
    full, take, restore, swap, sign_in, uow_in, is_appointed
):
    editor = sign_in(HERE, Role.EDITOR)
    typed = {"title": "Нова", "summary": "Накратко", "markdown": "Текст"}
    assert editor.press("/console/news/new", **typed).status_code == 303
    (path,) = take(HERE)
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    assert restore(path).state == Beside.READY
    assert not is_appointed(editor.person_id)
    swap()
    assert not is_appointed(editor.person_id)


def test_who_is_erased_while_it_waits_is_erased_there_too(
    full, take, restore, swap, sign_in, uow_in, is_appointed
):
    editor = sign_in(HERE, Role.EDITOR)
    (path,) = take(HERE)
    restore(path)
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    swap()
    assert not is_appointed(editor.person_id)


def test_who_is_erased_at_the_very_moment_stops_the_swap(
    full, take, restore, swap, sign_in, uow_in, monkeypatch, owner
):
    editor = sign_in(HERE, Role.EDITOR)
    (path,) = take(HERE)
    restore(path)
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    monkeypatch.setattr(schema_swap, "erase_again", lambda *more: set())
    with pytest.raises(BackupRefused, match="repeat it"):
        swap()
    assert owner("SELECT state FROM shared.restoration") == [("ready",)]


def test_who_is_erased_while_the_backup_is_taken_is_erased_again(
    full, take, restore, swap, sign_in, uow_in, is_appointed, monkeypatch
):
    """By a transaction that had begun before, so that its entry is older than the backup."""
    editor = sign_in(HERE, Role.EDITOR)
    real = backup_run.write_municipality

    def write(connection, file, slug, **more):
        if slug == THERE:
            with uow_in(HERE) as uow:
                begun = replace(uow, now=uow.now - timedelta(minutes=1))
                erase_person(begun, editor.person_id)
                begun.commit()
        return real(connection, file, slug, **more)

    monkeypatch.setattr(backup_run, "write_municipality", write)
    (path,) = [path for path in take(HERE, THERE) if path.parent.name == HERE]
    restore(path)
    swap()
    assert not is_appointed(editor.person_id)


def test_who_came_back_and_was_erased_once_more_is_erased_again(
    full, take, restore, swap, sign_in, uow_in, is_appointed
):
    editor = sign_in(HERE, Role.EDITOR)
    with uow_in(HERE) as uow:
        uow.emit(PersonErased(subject_id=editor.person_id))
        uow.commit()
    (path,) = take(HERE)
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    restore(path)
    swap()
    assert not is_appointed(editor.person_id)


def test_who_was_erased_since_the_swap_stays_erased_when_it_is_put_back(
    full, take, restore, swap, put_back, sign_in, uow_in, is_appointed, owner
):
    editor = sign_in(HERE, Role.EDITOR)
    (path,) = take(HERE)
    restore(path)
    swap()
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    put_back()
    assert not is_appointed(editor.person_id)
    may_enter = """
        SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
        JOIN pg_roles a ON a.oid = m.member WHERE a.rolname = 'app_login' AND r.rolname ~ '^[ro]_'
    """
    assert owner(may_enter) == []


def test_who_is_erased_at_the_very_moment_stops_the_putting_back(
    full, take, restore, swap, put_back, sign_in, uow_in, monkeypatch, owner
):
    editor = sign_in(HERE, Role.EDITOR)
    (path,) = take(HERE)
    restore(path)
    swap()
    with uow_in(HERE) as uow:
        erase_person(uow, editor.person_id)
        uow.commit()
    monkeypatch.setattr(schema_swap, "erase_again", lambda *more: set())
    with pytest.raises(BackupRefused, match="repeat it"):
        put_back()
    assert owner("SELECT state FROM shared.restoration") == [("living",)]
