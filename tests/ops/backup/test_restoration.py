"""A municipality is taken back to a moment: first beside, then in place, and back again.

To restore is dear, so each test looks at one restoration from many sides.
"""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from obshto.modules.eservices.services.numbers import ENTRY, next_number
from obshto.ops.backup import restoration, schema_swap
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.models import Beside
from obshto.platform import clock
from obshto.platform.audit.services import first_broken_link
from obshto.platform.notify.models import Text
from obshto.platform.permissions import Role

HERE, THERE = "gorno-selo", "dolno-selo"


class Reader(threading.Thread):
    """Asks for a page that no cache holds, again and again; a few times more after the swap."""

    def __init__(self, client, base):
        super().__init__()
        self.client, self.base, self.statuses = client, base, []
        self.begun, self.after = threading.Event(), threading.Event()

    def run(self):
        left = 3
        while left:
            left -= self.after.is_set()
            answer = self.client.get(f"/news/?n={len(self.statuses)}", base_url=self.base)
            self.statuses.append(answer.status_code)
            self.begun.set()


NEWS = "SELECT count(*) FROM {}.news_item"
GRANTS = """
SELECT table_name, privilege_type FROM information_schema.role_table_grants
WHERE table_schema = '{0}' AND grantee = '{0}' ORDER BY 1, 2
"""
ELSEWHERE = (
    "SELECT count(*) FROM shared.session",
    "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM t_dolno_selo.news_item t",
    "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM shared.person t",
    "SELECT md5(string_agg(t::text, ',')) FROM shared.tenant_key t",
    "SELECT version, modules, colour FROM shared.tenant WHERE slug = 'dolno-selo'",
)


@pytest.fixture
def lost(full, take, uow_in, owner):
    """A good backup; afterwards the news were deleted by mistake. How many there had been."""
    (path,) = take(HERE)
    ((number,),) = owner(NEWS.format("t_gorno_selo"))
    with uow_in(HERE) as uow:
        for table in ("news_attachment", "news_version", "news_item"):
            uow.session.execute(text(f"DELETE FROM t_gorno_selo.{table}"))
        uow.session.commit()
    return path, number


def elsewhere(owner):
    """What the region and the neighbour hold."""
    return [owner(one) for one in ELSEWHERE]


def test_swapped_in_all_is_as_before_the_mishap(
    lost, restore, swap, put_back, sign_in, client, at, owner, uow_in, queued
):
    """One swap, looked at from all sides: pages, numbers, rights, log; and put back."""
    path, number = lost
    given = [next_of(uow_in) for _ in range(2)]
    before = client.get("/news/", base_url=at(HERE)).text
    restore(path)
    swap()
    after = client.get("/news/", base_url=at(HERE)).text
    assert before != after and "/news/" in after
    assert owner(NEWS.format("t_gorno_selo")) == [(number,)]
    assert "search:renew" in [name for name, _ in queued()]
    assert next_of(uow_in) not in given
    assert owner(GRANTS.format("t_gorno_selo")) == owner(GRANTS.format("t_dolno_selo"))
    is_as_useful(sign_in(HERE, Role.EDITOR))
    is_as_safe(uow_in)
    log = sign_in(HERE, Role.ADMIN).get("/console/audit/").text
    assert "Изтрити новини" in log and "върна общината към резервно копие" in log
    assert "Изтрити новини" not in sign_in(THERE, Role.ADMIN).get("/console/audit/").text
    put_back()
    assert owner(NEWS.format("t_gorno_selo")) == [(0,)]
    with pytest.raises(BackupRefused, match="kept any more"):
        put_back()


def next_of(uow_in):
    """A number that is given to an application."""
    with uow_in(HERE) as uow:
        given = next_number(uow, ENTRY)
        uow.commit()
        return given


def is_as_useful(editor):
    typed = {"title": "Нова", "summary": "Накратко", "markdown": "Текст"}
    assert editor.press("/console/news/new", **typed).status_code == 303


