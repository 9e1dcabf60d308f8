"""The region's own log is a chain too, and is read by place, by kind, by words."""

from pathlib import Path
from runpy import run_path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from obshto.ops.events import JobRetried
from obshto.platform.audit.filters import LogFilter
from obshto.platform.audit.regional import NOBODYS, regional_entries
from obshto.platform.audit.services import first_broken_link, verify_chain
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.switches.events import ModuleSwitchedOn

LOG = "shared.audit_entry"
CHAIN = Path(__file__).parents[3] / "platform/audit/migrations/shared/audit_s0002_chain.py"
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def log(app, migrator):
    """Five acts: upon the village, its neighbour, nobody; each by somebody else."""
    with migrator.begin() as connection:
        connection.execute(text(f"delete from {LOG}"))  # that the villages joined
    facts = [
        ModuleSwitchedOn(municipality=VILLAGE, module="news"),
        ModuleSwitchedOn(municipality=NEIGHBOUR, module="pages"),
        *(
            JobRetried(municipality=where, job="notify:send", reason=f"Пощата работи {n} %")
            for n, where in enumerate((VILLAGE, NEIGHBOUR, None))
        ),
    ]
    with app.app_context():
        for number, fact in enumerate(facts):
            with open_uow(None, Principal(name=f"Служител {number}")) as region:
                region.emit(fact)


@pytest.fixture
def broken(uow_in):
    def look(**more):
        with uow_in(None) as region:
            return first_broken_link(region, **more)

    return look


@pytest.fixture
def forge(migrator):
    def change(statement):
        with migrator.begin() as connection:
            assert connection.execute(text(statement)).rowcount == 1

    return change


def test_a_log_that_nobody_touched_is_whole(log, broken, owner):
    assert owner(f"select count(*), min(seq), max(seq) from {LOG}") == [(5, 1, 5)]
    assert broken() is None


@pytest.mark.parametrize(
    "change",
    [
        *("person_name = 'Друг'", "act = 'ops:job.discarded'", "municipality = 'kula'"),
        *("at = at - interval '1 microsecond'", "detail = '{}'", "person_id = gen_random_uuid()"),
        *("id = gen_random_uuid()", "hash = sha256('x')", "previous = sha256('x')"),
    ],
)
def test_an_edited_entry_is_found(log, broken, forge, change):
    forge(f"update {LOG} set {change} where seq = 3")
    assert broken() == 3
    assert broken(last=2) is None  # only the newest are looked at


def test_a_deleted_entry_is_found_by_the_one_that_follows(log, broken, forge):
    forge(f"delete from {LOG} where seq = 2")
    assert broken() == 3


@pytest.mark.parametrize("statement", [f"update {LOG} set act = ''", f"delete from {LOG}"])
def test_the_login_of_web_and_worker_may_not_rewrite_it(log, uow_in, statement):
    with uow_in(None) as region, pytest.raises(ProgrammingError, match="denied for table"):
        region.session.execute(text(statement))


def test_a_municipality_reads_none_of_it(log, uow_in):
    with uow_in(VILLAGE) as uow, pytest.raises(ProgrammingError, match="denied for"):
        uow.session.execute(text(f"select 1 from {LOG}"))


def test_a_broken_chain_raises_the_alarm_by_night(log, uow_in, forge, caplog):
    with uow_in(None) as region:
        verify_chain(region)
        assert caplog.text == ""
        forge(f"delete from {LOG} where seq = 1")
        verify_chain(region)
    assert "the log of the region was changed at entry 2" in caplog.text


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [4, 3, 2, 1, 0]),
        ({"place": VILLAGE}, [2, 0]),
        ({"place": NOBODYS}, [4]),
        ({"place": "kula"}, []),
        ({"act": "tenants:"}, [1, 0]),
        ({"act": "tenants:", "place": NEIGHBOUR}, [1]),
        ({"words": "служител 3"}, [3]),
        ({"words": "ПОЩАТА"}, [4, 3, 2]),
        ({"words": "работи 1"}, [3]),
        ({"words": "0 %"}, [2]),
        *(({"words": of_no_value}, []) for of_no_value in ("_id", "reason")),
    ],
    ids=str,
)
def test_it_is_read_by_place_by_kind_by_words(log, uow_in, wanted, found):
    with uow_in(None) as region:
        place = wanted.get("place", "")
        asked = LogFilter(**{name: told for name, told in wanted.items() if name != "place"})
        told = regional_entries(region, asked, before=None, place=place)
        assert [int(entry.person_name[-1]) for entry in told] == found


def test_what_stood_there_before_it_was_a_chain_is_linked_in_order(log, owner, migrator, broken):
    """The migration's own statement, over rows whose links were lost."""
    fill = run_path(str(CHAIN))["FILL"]
    with migrator.begin() as connection:
        before = connection.execute(text(f"select id, hash from {LOG} order by seq")).all()
        connection.execute(text(f"update {LOG} set seq = -seq, hash = '', previous = ''"))
        connection.execute(text("set local search_path = shared"))
        connection.exec_driver_sql(fill)
        assert connection.execute(text(f"select id, hash from {LOG} order by seq")).all() == before
    assert broken() is None
