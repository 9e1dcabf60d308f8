"""Not even the database links a person to an answer: what a reader of every table can see."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.polls.privacy import erase, export
from obshto.modules.polls.services import ballots, tally
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.keys.encryption import CannotDecrypt
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
MORE = Wording(kind="text", title="Още нещо?", is_required=False)
VOTERS = 16
TABLES = ("poll", "question", "option", "participation", "said", "sheet")


@pytest.fixture
def voted(uow_in, opened, answer):
    """Devices have answered, each in a transaction of its own; each wrote its own name."""
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY, MORE)
        uow.commit()
    for number in range(VOTERS):
        with uow_in(VILLAGE) as uow:
            answer(uow, uow.session.get(type(poll), poll.id), f"d{number}", number % 3 + 1)
            uow.commit()
    return poll


@pytest.fixture
def voted_with_texts(uow_in, opened, answer):
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY, MORE)
        uow.commit()
    order = []
    for number in range(VOTERS):
        with uow_in(VILLAGE) as uow:
            here = uow.session.get(type(poll), poll.id)
            names = ballots.names_of(here, person_id=None, token=f"d{number}").own
            order += names
            answer(uow, here, f"d{number}", number % 3 + 1, said=f"текст {number}")
            uow.commit()
    return poll, order


def writers(owner, table):
    """The transactions that wrote the rows of a table."""
    return {row[0] for row in owner(f"select xmin::text from t_gorno_selo.polls_{table}")}


def test_an_answer_writes_no_row_of_what_is_asked(voted, owner):
    """All of those who took part bear the last transaction's number; options and questions their
    author's, since nothing is counted there."""
    assert len(writers(owner, "participation")) == 1
    asking = writers(owner, "option") | writers(owner, "question")
    assert asking.isdisjoint(writers(owner, "participation"))


def test_what_was_counted_lies_sealed_and_differs_from_what_is_shown_by_ten(voted, owner):
    [(tally, shown)] = owner("select tally, shown::text from t_gorno_selo.polls_poll")
    options = [row[0].hex for row in owner("select id from t_gorno_selo.polls_option")]
    for option in options:
        assert option.encode() not in bytes(tally) and option not in shown
    assert VOTERS > 10  # and yet nobody can take the last six from the sixteen


def test_numbers_that_lie_open_would_be_noticed(voted, uow_in, answer, owner, monkeypatch):
    """The trap: they are kept as plain text. The mutant must fail the test above."""
    monkeypatch.setattr(tally, "encrypt_for", lambda column, row_id, said: said.encode())
    with uow_in(VILLAGE) as uow:
        answer(uow, uow.session.get(type(voted), voted.id), "spy", 2)
        uow.commit()
    with pytest.raises(AssertionError):
        test_what_was_counted_lies_sealed_and_differs_from_what_is_shown_by_ten(voted, owner)


def test_numbers_of_one_poll_do_not_open_in_another(voted, uow_in, opened):
    with uow_in(VILLAGE) as uow:
        other = opened(uow, DAY)
        other.tally = uow.session.get(type(voted), voted.id).tally
        with pytest.raises(CannotDecrypt):
            tally.tally_of(other)


def test_neither_the_place_nor_the_id_of_a_row_keeps_the_order(voted_with_texts, owner, uow_in):
    poll, order = voted_with_texts
    found = owner("select pseudonym from t_gorno_selo.polls_participation order by ctid")
    placed = [order.index(bytes(row[0])) for row in found]
    assert sorted(placed) == list(range(VOTERS))
    assert placed != sorted(placed)
    # The last one to come is not the last in place more often than chance would have it.
    ids = owner("select id from t_gorno_selo.polls_said order by ctid")
    assert {row[0].version for row in ids} == {4}


def test_texts_and_those_who_took_part_lie_in_different_orders(voted_with_texts, owner, uow_in):
    poll, order = voted_with_texts
    with uow_in(VILLAGE) as uow:
        rows = uow.session.query(ballots.Said).order_by(text("ctid")).all()
        said = [int(row.text.split()[1]) for row in rows]
    found = owner("select pseudonym from t_gorno_selo.polls_participation order by ctid")
    placed = [order.index(bytes(row[0])) for row in found]
    assert sorted(said) == sorted(placed) == list(range(VOTERS))
    assert sum(a == b for a, b in zip(said, placed, strict=True)) < VOTERS / 2


def test_of_two_hundred_a_hundred_stay_in_the_pool(uow_in, opened, answer, owner, monkeypatch):
    monkeypatch.setattr(ballots, "POOL", 4)
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY, MORE)
        for number in range(10):
            answer(uow, poll, f"d{number}", 1, said=f"{number}")
        uow.commit()
    pools = "select is_settled, count(*) from t_gorno_selo.polls_{} group by 1 order by 1"
    assert owner(pools.format("participation")) == [(False, 6), (True, 4)]
    assert owner(pools.format("said")) == [(False, 6), (True, 4)]


def test_no_table_of_answers_has_a_time(owner):
    columns = owner(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 't_gorno_selo' and table_name like 'polls_%'"
        " and data_type like 'timestamp%'"
    )
    assert {table for table, _ in columns} == {"polls_poll"}


