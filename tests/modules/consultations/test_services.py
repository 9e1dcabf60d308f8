"""Rules of consultations: computed terms, one number a request, nothing too late, names that go."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.consultations.errors import (
    EmailNeeded,
    HiddenBefore,
    NoSuchConsultation,
    NoSuchParagraph,
    OutcomePublished,
    ReceivedOutsideTerm,
    StaleConsultation,
    TermNotLonger,
    TermTooShort,
    TermTooShortForKind,
    TextPublished,
    TooLate,
)
from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services import queries
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.consultations import (
    delete_draft,
    draft_of,
    edit_consultation,
    extend_consultation,
    publish_consultation,
    restore_draft,
)
from obshto.modules.consultations.services.deadlines import close_due, deadline_of, end_of, term_of
from obshto.modules.consultations.services.filters import OpinionFilter, listed
from obshto.modules.consultations.services.moderation import hide_opinion
from obshto.modules.consultations.services.opinions import (
    CONFIRMABLE,
    GivenFile,
    OpinionWords,
    confirm_opinion,
    give_opinion,
)
from obshto.modules.consultations.services.record import FIRST, chained, lines_of
from obshto.modules.consultations.services.retention import (
    empty_old_authors,
    forget_person,
    forget_unconfirmed,
    tell_authors,
)
from obshto.modules.consultations.services.table import on_behalf
from obshto.platform.cases.channels import PORTAL, POST
from obshto.platform.clock import day_of
from obshto.platform.moderation.services import Reason
from obshto.platform.unit_of_work import ANONYMOUS, Principal, open_uow
from obshto.tenants.api import scope_named

MONDAY = date(2026, 11, 30)
SAID = OpinionWords(words="Да", author="Проба Авторова", email="author@villages.example")


def as_anybody(uow):
    object.__setattr__(uow, "principal", ANONYMOUS)


def decided(uow, talk, row):
    talk.over(row)
    ids = [it.id for it in uow.session.scalars(listed(row, OpinionFilter(name="unanswered")))]
    if ids:
        said = AnswerWords(outcome="refused", reason="Няма средства.")
        answer_opinions(uow, row.id, ids, said, request_id=uuid4())
    uow.session.flush()
    version = row.version
    publish_outcome(uow, row, outcome="Прие се.", changes="Нищо.", expected_version=version)
    uow.session.flush()


def test_an_ordinance_is_discussed_for_thirty_days_and_the_last_one_is_for_work():
    found = deadline_of("ordinance", starts_on=MONDAY, closes_on=None, short_why="")
    assert (found.closes_on, found.is_short) == (date(2026, 12, 30), False)
    assert found.closes_at == end_of(date(2026, 12, 30))
    moved = deadline_of("ordinance", starts_on=date(2026, 11, 25), closes_on=None, short_why="")
    # the thirtieth day is 25 December; then come the weekend and the holiday that moves to Monday
    assert moved.closes_on == date(2026, 12, 29)


def test_a_shorter_term_needs_the_exception_of_the_law_and_a_reason():
    asked = {"starts_on": MONDAY, "closes_on": date(2026, 12, 14)}
    with pytest.raises(TermTooShort):
        deadline_of("ordinance", **asked, short_why="")
    assert deadline_of("ordinance", **asked, short_why="Изтича срок.").is_short
    asked["closes_on"] = date(2026, 12, 11)
    with pytest.raises(TermTooShort, match="14.декември"):
        deadline_of("ordinance", **asked, short_why="Изтича срок.")
    with pytest.raises(TermTooShortForKind):
        deadline_of("debt", **asked, short_why="Изтича срок.")


def test_debt_is_discussed_a_month_before_the_council_decides():
    found = deadline_of("debt", starts_on=MONDAY, closes_on=None, short_why="")
    assert found.closes_on == date(2026, 12, 30)
    assert found.term.article == "ЗОД чл. 15"


def test_the_last_day_says_why(uow, talk):
    row = talk.opened(kind="ordinance")
    term = term_of(row)
    assert (term.article, term.due_on) == ("ЗНА чл. 26, ал. 4", row.closes_on)
    assert row.closes_at == end_of(row.closes_on)


def test_what_people_have_read_does_not_change(uow, talk):
    row = talk.opened()
    with pytest.raises(TextPublished):
        draft = replace(draft_of(row), draft="Друго")
        edit_consultation(uow, row, draft, expected_version=row.version)
    with pytest.raises(TextPublished):
        delete_draft(uow, row, expected_version=row.version)


def test_a_draft_is_saved_by_who_saw_it_as_it_is(uow, talk):
    row = talk.written()
    first = row.version
    edit_consultation(uow, row, replace(draft_of(row), title="Ново"), expected_version=first)
    uow.session.flush()
    with pytest.raises(StaleConsultation):
        edit_consultation(uow, row, replace(draft_of(row), title="Трето"), expected_version=first)
    with pytest.raises(StaleConsultation):
        publish_consultation(uow, row, expected_version=first)
    delete_draft(uow, row, expected_version=row.version)
    uow.session.flush()
    with pytest.raises(NoSuchConsultation):
        queries.consultation_of(uow, row.id)
    restore_draft(uow, row, expected_version=row.version)
    assert row.deleted_at is None


def test_a_term_only_grows(uow, talk):
    row = talk.opened()
    with pytest.raises(TermNotLonger):
        told = {"closes_on": row.closes_on - timedelta(days=1), "note": "Защото"}
        extend_consultation(uow, row, **told, expected_version=row.version)
    later = row.closes_on + timedelta(days=7)
    extend_consultation(uow, row, closes_on=later, note="Молба", expected_version=row.version)
    assert (row.closes_on, row.closes_at) == (later, end_of(later))


def test_the_same_request_is_one_opinion(uow, talk):
    row, once = talk.opened(), uuid4()
    first = talk.said(row, request_id=once)
    assert talk.said(row, "Друго", request_id=once).id == first.id
    assert uow.session.scalar(select(func.count()).select_from(Opinion)) == 1
    assert first.number.endswith("-00001")
    assert talk.said(row, "Не").sequence == first.sequence + 1


def test_a_stranger_is_counted_after_the_letter_alone(uow, talk):
    row = talk.opened()
    as_anybody(uow)
    with pytest.raises(EmailNeeded):
        give_opinion(uow, row.id, replace(SAID, email=""), request_id=uuid4())
    opinion = give_opinion(uow, row.id, SAID, request_id=uuid4())
    assert (opinion.number, queries.numbers_of(uow, [row.id])[row.id]) == ("", 0)
    confirm_opinion(uow, opinion)
    confirm_opinion(uow, opinion)
    assert opinion.number and queries.numbers_of(uow, [row.id])[row.id] == 1


def test_sent_in_time_and_confirmed_after_the_end_it_counts(uow, talk):
    row = talk.opened()
    as_anybody(uow)
    opinion = give_opinion(uow, row.id, SAID, request_id=uuid4())
    talk.over(row)
    confirm_opinion(uow, opinion)
    assert opinion.number


def test_what_nobody_confirms_goes(uow, talk):
    row = talk.opened()
    as_anybody(uow)
    file = GivenFile(BytesIO(b"text"), "a.txt")
    opinion = give_opinion(uow, row.id, SAID, request_id=uuid4(), file=file)
    opinion.sent_at = uow.now - CONFIRMABLE - timedelta(seconds=1)
    uow.session.flush()
    forget_unconfirmed(uow)
    assert uow.session.scalar(select(func.count()).select_from(Opinion)) == 0


def test_one_second_too_late_is_told_to_the_second(uow, talk):
    row = talk.opened()
    row.closes_at = uow.now + timedelta(seconds=1)
    uow.session.flush()
    talk.said(row, "Навреме", channel=PORTAL)
    row.closes_at = uow.now
    uow.session.flush()
    with pytest.raises(TooLate, match=r"\d\d:\d\d:\d\d"):
        talk.said(row, "Късно", channel=PORTAL)


def test_paper_that_came_in_time_is_entered_after_the_end(uow, talk):
    row = talk.opened()
    row.closes_on = day_of(uow.now)
    talk.over(row)
    in_time = talk.said(row, channel=POST, received_on=day_of(uow.now))
    assert in_time.number
    row.closes_on = day_of(uow.now) - timedelta(days=1)
    uow.session.flush()
    with pytest.raises(ReceivedOutsideTerm):
        talk.said(row, "Късно", channel=POST, received_on=day_of(uow.now))
    with pytest.raises(ReceivedOutsideTerm):
        tomorrow = day_of(uow.now) + timedelta(days=1)
        talk.said(talk.opened(), "От утре", channel=POST, received_on=tomorrow)


def test_a_paragraph_that_is_not_there_is_refused(uow, talk):
    row = talk.opened()
    assert talk.said(row, paragraph=2).paragraph == 2
    for number in (0, 3):
        with pytest.raises(NoSuchParagraph):
            talk.said(row, f"за {number}", paragraph=number)


def test_of_fifty_times_the_same_one_counts_and_all_are_kept(uow, talk):
    row = talk.opened()
    for _ in range(5):
        talk.said(row, "Не  искам\nтова")
    talk.said(row, "Не искам това", author="Друг Човек")
    counts = queries.opinion_counts(uow, row)
    assert (counts["all"], counts["counted"], counts["repeated"]) == (6, 2, 4)
    assert counts["unanswered"] == 2


def test_who_repeats_reads_the_same_answer(uow, talk):
    row = talk.opened()
    first, again = talk.said(row), talk.said(row)
    decided(uow, talk, row)
    uow.session.refresh(again)
    assert again.answer_id == first.answer_id is not None


def test_nothing_is_entered_once_the_outcome_is_public(uow, talk):
    row = talk.opened()
    talk.said(row)
    decided(uow, talk, row)
    with pytest.raises(OutcomePublished):
        talk.said(row, "Още", received_on=day_of(uow.now))


def test_a_hidden_opinion_keeps_its_reason_and_its_place(uow, talk):
    row = talk.opened()
    opinion = talk.said(row)
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=opinion.version)
    uow.session.flush()
    hide_opinion(uow, opinion, Reason(words="Чужди данни"), expected_version=0)
    with pytest.raises(HiddenBefore):
        hide_opinion(uow, opinion, Reason(words="Друго"), expected_version=opinion.version)
    assert queries.opinion_counts(uow, row)["unanswered"] == 1


def test_a_name_shows_only_where_it_is_wanted(uow, talk):
    row = talk.opened()
    assert on_behalf(talk.said(row, "1")) == "от свое име"
    assert on_behalf(talk.said(row, "2", shows_name=True)) == "от свое име: Проба Авторова"
    of_club = talk.said(row, "3", organisation="Читалище")
    assert on_behalf(of_club) == "от името на Читалище"


def test_authors_are_told_once_and_those_without_address_by_people(uow, talk):
    row = talk.opened()
    reached = talk.said(row, "1", email="author@villages.example")
    unreached = talk.said(row, "2")
    decided(uow, talk, row)
    before = len(uow.facts)
    tell_authors(uow)
    tell_authors(uow)
    assert [fact.number for fact in uow.facts[before:]] == [reached.number]
    assert unreached.told_at is None
    assert queries.opinion_counts(uow, row)["untold"] == 1


def test_an_end_is_told_once(uow, talk):
    row = talk.over(talk.opened())
    close_due(uow)
    before = len(uow.facts)
    uow.session.flush()
    close_due(uow)
    assert (row.told_closed_at, len(uow.facts)) == (uow.now, before)


def test_who_is_forgotten_leaves_the_words(uow, talk, clerk):
    row = talk.opened()
    opinion = talk.said(row, "Моите думи", channel=PORTAL, shows_name=True)
    assert opinion.person_id == clerk
    forget_person(uow, clerk)
    uow.session.flush()
    assert opinion.words == "Моите думи"
    assert (opinion.author, opinion.author_salt, opinion.email) == ("", "", None)
    assert (opinion.person_id, opinion.code_index, opinion.shows_name) == (None, None, False)


def test_a_year_after_the_outcome_nothing_says_who_it_was(uow, talk):
    row = talk.opened()
    silent, shown = talk.said(row, "1", phone="09333 11"), talk.said(row, "2", shows_name=True)
    decided(uow, talk, row)
    row.outcome_at = uow.now - timedelta(days=366)
    uow.session.flush()
    empty_old_authors(uow)
    assert (silent.author, silent.phone, silent.code_index) == ("", None, None)
    assert (shown.author, shown.code_index) == ("Проба Авторова", None)


def test_a_neighbour_has_neither_the_consultation_nor_the_opinion(uow, talk, uow_in):
    row = talk.opened()
    told = talk.said(row)
    uow.session.commit()
    with uow_in("dolno-selo") as other:
        object.__setattr__(other, "principal", Principal(person_id=uow.principal.person_id))
        assert other.session.get(Consultation, row.id) is None
        with pytest.raises(NoSuchConsultation):
            give_opinion(other, row.id, SAID, request_id=uuid4())
        assert other.session.get(Opinion, told.id) is None


def test_opinions_of_one_instant_have_numbers_without_gap_and_one_chain(app, uow, talk, clerk):
    row = talk.opened()
    uow.session.commit()
    row_id, start = row.id, Barrier(6)

    def give(number):
        with app.app_context():
            who = Principal(person_id=clerk, name="Проба")
            with open_uow(scope_named("gorno-selo"), who) as own:
                start.wait(timeout=120)
                told = replace(SAID, words=f"{number}", channel=POST)
                return give_opinion(own, row_id, told, request_id=uuid4()).sequence

    with ThreadPoolExecutor(6) as threads:
        numbers = sorted(threads.map(give, range(6)))
    assert numbers == list(range(1, 7))
    lines = lines_of(uow, row)
    assert [line.position for line in lines] == list(range(1, 8))
    before = [FIRST, *(line.hash for line in lines)]
    assert [chained(it, line.body) for it, line in zip(before, lines, strict=False)] == before[1:]
