"""A large file is looked at, brought in and taken back by jobs; the page says how far they are."""

import json
from contextlib import contextmanager
from uuid import UUID
from weakref import WeakSet

import pytest
from sqlalchemy import event

from obshto.modules.payments.console import files
from obshto.modules.payments.errors import AnotherFileAtWork, NotUnderstood
from obshto.modules.payments.models import Obligation, Payer, Trace
from obshto.modules.payments.services import import_review, import_run, import_undo, lists
from obshto.modules.payments.services.import_review import AT_ONCE, look_at_file, review_of
from obshto.platform.db.session import db

DESK = "/console/payments"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Two rows are a large file, of which one is brought in at a time."""
    for place in (import_review, import_run, import_undo, files):
        monkeypatch.setattr(place, "AT_ONCE", 1)
    monkeypatch.setattr(import_review, "STEP", 1)


def act(office, do, import_id):
    with office.app.app_context(), office.open_uow() as uow:
        one = import_run.import_of(uow, import_id, to_change=True)
        do(uow, one, expected_version=one.version)


def work(office, job, import_id):
    with office.app.app_context(), office.open_uow() as uow:
        job(uow, import_id=str(import_id))


def state(office, import_id):
    with office.app.app_context(), office.open_uow() as uow:
        one = import_run.import_of(uow, import_id)
        return one.state, one.done, one.trouble


def review(office, import_id):
    with office.app.app_context(), office.open_uow() as uow:
        return review_of(uow, import_run.import_of(uow, import_id))


def looked_at(office, *lines):
    import_id = office.read(*lines)
    work(office, look_at_file, import_id)
    return import_id


def brought_in(office, *lines):
    import_id = looked_at(office, *lines)
    act(office, import_run.apply_import, import_id)
    for _line in lines:
        work(office, import_run.bring_in, import_id)
    return import_id


def jobs(owner):
    rows = owner("select task_name from queue.procrastinate_jobs order by id")
    return [name for (name,) in rows if name in ("payments:look-at-file", "payments:bring-in")]


def test_what_it_would_change_is_found_by_a_job(office, owner):
    import_id = office.read(*office.year)
    assert jobs(owner) == ["payments:look-at-file"] and review(office, import_id) is None
    with pytest.raises(NotUnderstood):
        act(office, import_run.apply_import, import_id)  # nobody has looked at it yet
    work(office, look_at_file, import_id)
    told = review(office, import_id)
    assert (told.added, told.changed, told.sums[0].cents) == (2, 0, 12000)
    [(sealed,)] = owner("select told from t_gorno_selo.payments_import")
    assert "Данък".encode() not in bytes(sealed)


def test_the_file_of_all_changes_has_every_part_and_more_than_the_page(
    office, finance, monkeypatch
):
    brought_in(office, *office.year)
    monkeypatch.setattr(import_review, "SHOWN", 1)
    changed = [office.line(part=part, cents="70,00") for part in (1, 2)]
    import_id = office.read(*changed)
    assert lines_of(finance, import_id) == []  # nobody has looked at it yet
    work(office, look_at_file, import_id)
    assert len(review(office, import_id).changes) == 1
    assert [line.split(";")[6:9] for line in lines_of(finance, import_id)] == [
        ["1", "60,00", "70,00"],
        ["2", "60,00", "70,00"],
    ]
    act(office, import_run.apply_import, import_id)
    assert lines_of(finance, import_id) == []  # it is being brought in


def test_the_payers_of_a_large_file_read_that_its_changes_were_seen(office, finance, owner):
    looks = "select object_id from t_gorno_selo.purposes_look where purpose = 'review'"
    brought_in(office, office.line(), office.line(number=office.other))
    changed = [office.line(number=who, cents="70,00") for who in (office.owner, office.other)]
    import_id = looked_at(office, *changed)
    assert owner(looks) == []
    assert "70,00" in finance.get(f"{DESK}/files/{import_id}").text
    assert {key for (key,) in owner(looks)} == {payer.id for payer in office.all(Payer)}


def test_changes_that_an_earlier_release_kept_without_payers_are_told_as_a_file(
    office, finance, owner
):
    """Nobody could be told of a look at them; the file looks each payer up."""
    brought_in(office, *office.year)
    import_id = looked_at(office, *(office.line(part=part, cents="70,00") for part in (1, 2)))
    with office.app.app_context(), office.open_uow() as uow:
        one = import_run.import_of(uow, import_id)
        told = json.loads(one.told)
        for change in told["changes"]:
            del change["payer_id"]
        one.told = json.dumps(told)
    text = finance.get(f"{DESK}/files/{import_id}").text
    assert "Проба Пробова" not in text and "changes.csv" in text
    assert owner("select count(*) from t_gorno_selo.purposes_look") == [(0,)]
    assert len(lines_of(finance, import_id)) == 2


@pytest.mark.parametrize("file", ["changes.csv", "codes.csv"])
def test_a_file_to_take_away_holds_one_step_in_memory(office, finance, monkeypatch, file):
    """However long it is: so many payers are loaded, so many asked for, by one statement each."""
    monkeypatch.setattr(lists, "STEP", 1)
    people = (office.owner, office.other, office.company)
    import_id = brought_in(office, *(office.line(number=who, part=1) for who in people))
    if file == "changes.csv":
        changed = (office.line(number=who, part=1, cents="70,00") for who in people)
        import_id = looked_at(office, *changed)
    with watched(office.app) as seen:
        answer = finance.get(f"{DESK}/files/{import_id}/{file}")
        rows = answer.get_data().decode("utf-8-sig").splitlines()[1:]
    assert len(rows) == len(people)
    assert seen["together"] <= 2  # the one that is written, the one that comes
    assert seen["asked"] == 1


@contextmanager
def watched(app):
    """The most payers in memory together, the most that one statement asks for by their ids."""
    alive, seen = WeakSet(), {"together": 0, "asked": 0}

    def count(payer, _context):
        alive.add(payer)
        seen["together"] = max(seen["together"], len(alive))

    def ask(_connection, _cursor, statement, told, *_more):
        if "payments_payer" in statement and "id IN (" in statement:
            ids = [one for one in told.values() if isinstance(one, UUID)]
            seen["asked"] = max(seen["asked"], len(ids))

    with app.app_context():
        engine = db.engine
    event.listen(Payer, "load", count)
    event.listen(engine, "before_cursor_execute", ask)
    yield seen
    event.remove(Payer, "load", count)
    event.remove(engine, "before_cursor_execute", ask)


def lines_of(finance, import_id):
    file = finance.get(f"{DESK}/files/{import_id}/changes.csv")
    return file.get_data().decode("utf-8-sig").splitlines()[1:]


def test_it_is_brought_in_part_by_part_and_each_part_once(office, owner):
    import_id = looked_at(office, *office.year)
    act(office, import_run.apply_import, import_id)
    act(office, import_run.apply_import, import_id)  # a second click
    assert jobs(owner)[1:] == ["payments:bring-in"]
    assert state(office, import_id) == ("applying", 0, "") and office.payers() == 0
    work(office, import_run.bring_in, import_id)
    assert state(office, import_id) == ("applying", 1, "")
    assert len(office.all(Obligation)) == 1
    for _again in range(2):
        work(office, import_run.bring_in, import_id)
    assert state(office, import_id) == ("done", 2, "")
    assert office.owed() == {(office.next, 1): 6000, (office.next, 2): 6000}
    assert len(office.all(Trace)) == 2 and office.kept(import_id) == (None, None)


def test_what_changes_is_told_one_by_one_for_a_small_file_and_a_large_one(office, monkeypatch):
    brought_in(office, *office.year)
    corrected = (office.line(part=1, cents="70,00"), office.line(part=2, due="30.09.2027"))
    large = review(office, looked_at(office, *corrected))
    monkeypatch.setattr(import_review, "AT_ONCE", AT_ONCE)
    assert review(office, office.read(*corrected)) == large
    sums = [(one.instalment, one.was_cents, one.cents) for one in large.changes]
    assert sums == [(1, 6000, 7000), (2, 6000, 6000)]
    assert large.changes[1].due_on != large.changes[1].was_due_on


def test_a_wrong_row_keeps_all_out_until_what_was_missing_is_there(office, finance):
    import_id = looked_at(office, *office.year, office.line(kind="448007", due="30.06.2027"))
    page = f"{DESK}/files/{import_id}"
    text = finance.get(page).text
    assert "Няма такъв вид приход" in text and "/apply" not in text
    office.furnish_with("448007")
    assert finance.press(page, to="/look-again").status_code == 303
    assert "Проверяваме редовете" in finance.get(page).text
    work(office, look_at_file, import_id)
    assert "Нови задължения" in finance.get(page).text


def test_taken_back_it_is_as_it_was(office):
    first = brought_in(office, *office.year)
    second = brought_in(
        office, office.line(part=1, cents="70,00"), office.line(number=office.other)
    )
    act(office, import_undo.undo_import, first)
    work(office, import_undo.take_back, first)
    assert state(office, first) == ("done", 2, "later")
    for one in (second, first):
        act(office, import_undo.undo_import, one)
        assert state(office, one)[0] == "undoing"
        for _again in range(2):
            work(office, import_undo.take_back, one)
        assert state(office, one)[0] == "undone"
        left = office.owed() if one == second else {}
        assert left in ({(office.next, 1): 6000, (office.next, 2): 6000}, {})
    assert office.all(Obligation) == [] and office.all(Payer) == []


def test_what_was_paid_stays_and_the_page_says_why(office, finance):
    import_id = brought_in(office, *office.year)
    office.pay(office.choose())
    page = f"{DESK}/files/{import_id}"
    finance.press(f"{page}/undo")
    assert "Връщаме всичко" in finance.get(page).text
    work(office, import_undo.take_back, import_id)
    text = finance.get(page).text
    assert "вече има плащане" in text and len(office.all(Obligation)) == 2


def test_the_page_says_how_far_it_is(office, finance):
    import_id = office.read(*office.year)
    page = f"{DESK}/files/{import_id}"
    assert "Проверяваме редовете" in finance.get(page).text
    work(office, look_at_file, import_id)
    assert finance.press(page, to="/apply").status_code == 303
    work(office, import_run.bring_in, import_id)
    text = finance.get(page).text
    assert "Въвежда се" in text and "Чакат" in text and "/apply" not in text


def test_one_file_is_at_work_at_a_time(office):
    """Which of two files came later is known of whole files alone."""
    first = brought_in(office, *office.year)
    second = looked_at(office, *(office.line(part=part, cents="70,00") for part in (1, 2)))
    third = looked_at(office, *(office.line(part=part, cents="80,00") for part in (1, 2)))
    act(office, import_run.apply_import, second)
    work(office, import_run.bring_in, second)
    for do, import_id in ((import_run.apply_import, third), (import_undo.undo_import, first)):
        with pytest.raises(AnotherFileAtWork):
            act(office, do, import_id)
    work(office, import_run.bring_in, second)
    assert office.owed() == {(office.next, 1): 7000, (office.next, 2): 7000}
    act(office, import_run.apply_import, third)


def test_what_was_refused_is_told_to_nobody(office, owner):
    """One payer's choice could be let go, another's has money: neither is, and none is logged."""
    import_id = brought_in(office, office.line(), office.line(number=office.other))
    chosen = office.choose()
    office.pay(office.choose(number=office.other), cents=100)
    act(office, import_undo.undo_import, import_id)
    work(office, import_undo.take_back, import_id)
    assert state(office, import_id) == ("done", 2, "paid")
    assert office.bundle(chosen).state == "open"
    told = "select count(*) from t_gorno_selo.audit_entry where act = 'billing:charge.cancelled'"
    assert owner(told) == [(0,)]