def test_texts_lie_sealed(voted_with_texts, owner):
    raw = owner("select text from t_gorno_selo.polls_said")
    assert all("текст".encode() not in bytes(row[0]) for row in raw)


def test_an_answer_leaves_no_trace_elsewhere(
    client, at, uow_in, opened, owner, queued, caplog, sign_in
):
    """No fact, no job, nothing in the log of the activity or of the server, by any value."""
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY, MORE, who="signed-in")
        uow.commit()
    voter = sign_in(VILLAGE)
    before = owner("select count(*) from t_gorno_selo.audit_entry"), len(queued())
    caplog.clear()
    page = voter.get(f"/polls/{poll.id}").text
    [(_, fields)] = [form for form in voter.forms_in(page) if "request_id" in form[1]]
    option = re.search(r'type="radio" value="([^"]+)"', page)[1]
    name = re.search(r'name="(q[0-9a-f]{32})" type="radio"', page)[1]
    box = re.search(r'<textarea[^>]* name="(q[0-9a-f]{32})"', page)[1]
    sent = voter.post(f"/polls/{poll.id}", {**fields, name: option, box: "Моят глас е тайна"})
    assert sent.status_code == 303
    assert owner("select online from t_gorno_selo.polls_poll") == [(1,)]
    after = owner("select count(*) from t_gorno_selo.audit_entry"), len(queued())
    assert before == after
    for secret in (option, "Моят глас", str(voter.person_id)):
        assert secret not in caplog.text
    written = owner("select pseudonym from t_gorno_selo.polls_participation")
    assert voter.person_id.bytes not in bytes(written[0][0])


def test_the_neighbours_key_makes_another_name_of_the_same_person(uow_in, opened):
    person, names = uuid4(), set()
    for village in (VILLAGE, "dolno-selo"):
        with uow_in(village) as uow:
            poll = opened(uow)
            poll.id = uuid4() if not names else poll.id
            names.add(ballots.name_of_person(poll, person))
            uow.session.rollback()
    assert len(names) == 2


def test_a_persons_copy_names_the_poll_and_erasure_leaves_the_counters(
    uow_in, opened, owner, sign_in, app
):
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY)
        person = uuid4()
        names = ballots.names_of(poll, person_id=person, token="")
        [asked] = answering_to(uow, poll)
        ballots.answer_poll(uow, poll, asked, names=names)
        assert export(uow, person) == {"polls": [{"title": poll.title}]}
        assert export(uow, uuid4()) == {"polls": []}
        erase(uow, person)
        assert export(uow, person) == {"polls": []}
        assert poll.online == 1


def answering_to(uow, poll):
    """The first option of each question."""
    for one in asked_of(uow, poll.id):
        options, questions = {one.options[0].id}, {one.question.id}
        yield tally.Answers(options=frozenset(options), questions=frozenset(questions))


def read_everything(config):
    engine = create_engine(config.migrator)
    with engine.connect() as connection:
        for table in TABLES:
            yield from connection.execute(text(f"select * from t_gorno_selo.polls_{table}"))
    engine.dispose()


def test_no_row_holds_both_who_and_what(voted_with_texts, config):
    """Read as text, no row has a name of somebody beside an option or a text."""
    _, order = voted_with_texts
    names = {name.hex() for name in order}
    holding = [row for row in read_everything(config) if names & set(map(_hex, row))]
    assert len(holding) == VOTERS
    assert {len(row) for row in holding} == {3}  # poll, name, whether it is settled


def _hex(value):
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else ""


def written_since(server, begin):
    """What the write-ahead log holds from there on, byte for byte."""
    engine = create_engine(server.set(database="obshto"))
    with engine.connect() as connection:
        asked = text(
            "select name, (pg_walfile_name_offset(:begin)).file_offset"
            " from pg_ls_waldir() where name >= pg_walfile_name(:begin)"
            " and name <= pg_walfile_name(pg_current_wal_lsn()) order by name"
        )
        files = connection.execute(asked, {"begin": begin}).all()
    engine.dispose()
    held = b"".join(Path(server.query["host"], "pg_wal", name).read_bytes() for name, _ in files)
    return held[files[0][1] :]


def test_the_write_ahead_log_names_neither_the_person_nor_what_was_chosen_or_written(
    uow_in, opened, answer, owner, server
):
    """It keeps when somebody answered until it expires, not what."""
    person = uuid4()
    with uow_in(VILLAGE) as uow:
        poll = opened(uow, DAY, MORE, title="Познато заглавие", who="signed-in")
        uow.commit()
        chosen = asked_of(uow, poll.id)[0].options[1].id
        [(begin,)] = owner("select pg_current_wal_lsn()::text")
        known = replace(uow, principal=Principal(person_id=person))
        answer(known, poll, "", 2, said="Това е тайна")
        uow.commit()
    held = written_since(server, begin)
    assert poll.id.bytes in held
    secrets = ("Това е тайна".encode(), person.bytes, str(person).encode())
    for secret in (*secrets, chosen.bytes, chosen.hex.encode()):
        assert secret not in held
