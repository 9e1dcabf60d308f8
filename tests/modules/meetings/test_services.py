"""Rules of meetings: who is told, editions that never change, decisions that are followed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.meetings import errors, events
from obshto.modules.meetings.models import Decision, Guest, GuestQuestion, MinuteRecord
from obshto.modules.meetings.notifications import guests as readers
from obshto.modules.meetings.notifications import moved as moved_letter
from obshto.modules.meetings.services import agenda, guests, minutes, plans, publication, queries
from obshto.modules.meetings.services.calendar_entries import entries_between, entry_of
from obshto.modules.meetings.services.checklist import SEEN, TICKED, checklist_of, terms_after
from obshto.modules.meetings.services.decisions import (
    DecisionFilter,
    decisions,
    reach_decision,
    watch_decisions,
)
from obshto.modules.meetings.services.feedback import FeedbackWords, feedback_of, send_feedback
from obshto.modules.meetings.services.guests import PHONE, ROOM, VIDEO, Coming, register_guest
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.minutes import EntryWords
from obshto.modules.meetings.services.questions import (
    QuestionWords,
    ask_question,
    decline_question,
    show_question,
)
from obshto.modules.meetings.services.regional import regional_meetings, show_all_in_region
from obshto.modules.meetings.services.retention import forget_old_guests, forget_person
from obshto.platform.calendar.recurrence import at_wall
from obshto.platform.legal.terms import RULES
from obshto.platform.unit_of_work import Principal
from obshto.platform.web.formats import moment

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def names(uow):
    return [fact.name.partition(":")[2] for fact in uow.facts]


def comes(uow, meeting, mode=ROOM, **told):
    return register_guest(uow, meeting, Coming(mode=mode, **told), request_id=uuid4())


def held(uow, announced, **changed):
    """A meeting that began an hour ago."""
    meeting = announced(uow, **changed)
    meeting.starts_at, meeting.ends_at = uow.now - HOUR, uow.now + HOUR
    uow.session.flush()
    return meeting


def recorded(uow, meeting, **words):
    item = queries.items_of(uow, meeting.id)[0]
    return minutes.write_entry(uow, item, EntryWords(**words), request_id=uuid4())


def test_each_kind_names_checks_and_rules_that_exist():
    for kind in KINDS.values():
        assert set(kind.titles) == {"bg", "en", "ro"}
        assert set(kind.checks) <= SEEN.keys() | TICKED.keys()
        assert {kind.rule, kind.latest, *kind.after} - {""} <= RULES.keys()
        assert kind.rule or kind.notice_by


def test_the_check_list_says_too_late_and_why(uow, write):
    meeting = write(uow, starts_at=uow.now + 3 * DAY)
    [notice] = [c for c in checklist_of(uow, meeting, items=2, files=0) if c.word == "notice"]
    assert not notice.is_met and "14" in notice.why
    meeting.starts_at = uow.now + 15 * DAY
    [notice] = [c for c in checklist_of(uow, meeting, items=2, files=0) if c.word == "notice"]
    assert notice.is_met


@pytest.mark.parametrize(
    ("days", "notice", "latest"), [(14, False, True), (15, True, True), (32, True, False)]
)
def test_a_general_assembly_has_a_term_at_both_ends(uow, write, days, notice, latest):
    start = uow.now + days * DAY
    meeting = write(uow, kind="assembly", starts_at=start)
    found = {check.word: check for check in checklist_of(uow, meeting, items=1, files=0)}
    assert (found["notice"].is_met, found["latest"].is_met) == (notice, latest)
    assert "ЗПУГДВМС" in found["notice"].why


def test_a_holiday_and_working_hours_are_seen(uow, write):
    start = at_wall(datetime(2027, 3, 3, 10))
    meeting = write(uow, kind="assembly", starts_at=start)
    found = {check.word: check for check in checklist_of(uow, meeting, items=1, files=0)}
    assert found["hours"].is_met  # on a holiday nobody works
    meeting.kind = "discussion"
    found = {check.word: check for check in checklist_of(uow, meeting, items=1, files=0)}
    assert not found["holiday"].is_met and "чл. 154" in found["holiday"].why
    meeting.kind, meeting.starts_at = "assembly", at_wall(datetime(2027, 3, 4, 10))
    found = {check.word: check for check in checklist_of(uow, meeting, items=1, files=0)}
    assert not found["hours"].is_met


def test_what_people_tick_is_kept_once_and_not_over_a_colleague(uow, write):
    meeting = write(uow)
    seen = meeting.version
    plans.tick_checks(uow, meeting, ["board"], expected_version=seen)
    uow.session.flush()
    plans.tick_checks(uow, meeting, ["board"], expected_version=seen)
    with pytest.raises(errors.StaleMeeting):
        plans.tick_checks(uow, meeting, [], expected_version=seen)
    ticked = [c.word for c in checklist_of(uow, meeting, items=1, files=0) if c.is_ticked]
    assert "board" in ticked


def test_terms_after_a_debt_discussion(uow, write):
    meeting = write(uow, kind="debt", starts_at=at_wall(datetime(2026, 12, 1, 18)))
    [told] = terms_after(meeting)
    assert "4" in told and "ЗОД чл. 15" in told


def test_the_agenda_keeps_its_order_and_its_hours(uow, write):
    meeting = write(uow)
    first, second = queries.items_of(uow, meeting.id)
    point = agenda.AgendaPoint(title="Въпроси", minutes=30, position=1)
    agenda.edit_item(uow, meeting, second, point, expected_version=second.version)
    uow.session.flush()
    items = queries.items_of(uow, meeting.id)
    assert [item.title for item in items] == ["Въпроси", "Проектът"]
    assert agenda.hours_of(meeting, items)[first.id] == meeting.starts_at + timedelta(minutes=30)
    with pytest.raises(errors.StaleMeeting):
        agenda.remove_item(uow, meeting, first, expected_version=99)


def test_a_draft_moves_silently_an_announced_meeting_tells(uow, write):
    meeting = write(uow)
    plan = plans.plan_of(meeting)
    later = replace(plan, starts_at=plan.starts_at + DAY, ends_at=plan.ends_at + DAY)
    plans.edit_meeting(uow, meeting, later, expected_version=meeting.version)
    uow.session.flush()
    assert "meeting.moved" not in names(uow)
    publication.publish_meeting(uow, meeting, expected_version=meeting.version)
    uow.session.flush()
    sequence, seen = meeting.sequence, meeting.version
    with pytest.raises(errors.MoveNeedsReason):
        plans.edit_meeting(uow, meeting, plan, expected_version=seen)
    assert meeting.starts_at == later.starts_at
    plans.edit_meeting(uow, meeting, plan, note="Салонът е зает", expected_version=seen)
    uow.session.flush()
    assert names(uow)[-1] == "meeting.moved" and meeting.sequence == sequence + 1
    assert meeting.moved_from == later.starts_at and meeting.note == "Салонът е зает"
    _, letter = moved_letter(uow, {"subject_id": str(meeting.id)})
    before = moment(later.starts_at).replace("\xa0", " ")
    assert f"Първо беше обявено за {before}\n" in letter
    plans.edit_meeting(uow, meeting, plan, note="", expected_version=seen)  # the same, sent twice
    with pytest.raises(errors.StaleMeeting):
        plans.edit_meeting(uow, meeting, later, expected_version=seen)


def test_a_cancellation_stands_in_the_calendar_with_its_reason(uow, announced):
    meeting = announced(uow)
    seen = meeting.version
    publication.cancel_meeting(uow, meeting, note="Няма ток", expected_version=seen)
    entry = entry_of(uow, meeting, queries.settlements_here(uow))
    assert entry.is_cancelled and entry.sequence == 1 and "Няма ток" in entry.text
    assert meeting.video_link not in entry.text  # a way in is the guests' alone
    with pytest.raises(errors.MeetingCancelledAlready):
        comes(uow, meeting)


def test_guests_are_counted_by_how_they_come_and_told(uow, announced):
    meeting = announced(uow)
    comes(uow, meeting, ROOM, people=3, email="a@example.org", name="А")
    comes(uow, meeting, VIDEO, people=2)
    gone = comes(uow, meeting, PHONE, email="b@example.org")
    guests.withdraw_guest(uow, gone, expected_version=gone.version)
    uow.session.flush()
    assert guests.counts_of(uow, meeting.id) == {ROOM: 3, VIDEO: 2, PHONE: 0}
    told = readers(uow, {"subject_id": str(meeting.id)})
    assert [address.email for address in told] == ["a@example.org"]


def test_a_code_finds_its_guest_and_no_other(uow, announced):
    meeting = announced(uow)
    guest, other = comes(uow, meeting), comes(uow, meeting)
    assert guests.guest_at(uow, guests.code_of(guest)).id == guest.id
    assert guests.code_of(guest) != guests.code_of(other)
    for wrong in ("0" * 20, "x"):
        with pytest.raises(errors.NoSuchGuest):
            guests.guest_at(uow, wrong)
    with pytest.raises(errors.WhoseGuest):
        guests.guest_at(uow, str(guest.id))


def test_an_account_says_it_once_and_changes_it(uow, announced, sign_in):
    person = sign_in("gorno-selo").person_id
    object.__setattr__(uow, "principal", Principal(person_id=person, name="Проба"))
    meeting = announced(uow)
    first = comes(uow, meeting, ROOM)
    again = comes(uow, meeting, VIDEO, people=4)
    uow.session.flush()
    assert again.id == first.id and (again.mode, again.people) == (VIDEO, 4)
    assert guests.guest_at(uow, str(first.id)).id == first.id


def test_nobody_comes_to_what_is_over(uow, announced):
    meeting = announced(uow)
    meeting.starts_at, meeting.ends_at = uow.now - 2 * HOUR, uow.now - HOUR
    with pytest.raises(errors.MeetingOver, match="стои тук"):
        comes(uow, meeting)
    with pytest.raises(errors.QuestionsClosed):
        ask_question(uow, meeting, QuestionWords(words="Кога?"), request_id=uuid4())


def test_a_question_shows_only_what_a_moderator_let_in(uow, announced):
    meeting = announced(uow)
    asked = QuestionWords(words="Иван защо не плаща?", name="Тайна", email="t@example.org")
    request_id = uuid4()
    question = ask_question(uow, meeting, asked, request_id=request_id)
    assert ask_question(uow, meeting, asked, request_id=request_id).id == question.id
    uow.session.flush()
    seen = question.version
    show_question(uow, question, "Кой плаща?", expected_version=seen)
    uow.session.flush()
    with pytest.raises(errors.StaleQuestion):
        decline_question(uow, question, "Лични данни", expected_version=seen)
    assert question.public_words == "Кой плаща?"


def test_minutes_wait_for_the_meeting_and_for_a_word(uow, announced):
    meeting = announced(uow)
    recorded(uow, meeting, text="Рано")
    with pytest.raises(errors.NotHeldYet):
        minutes.publish_minutes(uow, meeting, why="", request_id=uuid4())
    empty = held(uow, announced)
    with pytest.raises(errors.NothingRecorded):
        minutes.publish_minutes(uow, empty, why="", request_id=uuid4())


def test_what_was_published_stays_and_a_correction_is_a_new_edition(uow, announced):
    meeting = held(uow, announced)
    entry = recorded(uow, meeting, text="Говорихме", votes_for=7, votes_against=1)
    request_id = uuid4()
    first = minutes.publish_minutes(uow, meeting, why="", request_id=request_id)
    assert minutes.publish_minutes(uow, meeting, why="", request_id=request_id).id == first.id
    assert minutes.publish_minutes(uow, meeting, why="", request_id=uuid4()).id == first.id
    stood = dict(first.content)
    right = EntryWords(text="Говорихме", votes_for=8, votes_against=1)
    minutes.edit_entry(uow, entry, right, expected_version=entry.version)
    uow.session.flush()
    with pytest.raises(errors.ReasonNeeded):
        minutes.publish_minutes(uow, meeting, why="", request_id=uuid4())
    second = minutes.publish_minutes(uow, meeting, why="Гласове", request_id=uuid4())
    uow.session.flush()
    uow.session.expire_all()
    kept = uow.session.get_one(MinuteRecord, first.id)
    assert (second.edition, kept.content) == (2, stood)
    [told] = second.content["agenda"][0]["entries"]
    assert told["votes_for"] == 8


def test_two_secretaries_do_not_write_over_each_other(uow, announced):
    entry = recorded(uow, held(uow, announced), text="Първо")
    uow.session.flush()
    seen = entry.version
    minutes.edit_entry(uow, entry, EntryWords(text="Второ"), expected_version=seen)
    uow.session.flush()
    with pytest.raises(errors.StaleMinutes):
        minutes.edit_entry(uow, entry, EntryWords(text="Трето"), expected_version=seen)
    assert entry.text == "Второ"


def test_a_point_with_minutes_stays(uow, announced):
    meeting = held(uow, announced)
    recorded(uow, meeting, text="Говорихме")
    item = queries.items_of(uow, meeting.id)[0]
    with pytest.raises(errors.ItemHasMinutes):
        agenda.remove_item(uow, meeting, item, expected_version=item.version)


def decided(uow, announced, **changed):
    meeting = held(uow, announced)
    words = {"number": "12", "decision": "Ремонт на моста", "owner": "Кметът"} | changed
    entry = recorded(uow, meeting, **words)
    minutes.publish_minutes(uow, meeting, why="", request_id=uuid4())
    uow.session.flush()
    return meeting, entry, uow.session.scalars(select(Decision).filter_by(entry_id=entry.id)).one()


def test_decisions_are_found_across_meetings(uow, announced):
    _, _, bridge = decided(uow, announced)
    _, _, well = decided(uow, announced, number="13", decision="Чешмата да тече")
    found = lambda **asked: list(  # noqa: E731
        uow.session.scalars(decisions(uow, DecisionFilter(**asked), is_public=True))
    )
    assert found(words="моста") == [bridge]
    assert found(words="13 чешмата") == [well]
    assert set(found(kind="discussion")) == {bridge, well}
    assert found(year=1999) == found(state="late") == found(kind="council") == []


def test_a_decision_whose_day_passed_is_told_once_and_red(uow, announced):
    _, _, decision = decided(uow, announced, due_on=date(2026, 1, 1))
    watch_decisions(uow)
    uow.session.flush()
    watch_decisions(uow)
    assert names(uow).count("decision.late") == 1
    late = decisions(uow, DecisionFilter(state="late"), is_public=True)
    assert list(uow.session.scalars(late)) == [decision]
    reach_decision(uow, decision, "Мостът е готов", expected_version=decision.version)
    uow.session.flush()
    assert list(uow.session.scalars(late)) == []


def test_a_correction_changes_words_of_a_decision_not_what_became_of_it(uow, announced):
    meeting, entry, decision = decided(uow, announced)
    reach_decision(uow, decision, "Готово", expected_version=decision.version)
    right = EntryWords(number="12", decision="Ремонт на двата моста", owner="Кметът")
    minutes.edit_entry(uow, entry, right, expected_version=entry.version)
    minutes.publish_minutes(uow, meeting, why="Мостовете са два", request_id=uuid4())
    uow.session.flush()
    assert (decision.text, decision.outcome) == ("Ремонт на двата моста", "Готово")
    assert names(uow).count("decision.taken") == 1
    minutes.edit_entry(uow, entry, EntryWords(text="Отложи се"), expected_version=entry.version)
    minutes.publish_minutes(uow, meeting, why="Нямаше решение", request_id=uuid4())
    uow.session.flush()
    assert uow.session.scalars(select(Decision).filter_by(entry_id=entry.id)).all() == []


def test_guests_are_reminded_once_the_day_before(uow, announced):
    near, far = announced(uow, starts_at=uow.now + DAY), announced(uow)
    off = announced(uow, starts_at=uow.now + DAY)
    publication.cancel_meeting(uow, off, note="Болест", expected_version=off.version)
    for _ in range(2):
        publication.remind_guests(uow)
        uow.session.flush()
    reminded = [fact for fact in uow.facts if isinstance(fact, events.MeetingNear)]
    assert [fact.subject_id for fact in reminded] == [near.id] and far.reminded_at is None


def test_a_month_after_nothing_says_who_came_and_who_asked(uow, announced):
    meeting = announced(uow)
    comes(uow, meeting, name="Тайна")
    asked = QuestionWords(words="Кога?", name="Тайна", email="t@example.org")
    shown = ask_question(uow, meeting, asked, request_id=uuid4())
    uow.session.flush()
    show_question(uow, shown, "Кога?", expected_version=shown.version)
    ask_question(uow, meeting, asked, request_id=uuid4())
    meeting.starts_at, meeting.ends_at = uow.now - 32 * DAY, uow.now - 31 * DAY
    uow.session.flush()
    forget_old_guests(uow)
    uow.session.expire_all()
    [kept] = uow.session.scalars(select(GuestQuestion)).all()
    assert (kept.name, kept.email, kept.words, kept.public_words) == ("", "", "", "Кога?")
    assert uow.session.scalars(select(Guest)).all() == []


def test_an_account_that_goes_takes_what_it_said(uow, announced, sign_in):
    person = sign_in("gorno-selo").person_id
    object.__setattr__(uow, "principal", Principal(person_id=person, name="Проба"))
    meeting = announced(uow)
    comes(uow, meeting, name="Тайна")
    uow.session.flush()
    forget_person(uow, person)
    assert uow.session.scalars(select(Guest)).all() == []
    assert meeting.author_id is None and meeting.changed_by == ""


def test_feedback_has_no_name_and_comes_once(uow, announced):
    meeting = held(uow, announced)
    request_id = uuid4()
    for _ in range(2):
        send_feedback(uow, meeting, FeedbackWords(words="Нямаше микрофон"), request_id=request_id)
    [row] = uow.session.scalars(feedback_of(meeting.id)).all()
    assert row.words == "Нямаше микрофон"
    with pytest.raises(errors.NoSuchMeeting):
        send_feedback(uow, announced(uow), FeedbackWords(words="Рано"), request_id=uuid4())


def test_a_draft_is_deleted_and_brought_back_an_announced_one_is_not(uow, write, announced):
    draft, public = write(uow), announced(uow)
    publication.delete_draft(uow, draft, expected_version=draft.version)
    uow.session.flush()
    with pytest.raises(errors.NoSuchMeeting):
        queries.meeting_of(uow, draft.id)
    publication.restore_draft(uow, draft, expected_version=draft.version)
    uow.session.flush()
    assert queries.meeting_of(uow, draft.id) is draft
    with pytest.raises(errors.StaleMeeting):
        publication.delete_draft(uow, public, expected_version=public.version)
    publication.delete_draft(uow, draft, expected_version=draft.version)
    draft.deleted_at = uow.now - 31 * DAY
    uow.session.flush()
    publication.erase_deleted(uow)
    assert queries.items_of(uow, draft.id) == []


def test_the_calendar_of_the_municipality_takes_public_meetings(uow, write, announced):
    write(uow)
    meeting = announced(uow, title="Изслушване")
    span = (uow.now, uow.now + 60 * DAY)
    assert [entry.uid for entry in entries_between(uow, *span, "")] == [meeting.id]
    assert entries_between(uow, *span, "00002") == []


def test_the_region_shows_what_is_planned_and_no_drafts(uow, uow_in, write, announced):
    write(uow)
    meeting = announced(uow, title="Форум")
    uow.session.commit()
    show_all_in_region(uow)
    with uow_in(None) as region:
        rows = list(region.session.scalars(regional_meetings(region, among=["gorno-selo"])))
        assert [row.meeting_id for row in rows] == [meeting.id]
        assert list(region.session.scalars(regional_meetings(region, among=["dolno-selo"]))) == []
