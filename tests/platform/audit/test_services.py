"""The log of a municipality is written with the act, cannot be rewritten unseen."""

from dataclasses import replace
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from obshto.modules.news.events import NewsWritten
from obshto.platform.audit.services import (
    entries_before,
    first_broken_link,
    verify_chain,
)
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.switches.events import ModuleSwitchedOn

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
LOG = "t_gorno_selo.audit_entry"


def written(number):
    return NewsWritten(subject_id=uuid4(), title=f"Вест {number} | с „кавички“ \\ и черта")


@pytest.fixture
def log(uow_in):
    """Five acts, the third without a person."""
    for number in range(5):
        with uow_in(VILLAGE) as uow:
            person_id = None if number == 2 else uuid4()
            who = Principal(person_id=person_id, name=f"Служител {number}")
            replace(uow, principal=who).emit(written(number))
            replace(uow, principal=who).commit()


@pytest.fixture
def broken(uow_in):
    def broken(slug=VILLAGE):
        with uow_in(slug) as uow:
            return first_broken_link(uow)

    return broken


@pytest.fixture
def forge(config, owner):
    """Statements as the owner of the table, past the rights of the municipality."""
    engine = create_engine(config.migrator)

    def forge(statement):
        with engine.begin() as connection:
            assert connection.execute(text(statement)).rowcount == 1

    yield forge
    engine.dispose()


def test_a_log_that_nobody_touched_is_whole(log, broken):
    assert broken() is None
    assert broken(NEIGHBOUR) is None


@pytest.mark.parametrize(
    "change",
    [
        "person_name = 'Друг'",
        "act = 'news:item.deleted'",
        "at = at - interval '1 microsecond'",
        """detail = '{"title": "Друго"}'""",
        "subject_id = null",
        "person_id = gen_random_uuid()",
        "id = gen_random_uuid()",
        "hash = sha256('x')",
        "previous = sha256('x')",
    ],
)
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_an_edited_entry_is_found(log, broken, forge, change, seq):
    forge(f"update {LOG} set {change} where seq = {seq}")
    assert broken() == seq


@pytest.mark.parametrize("seq", [1, 3, 4])
def test_a_deleted_entry_is_found_by_the_one_that_follows(log, broken, forge, seq):
    forge(f"delete from {LOG} where seq = {seq}")
    assert broken() == seq + 1


def test_a_deleted_entry_is_found_even_when_the_gap_is_closed(log, broken, forge):
    forge(f"delete from {LOG} where seq = 3")
    for seq in (4, 5):
        forge(f"update {LOG} set seq = {seq - 1} where seq = {seq}")
    assert broken() == 3


def test_two_entries_that_changed_places_are_found(log, broken, forge):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        forge(f"update {LOG} set seq = {new} where seq = {old}")
    assert broken() == 2


@pytest.mark.parametrize(
    "statement", [f"update {LOG} set act = ''", f"delete from {LOG}", f"truncate {LOG}"]
)
def test_the_municipality_itself_may_not_rewrite_its_log(log, uow_in, statement):
    with uow_in(VILLAGE) as uow, pytest.raises(ProgrammingError, match="denied for table"):
        uow.session.execute(text(statement))


def test_what_a_writer_says_of_the_chain_is_ignored(uow_in, broken, log):
    """The numbers and hashes are the trigger's, whatever the statement brings."""
    with uow_in(VILLAGE) as uow:
        uow.session.execute(
            text(
                f"insert into {LOG} (id, seq, at, person_name, act, detail, previous, hash)"
                " values (gen_random_uuid(), 2, now(), 'x', 'x', '{}', 'x', 'x')"
            )
        )
        uow.session.commit()
    assert broken() is None


