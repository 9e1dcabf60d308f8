"""Texts after the opinions: paragraphs keep their numbers, changes name who moved them; groups."""

from uuid import uuid4

import pytest

from obshto.modules.consultations.errors import (
    ConsultationNotOver,
    NoSuchMover,
    NoSuchOrigin,
    NothingChanged,
    NothingChosen,
    StaleConsultation,
    Unanswered,
)
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services import queries
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.comparison import differences, moved_among, origins_of
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.paragraphs import labelled, sections_of
from obshto.modules.consultations.services.table import rows_of
from obshto.modules.consultations.services.versions import (
    VersionWords,
    changes_of,
    newest_text,
    proposed_changes,
    publish_version,
    versions_of,
)

YES = AnswerWords(outcome="accepted", reason="Да.")
NO = AnswerWords(outcome="refused", reason="Не.")
TEXT = (
    "Кучетата се водят на повод",
    "Стопанинът почиства след кучето",
    "Глобата е от 25 до 150 евро",
    "Пасищата се обявяват до първи март",
)


def test_articles_and_headings_are_known_by_their_beginnings():
    lines = (
        *("Глава първа. Общи положения", "Чл. 4. (1) На повод.", "(2) Почиства се."),
        *("ПРЕХОДНИ РАЗПОРЕДБИ", "§ 1. Влиза в сила.", "Част от парите са за улици."),
    )
    found = labelled(enumerate(lines, 1))
    assert [one.label for one in found] == ["", "чл. 4, ал. 1", "чл. 4, ал. 2", "", "§ 1", "§ 1"]
    numbers = [[one.number for one in section.paragraphs] for section in sections_of(found)]
    assert numbers == [[2, 3], [5, 6]]


def test_whence_paragraphs_come():
    before = list(enumerate(TEXT, 1))
    for after, origins in (
        ((TEXT[1], TEXT[0], TEXT[2]), [[2], [1], [3]]),
        ((f"{TEXT[0]}. {TEXT[1]}.", TEXT[3]), [[1, 2], [4]]),
        ((TEXT[0], "Глобата е от 25 до 100 евро", "Нещо съвсем ново"), [[1], [3], []]),
        (("Кучетата се водят", "на повод"), [[1], [1]]),
    ):
        assert origins_of(before, after) == origins
    assert moved_among([2, 3, 1], [1, 2, 3]) == {1}


def test_a_long_paragraph_is_compared_as_a_whole():
    was, became = differences("дума " * 2_000, "слово " * 2_000)
    assert [mark for mark, _ in (*was, *became)] == ["del", "ins"]
    was, became = differences(TEXT[2], "Глобата е от 25 до 100 евро")
    assert ("del", "150 ") in was and ("ins", "100 ") in became
    was, became = differences("На месеца.", "На месеца, през април.")
    assert was == [("", "На месеца"), ("", ".")] and ("ins", ", през април") in became


def words(lines, *, follows=1, **more):
    return VersionWords(
        **{"lines": lines, "origins": {}, "because": {}, "follows": follows, **more}
    )


@pytest.fixture
def over(uow, talk):
    """A consultation that is over, an accepted opinion on its third paragraph and a refused one."""
    row = talk.opened(draft="\n".join(TEXT))
    yes = talk.said(row, "Много е", paragraph=3, stance="change")
    no = talk.said(row, "Без глоба", paragraph=3, stance="refuse")
    with pytest.raises(ConsultationNotOver):
        publish_version(uow, row.id, words(["Друго"]), request_id=uuid4())
    talk.over(row)
    for opinion, said in ((yes, YES), (no, NO)):
        answer_opinions(uow, row.id, [opinion.id], said, request_id=uuid4())
    uow.session.flush()
    return row, yes, no