def is_as_safe(uow_in):
    with uow_in(HERE) as uow:
        assert uow.session.scalar(text("SELECT current_user")) == "t_gorno_selo"
        assert first_broken_link(uow) is None
        assert uow.session.scalars(text("SELECT act FROM t_gorno_selo.audit_entry")).all()
        told = uow.session.scalars(select(Text)).all()
        assert told and all(words.text for words in told)  # opens with the same key
    for forbidden in (
        "DELETE FROM t_gorno_selo.audit_entry",
        "SELECT * FROM t_dolno_selo.news_item",
    ):
        with uow_in(HERE) as uow, pytest.raises(Exception, match="permission denied"):
            uow.session.execute(text(forbidden))


def test_the_log_and_the_money_stay_at_their_last(
    lost, restore, swap, put_back, stage, sign_in, owner, uow_in
):
    """Whatever table a part has that outlives a restore; with rows that came after the backup.

    Neither the neighbour nor the region is touched.
    """
    path, _ = lost
    neighbour = sign_in(THERE, Role.EDITOR)
    is_as_useful(sign_in(HERE, Role.EDITOR))
    with stage.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO t_gorno_selo.billing_posting (id, key, at, debit, credit, cents)"
            " VALUES (gen_random_uuid(), 'later', now(), 'bank', 'fees', 1250)"
        )
    untouched = elsewhere(owner)
    found = restore(path)
    stays = {one["table"] for one in found.found["tables"] if one["stays"]}
    assert stays >= {"audit_entry", "billing_posting", "billing_payment", "eservices_counter"}
    told = "SELECT count(*), md5(string_agg(t::text, ',' ORDER BY t::text)) FROM t_gorno_selo.{} t"
    before = {table: owner(told.format(table)) for table in stays}
    swap()
    assert elsewhere(owner) == untouched and neighbour.get("/account").status_code == 200
    assert {table: owner(told.format(table)) for table in stays} == before
    assert owner("SELECT cents FROM t_gorno_selo.billing_posting WHERE key = 'later'") == [(1250,)]
    with uow_in(HERE) as uow:
        assert first_broken_link(uow) is None
    put_back()
    assert {table: owner(told.format(table)) for table in stays} == before


def test_what_waits_beside_is_swapped_in_whole_and_goes_after_its_days(
    lost, restore, swap, stage, client, at, app, owner, schemas, roles, monkeypatch
):
    path, number = lost
    beside = restore(path).schema
    assert owner(NEWS.format(beside)) == [(number,)]  # nobody is led to it
    assert owner(NEWS.format("t_gorno_selo")) == [(0,)]
    assert client.get("/news/", base_url=at(HERE)).status_code == 200
    with pytest.raises(BackupRefused, match="already waits"):
        restore(path)
    noted(stage, Beside.FILLING)
    with pytest.raises(BackupRefused, match="not whole"):
        swap()
    noted(stage, Beside.READY)
    assert statuses_during(swap, app, at(HERE)) == {200}
    assert schema_swap.let_go(stage) == []
    late = clock.now() + schema_swap.KEPT + timedelta(minutes=1)
    monkeypatch.setattr(schema_swap, "now", lambda: late)
    [gone] = schema_swap.let_go(stage)
    assert gone not in schemas() | roles()
    assert "t_gorno_selo" in schemas() & roles()
    assert schema_swap.let_go(stage) == []


def noted(stage, state):
    with stage.engine.begin() as connection:
        connection.execute(text(f"UPDATE shared.restoration SET state = '{state.value}'"))


def statuses_during(swap, app, base):
    """Of the answers to readers that never stop while the two change places."""
    readers = [Reader(app.test_client(), base) for _ in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.begun.wait(120)
    swap()
    for reader in readers:
        reader.after.set()
    for reader in readers:
        reader.join()
    assert all(len(reader.statuses) > 3 for reader in readers)
    return {status for reader in readers for status in reader.statuses}


@pytest.mark.long
def test_only_one_waits_beside(lost, restore, stage, schemas):
    restore(lost[0])
    with pytest.raises(BackupRefused, match="already waits"):
        restore(lost[0])
    restoration.discard(stage, HERE)
    assert not [name for name in schemas() if name.startswith("r_")]
    assert restore(lost[0]).state == Beside.READY