def test_writers_that_come_together_make_one_chain(app, uow_in, broken, owner):
    def act():
        with uow_in(VILLAGE) as uow:
            for number in range(3):
                uow.emit(written(number))
            uow.commit()

    threads = [Thread(target=act) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert owner(f"select count(*), max(seq) from {LOG}") == [(18, 18)]
    assert broken() is None


def test_what_was_rolled_back_is_not_logged(uow_in, owner):
    with uow_in(VILLAGE) as uow:
        uow.emit(written(1))
        uow.session.rollback()
    assert owner(f"select 1 from {LOG}") == []


def test_the_acts_of_the_region_upon_a_municipality_stand_in_its_log(app, log, uow_in):
    with app.app_context(), open_uow(None, Principal(name="Десислава Митова")) as region:
        region.emit(ModuleSwitchedOn(municipality=VILLAGE, module="news"))
        region.emit(ModuleSwitchedOn(municipality=NEIGHBOUR, module="news"))
    with uow_in(VILLAGE) as uow:
        shown = [entry.person_name for entry in entries_before(uow, entry_id=None)]
    assert shown[:2] == ["Десислава Митова", "Служител 4"]
    assert len(shown) == 6


def test_the_log_is_read_backwards_page_by_page(log, uow_in):
    with uow_in(VILLAGE) as uow:
        first = entries_before(uow, entry_id=None, size=2)
        second = entries_before(uow, entry_id=first[-1].id, size=2)
        nothing = entries_before(uow, entry_id=UUID(int=0))
        told = [entry.person_name for entry in (*first, *second)]
    assert told == [f"Служител {n}" for n in (4, 3, 2, 1)]
    assert nothing == []


def test_a_broken_chain_is_told_to_who_reads_the_log(log, sign_in, forge):
    reader = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    before = reader.get("/console/audit/").text
    forge(f"update {LOG} set person_name = 'Друг' where seq = 2")
    after = reader.get("/console/audit/").text
    assert "govuk-warning-text" not in before
    assert "govuk-warning-text" in after


def test_what_was_done_in_one_moment_is_not_lost_between_two_pages(uow_in):
    with uow_in(VILLAGE) as uow:
        for number in range(5):
            uow.emit(written(number))
        uow.commit()
        pages = [entries_before(uow, entry_id=None, size=2)]
        while pages[-1]:
            pages.append(entries_before(uow, entry_id=pages[-1][-1].id, size=2))
        shown = [(entry.at, entry.id) for page in pages for entry in page]
    assert len({at for at, _ in shown}) == 1
    assert len({entry_id for _, entry_id in shown}) == len(shown) == 5


def test_only_the_newest_are_proved_when_somebody_reads(log, broken, forge, uow_in):
    forge(f"update {LOG} set person_name = 'Друг' where seq = 2")
    with uow_in(VILLAGE) as uow:
        assert first_broken_link(uow, last=3) is None
        assert first_broken_link(uow, last=4) == 2
    assert broken() == 2


def test_a_broken_chain_raises_the_alarm_by_night(log, forge, uow_in, caplog):
    with uow_in(VILLAGE) as uow:
        verify_chain(uow)
        assert caplog.text == ""
        forge(f"delete from {LOG} where seq = 1")
        verify_chain(uow)
    assert "gorno-selo was changed at entry 2" in caplog.text


@pytest.mark.parametrize("entry", ["yesterday", "1", "0" * 31])
def test_what_is_no_entry_is_no_page(sign_in, entry):
    reader = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    assert reader.get(f"/console/audit/?before={entry}").status_code == 404


def test_the_log_is_filtered_linked_and_taken_as_a_table(sign_in, owner):
    editor = sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")
    typed = {"title": "Водата спира", "summary": "За час", "markdown": "В петък."}
    told = editor.post("/console/news/new", {**typed, "request_id": uuid4()})
    page = told.location.partition("?")[0]
    secretary = sign_in(VILLAGE, Role.SECRETARY, name="Мая Тошева")
    assert secretary.press(page, to="/publish").status_code == 303

    def found(**asked):
        shown = secretary.get("/console/audit/", query_string=asked)
        assert shown.status_code == 200
        return shown.text.replace("\xa0", " ")

    assert f'<a href="{page}"' in found()
    assert found(words="Росица").count("Водата спира") == 1
    assert "Водата спира" in found(part="news", act="news:item.published")
    assert "Няма такива записи" in found(words="Никой")
    assert "Няма такива записи" in found(part="news", last="2020-01-01")
    assert "Водата спира" in found(first="2020-01-01")
    table = secretary.get("/console/audit/log.csv", query_string={"words": "Росица"})
    assert table.mimetype == "text/csv" and table.text.count("Водата спира") == 1
    assert "изтегли дневника като таблица" in found()
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert "Водата" not in stranger.get("/console/audit/log.csv").text
    assert editor.get("/console/audit/log.csv").status_code == 403
