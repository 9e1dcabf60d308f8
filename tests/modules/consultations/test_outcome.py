"""Promise of consultations: no outcome while an opinion lacks an answer, a record that holds."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from support.consultation_record import record_of

from obshto.modules.consultations.errors import (
    ConsultationNotOver,
    NoSuchConsultation,
    NoSuchOpinion,
    NothingChosen,
    OutcomePublished,
    ProofMissing,
    TooManyChosen,
    Unanswered,
    Unconfirmed,
)
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services import queries, table
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.documents import add_document
from obshto.modules.consultations.services.filters import OpinionFilter, hideable
from obshto.modules.consultations.services.groups import AT_ONCE, propose_groups
from obshto.modules.consultations.services.kinds import BOARD, NEWSPAPER
from obshto.modules.consultations.services.moderation import flag_opinion, hide_opinion
from obshto.modules.consultations.services.opinions import (
    OpinionWords,
    confirm_opinion,
    give_opinion,
)
from obshto.modules.consultations.services.record import lines_of
from obshto.modules.consultations.services.representation import heard_of
from obshto.modules.consultations.services.retention import empty_old_authors, forget_person
from obshto.modules.consultations.services.table import rows_of, set_table
from obshto.modules.consultations.services.versions import VersionWords, publish_version
from obshto.modules.consultations.services.waves import hide_wave, undo_wave, waves_of
from obshto.platform.cases.channels import PORTAL, POST
from obshto.platform.moderation.rules import PERSONAL
from obshto.platform.moderation.services import Reason
from obshto.platform.storage.services import file_of, pieces_of
from obshto.platform.unit_of_work import ANONYMOUS

WHY = Reason(words="Правило 3")
NO = AnswerWords(outcome="refused", reason="Няма средства.")
DOCS = Path(__file__).parents[3] / "docs"


def answer(uow, row, *opinions, said=NO, once=None):
    ids = [opinion.id for opinion in opinions]
    made = answer_opinions(uow, row.id, ids, said, request_id=once or uuid4())
    uow.session.flush()
    return made


def publish(uow, row):
    version = row.version
    publish_outcome(uow, row, outcome="Прие се.", changes="Чл. 2.", expected_version=version)
    uow.session.flush()


STEPS = st.lists(
    st.sampled_from(
        ("say", "repeat", "alike", "stranger", "confirm", "hide", "flag", "wave", "undo")
    ),
    max_size=7,
)
ANSWERED = st.sets(st.integers(0, 6), max_size=7)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, answered=ANSWERED, is_grouped=st.booleans(), is_regrouped=st.booleans())
def test_no_outcome_is_published_while_a_counted_opinion_lacks_an_answer(
    uow, talk, steps, answered, is_grouped, is_regrouped
):
    """Whatever came in whatever order, was hidden or grouped; whichever of a group were chosen."""
    row, waiting = talk.opened(), []
    for number, step in enumerate(steps):
        take(step, number, uow, talk, row, waiting)
        uow.session.flush()
    talk.over(row)
    counted = uow.session.scalars(queries.opinions_on(row)).all()
    chosen = [opinion for number, opinion in enumerate(counted) if number in answered]
    if is_grouped:
        propose_groups(uow, consultation_id=row.id)
        uow.session.expire_all()
    answer_by_group(uow, row, chosen)
    if is_regrouped:
        propose_groups(uow, consultation_id=row.id)
        uow.session.expire_all()
    may = len(chosen) == len(counted) and not waiting
    if may:
        publish(uow, row)
    else:
        with pytest.raises((Unanswered, Unconfirmed)):
            publish(uow, row)
    assert (row.outcome_at is not None) is may
    assert not may or all(it.outcome and it.reason for it in rows_of(uow, row))


def answer_by_group(uow, row, chosen):
    """One answer for each group, to those who were chosen of it; one for those in none."""
    for group in {opinion.group_id for opinion in chosen}:
        ids = [opinion.id for opinion in chosen if opinion.group_id == group]
        answer_opinions(uow, row.id, ids, NO, request_id=uuid4(), group_id=group)
    uow.session.flush()
    uow.session.expire_all()


def take(step, number, uow, talk, row, waiting):
    """One thing that happens to an open consultation; `waiting` are opinions without a number."""
    if step == "say":
        talk.said(row, f"Становище {number}")
    elif step == "repeat":
        talk.said(row, "Все същото")
    elif step == "alike":
        words = f"Сложете контейнер в края на селото, моля {number}"
        talk.said(row, words, author=f"Автор {number}")
    elif step == "stranger":
        told = OpinionWords(words=f"{number}", author="А", email=f"a{number}@villages.example")
        stranger = replace(uow, principal=ANONYMOUS)
        waiting.append(give_opinion(stranger, row.id, told, request_id=uuid4()))
    elif step == "confirm" and waiting:
        confirm_opinion(uow, waiting.pop())
    else:
        moderate(step, uow, row)


def moderate(step, uow, row):
    """What staff or a reader do with the newest opinions that are shown, or with the last wave."""
    shown = uow.session.scalars(hideable(row, OpinionFilter())).all()[-2:]
    waves = [one for one in waves_of(uow, row) if one.undone_at is None]
    if step == "hide" and shown:
        hide_opinion(uow, shown[-1], WHY, expected_version=shown[-1].version)
    elif step == "flag" and shown:
        flag_opinion(uow, shown[-1], PERSONAL, request_id=uuid4())
    elif step == "wave" and shown:
        ids = [opinion.id for opinion in shown]
        hide_wave(uow, row.id, OpinionFilter(ids=ids), WHY, request_id=uuid4())
    elif step == "undo" and waves:
        undo_wave(uow, waves[0].id, expected_version=waves[0].version)
    uow.session.flush()
    uow.session.expire_all()


def test_an_open_consultation_is_neither_answered_nor_decided(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    with pytest.raises(ConsultationNotOver):
        answer(uow, row, opinion)
    with pytest.raises(ConsultationNotOver):
        publish(uow, row)


def test_an_answer_sent_twice_is_one_and_a_later_one_follows(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    talk.over(row)
    once = uuid4()
    first = answer(uow, row, opinion, once=once)
    yes = AnswerWords(outcome="accepted", reason="Да.")
    assert answer(uow, row, opinion, said=yes, once=once) is first
    later = answer(uow, row, opinion, said=yes)
    assert queries.answers_to(uow, [opinion])[opinion.id] is later
    bodies = [line.body for line in lines_of(uow, row) if line.body["what"] == "answer"]
    assert [body["outcome"] for body in bodies] == ["refused", "accepted"]


def test_only_opinions_of_this_consultation_are_answered(uow, talk):
    row, other = talk.opened(), talk.opened()
    stranger = talk.said(other)
    talk.over(row)
    with pytest.raises(NoSuchOpinion):
        answer(uow, row, stranger)
    with pytest.raises(NothingChosen):
        answer(uow, row)
    with pytest.raises(TooManyChosen):
        ids = [uuid4() for _ in range(AT_ONCE + 1)]
        answer_opinions(uow, row.id, ids, NO, request_id=uuid4())


def test_what_is_decided_stays(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    talk.over(row)
    answer(uow, row, opinion)
    publish(uow, row)
    publish(uow, row)  # the same form, once more
    with pytest.raises(OutcomePublished):
        answer(uow, row, opinion)
    with pytest.raises(OutcomePublished):
        told = {"outcome": "Друго", "changes": "Друго"}
        publish_outcome(uow, row, **told, expected_version=row.version)


def test_debt_wants_its_proofs(uow, talk):
    row = talk.over(talk.opened(kind="debt"))
    with pytest.raises(ProofMissing):
        publish(uow, row)
    for role in (NEWSPAPER, BOARD):
        file = {"name": "a.txt", "title": "Покана", "role": role, "request_id": uuid4()}
        add_document(uow, row, BytesIO(b"text"), **file)
    publish(uow, row)
    assert row.outcome_at


@pytest.fixture
def holds(tmp_path):
    """Whether the script of the docs finds nothing against a record."""
    text = (DOCS / "consultation-record.md").read_text("utf-8")
    script = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    assert len([line for line in script.splitlines() if line]) <= 20

    def check(record):
        path = tmp_path / "record.json"
        path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
        assert done.returncode == 0 or "AssertionError" in done.stderr
        return done.returncode == 0

    return check


@pytest.fixture
def record(uow, talk):
    row = talk.opened()
    first, hidden = talk.said(row, "Едно", shows_name=True), talk.said(row, "Грозни думи")
    talk.said(row, "Три", organisation="Читалище")
    hide_opinion(uow, hidden, Reason(words="Обиди"), expected_version=hidden.version)
    talk.over(row)
    yes = AnswerWords(outcome="accepted", reason="Да.")
    answer(uow, row, *uow.session.scalars(queries.opinions_on(row)).all(), said=yes)
    told = VersionWords(
        lines=["Първи абзац, променен.", "Втори абзац."],
        origins={},
        because={0: [first.number]},
        follows=1,
    )
    publish_version(uow, row.id, told, request_id=uuid4())
    publish(uow, row)
    return row, first


def test_twenty_lines_of_python_check_the_record(uow, record, holds):
    assert holds(record_of(uow, record[0]))


def test_what_was_altered_is_found(uow, record, holds):
    whole = record_of(uow, record[0])
    number = record[1].number
    for spoil in (
        lambda it: it["lines"][1]["body"].update(received_on="2020-01-01"),
        lambda it: it["lines"].pop(2),
        lambda it: it["lines"].reverse(),
        lambda it: it["shown"][number].update(words="Друго"),
        lambda it: it["shown"][number].update(author="Друг"),
        lambda it: it["table"].pop(),
        lambda it: it["texts"].__setitem__(0, "Друг проект"),
        lambda it: it["texts"].pop(),
    ):
        spoiled = json.loads(json.dumps(whole))
        spoil(spoiled)
        assert not holds(spoiled)


def test_nobody_changes_a_line_of_the_record_or_a_version_that_stands(uow, record):
    uow.session.flush()
    for name in ("consultations_record", "consultations_version"):
        changing = text(f"UPDATE t_gorno_selo.{name} SET id = id")
        with pytest.raises(DBAPIError, match="permission denied"), uow.session.begin_nested():
            uow.session.execute(changing)


def test_hidden_words_and_forgotten_names_are_not_in_the_record_and_it_still_holds(
    uow, talk, clerk, holds
):
    row = talk.opened()
    talk.said(row, "От профил", channel=PORTAL, shows_name=True)
    hidden = talk.said(row, "Грозни думи")
    hide_opinion(uow, hidden, Reason(words="Обиди"), expected_version=hidden.version)
    assert "Проба Авторова" in json.dumps(record_of(uow, row), ensure_ascii=False)
    forget_person(uow, clerk)
    uow.session.flush()
    after = record_of(uow, row)
    told = json.dumps(after, ensure_ascii=False)
    assert "Проба Авторова" not in told and "Грозни думи" not in told
    assert "От профил" in told
    assert holds(after)


def test_the_table_is_set_once_as_a_pdf(uow, record):
    row = record[0]
    set_table(uow, row.id)
    first = row.table_id
    set_table(uow, row.id)
    assert row.table_id == first
    pdf = b"".join(pieces_of(uow, file_of(uow, first)))
    assert pdf.startswith(b"%PDF")


def test_groups_are_told_after_the_outcome_and_small_ones_never(uow, talk):
    row = talk.opened()
    for number in range(24):
        age = "65+" if number < 12 else "45-64" if number < 23 else "15-29"
        talk.said(row, f"{number}", age=age, channel=POST if number % 2 else "phone")
    assert heard_of(uow, row, "bg") == (0, [])
    talk.over(row)
    answer(uow, row, *uow.session.scalars(queries.opinions_on(row)).all())
    publish(uow, row)
    heard, (by_age, _, by_channel) = heard_of(uow, row, "bg")
    assert heard == 24
    numbers = [group.answers for group in by_age.groups]
    assert 1 not in numbers and all(number >= 10 for number in numbers)
    assert by_age.others is None or by_age.others.answers >= 10
    assert sorted(group.answers for group in by_channel.groups) == [12, 12]


def test_people_are_counted_and_not_how_often_they_spoke(uow, talk):
    """By account, e-mail or phone; without them each slip is a person, whatever its name."""
    row = talk.opened()
    for paragraph in (1, 2):
        talk.said(row, "По пощата", paragraph=paragraph, email="a@villages.example", age="65+")
        talk.said(row, "По телефона", paragraph=paragraph, phone="0888 123 456", channel="phone")
    for number in range(12):
        talk.said(row, f"{number}", age="45-64")  # all of one name, twelve slips
    for words in ("от мое име", "още нещо"):
        talk.said(row, words, organisation="Читалище „Проба“", email="a@villages.example")
    talk.said(row, "И ние", organisation='читалище "Проба"', email="b@villages.example")
    talk.over(row)
    answer(uow, row, *uow.session.scalars(queries.opinions_on(row)).all())
    publish(uow, row)
    heard, _tables = heard_of(uow, row, "bg")
    assert heard == 1 + 1 + 12 + 1
    voices = uow.session.scalars(select(Opinion.voice)).all()
    assert len(voices) == 19
    empty_old_authors(replace(uow, now=uow.now + timedelta(days=400)))
    uow.session.expire_all()
    assert heard_of(uow, row, "bg")[0] == heard
    rest = {*voices} & {*uow.session.scalars(select(Opinion.voice))}
    assert len(rest) == 1  # that of the organisation: by no address is a person found any more


def test_what_was_said_before_voices_were_kept_is_counted_by_account_and_slip(uow, talk):
    row = talk.opened()
    said = [talk.said(row, f"{number}", email="a@villages.example") for number in range(3)]
    for opinion in said:
        opinion.voice = None
    said[0].person_id = said[1].person_id = uuid4()
    talk.over(row)
    answer(uow, row, *said)
    publish(uow, row)
    assert heard_of(uow, row, "bg")[0] == 2


def test_the_table_of_the_law_is_a_page_after_the_outcome(uow, talk, monkeypatch):
    monkeypatch.setattr(table, "ON_PAGE", 2)
    row = talk.opened()
    said = [talk.said(row, f"{number}") for number in range(3)]
    talk.over(row)
    with pytest.raises(NoSuchConsultation):
        table.part_of_table(uow, row, 1)
    answer(uow, row, *said)
    publish(uow, row)
    numbers = [opinion.number for opinion in said]
    first, last = (table.part_of_table(uow, row, part) for part in (1, 99))
    assert [one.number for one in first.rows] == numbers[:2]
    assert ([one.number for one in last.rows], last.part, last.parts) == (numbers[2:], 2, 2)
    assert first.hash == lines_of(uow, row)[-1].hash == record_of(uow, row)["lines"][-1]["hash"]


def test_a_consultation_without_opinions_can_be_decided(uow, talk):
    row = talk.over(talk.opened())
    publish(uow, row)
    assert (list(rows_of(uow, row)), row.outcome_at) == ([], uow.now)