def test_a_change_is_tied_to_what_moved_it_and_numbers_stay(uow, over):
    row, yes, no = over
    lines = [TEXT[3], TEXT[0], f"{TEXT[1]} веднага", "Глобата е от 25 до 100 евро", "Ново"]
    (changed,) = [it for it in proposed_changes(uow, row, (), lines) if it.number == 3]
    assert list(changed.because) == [yes.number]
    told = words(lines, because={3: [yes.number]})
    once = uuid4()
    version = publish_version(uow, row.id, told, request_id=once)
    assert publish_version(uow, row.id, told, request_id=once) is version
    there = versions_of(uow, row)
    assert [one.number for one in newest_text(row, there)] == [4, 1, 2, 3, 5]
    kinds = {it.number: (it.kind, list(it.because)) for it in changes_of(row, there, 2)}
    assert kinds == {
        **{4: ("moved", []), 2: ("changed", []), 3: ("changed", [yes.number]), 5: ("new", [])},
    }
    with pytest.raises(StaleConsultation):
        publish_version(uow, row.id, words(["Друго"]), request_id=uuid4())
    dropped = words(lines[:-1], follows=2)
    publish_version(uow, row.id, dropped, request_id=uuid4())
    again = words([*lines[:-1], "Пак ново"], follows=3)
    publish_version(uow, row.id, again, request_id=uuid4())
    last = newest_text(row, versions_of(uow, row))
    assert last[-1].number == 6, "a number is never given to another paragraph"
    assert "150 евро" in next(rows_of(uow, row)).paragraph, (
        "an opinion keeps its paragraph as it read"
    )


def test_only_what_was_accepted_moves_a_text(uow, over):
    row, _, no = over
    for told, refusal in (
        (words(["Друго"], because={0: [no.number]}), NoSuchMover),
        (words(["Друго"], because={0: ["2020-00009"]}), NoSuchMover),
        (words(["Друго"], origins={0: [9]}), NoSuchOrigin),
        (words(list(TEXT)), NothingChanged),
    ):
        with pytest.raises(refusal):
            publish_version(uow, row.id, told, request_id=uuid4())


def test_the_number_of_a_repeated_opinion_leads_to_the_one_that_counts(uow, talk):
    row = talk.opened()
    first, other, repeat = (talk.said(row, words) for words in ("Да", "Не", "Да"))
    assert repeat.same_as == first.id
    for asked, found in ((repeat, first), (first, first), (other, other)):
        shown = uow.session.scalars(queries.opinions_on(row, number=asked.number)).all()
        assert shown == [found]
    assert not uow.session.scalars(queries.opinions_on(row, number="2020-9")).all()


@pytest.fixture
def crowd(uow, talk):
    """Two who want the same, one who wants it of another paragraph, one who speaks of else."""
    row = talk.opened()
    said = [
        talk.said(row, text, paragraph=paragraph, author=f"Автор {number}")
        for number, (text, paragraph) in enumerate(
            (
                ("Сложете контейнер и в края на селото", 1),
                ("В края на селото да има контейнер", 1),
                ("Сложете контейнер в края на селото", 2),
                ("Автобусът закъснява", 1),
            )
        )
    ]
    talk.over(row)
    propose_groups(uow, consultation_id=row.id)
    uow.session.expire_all()
    return row, said


def test_a_group_is_answered_at_once_and_who_was_not_chosen_still_waits(uow, crowd):
    row, (first, second, third, fourth) = crowd
    ((group, number),) = queries.groups_of(uow, row)
    assert number == 2 and "контейнер" in group.words
    assert queries.members_of(uow, row, group.id) == [first.id, second.id]
    assert third.group_id is None and fourth.group_id is None
    with pytest.raises(NothingChosen):
        answer_opinions(uow, row.id, [], YES, request_id=uuid4(), group_id=group.id)
    answer_opinions(uow, row.id, [first.id], YES, request_id=uuid4(), group_id=group.id)
    uow.session.expire_all()
    assert second.group_id is None and second.answer_id is None and first.answer_id
    assert queries.groups_of(uow, row) == []
    told = {"outcome": "Да", "changes": "Да", "expected_version": row.version}
    with pytest.raises(Unanswered):
        publish_outcome(uow, row, **told)


def test_proposed_anew_answers_stay(uow, crowd):
    row, (first, second, *_) = crowd
    ids = [first.id, second.id]
    answer_opinions(uow, row.id, ids, YES, request_id=uuid4(), group_id=first.group_id)
    uow.session.flush()
    propose_groups(uow, consultation_id=row.id)
    uow.session.expire_all()
    assert uow.session.get(Opinion, first.id).group_id and queries.groups_of(uow, row) == []
