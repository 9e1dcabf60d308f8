"""Who was erased stays erased, whatever is taken back to whichever moment.

One backup is taken and taken back, because that is dear; at each moment somebody else is erased.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.ops.backup import backup_run, schema_swap
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.models import Beside
from obshto.platform.permissions import Role
from obshto.platform.privacy.services import PersonErased, erase_person

HERE, THERE = "gorno-selo", "dolno-selo"
MAY_ENTER = """
SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
JOIN pg_roles a ON a.oid = m.member WHERE a.rolname = 'app_login' AND r.rolname ~ '^[ro]_'
"""


@pytest.fixture
def editors(full, sign_in):
    """editors["…"]: by the moment at which they will be erased."""
    moments = (
        "meanwhile",  # while the backup is taken
        "since",
        "again",  # erased, come back, erased once more
        "waiting",  # while the copy waits to be swapped in
        "swapping",  # at the very moment
        "later",  # since the swap
        "returning",  # at the very moment when it is put back
        "never",
    )
    return {moment: sign_in(HERE, Role.EDITOR) for moment in moments}


@pytest.fixture
def erase(uow_in, editors):
    """erase("since"): and it is committed."""

    def go(moment):
        with uow_in(HERE) as uow:
            erase_person(uow, editors[moment].person_id)
            uow.commit()

    return go


@pytest.fixture
def appointed(owner, editors):
    """The moments of those who have an appointment here."""

    def look():
        rows = owner("SELECT person_id FROM t_gorno_selo.tenants_appointment")
        there = {person_id for (person_id,) in rows}
        return {moment for moment, editor in editors.items() if editor.person_id in there}

    return look


@pytest.fixture
def state(owner):
    return lambda: owner("SELECT state FROM shared.restoration")


@pytest.fixture
def taken(editors, take, erase, uow_in, monkeypatch):
    """The backup. Somebody was erased while it was taken, by a transaction that had begun before,
    so that its entry is older than the backup."""
    real = backup_run.write_municipality

    def write(connection, file, slug, **more):
        if slug == THERE:
            with uow_in(HERE) as uow:
                begun = replace(uow, now=uow.now - timedelta(minutes=1))
                erase_person(begun, editors["meanwhile"].person_id)
                begun.commit()
        return real(connection, file, slug, **more)

    typed = {"title": "Нова", "summary": "Накратко", "markdown": "Текст"}
    assert editors["since"].press("/console/news/new", **typed).status_code == 303
    with uow_in(HERE) as uow:
        uow.emit(PersonErased(subject_id=editors["again"].person_id))
        uow.commit()
    monkeypatch.setattr(backup_run, "write_municipality", write)
    [path] = [path for path in take(HERE, THERE) if path.parent.name == HERE]
    return path


def refused_to_forget(monkeypatch, act):
    """`act()` where the erasure came after what `act` erases again."""
    with monkeypatch.context() as late:
        late.setattr(schema_swap, "erase_again", lambda *more: set())
        with pytest.raises(BackupRefused, match="repeat it"):
            act()


def test_who_was_erased_at_whichever_moment_stays_erased(
    taken, restore, swap, put_back, erase, appointed, owner, state, monkeypatch
):
    erase("since")
    erase("again")
    found = restore(taken)
    assert found.state == Beside.READY
    erase("waiting")
    erase("swapping")
    refused_to_forget(monkeypatch, swap)
    assert state() == [(Beside.READY,)]
    swap()
    assert appointed() == {"later", "returning", "never"}
    erase("later")
    erase("returning")
    refused_to_forget(monkeypatch, put_back)
    assert state() == [(Beside.LIVING,)]
    put_back()
    assert appointed() == {"never"}
    assert owner(MAY_ENTER) == []
