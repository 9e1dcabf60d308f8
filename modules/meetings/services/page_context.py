"""Template context of the pages of meetings."""

from __future__ import annotations

from typing import Any

from obshto.modules.meetings.models import Decision, Meeting, Scheduled
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.agenda import hours_of
from obshto.modules.meetings.services.decisions import (
    DecisionFilter,
    decisions,
    decisions_of,
    state_of,
)
from obshto.modules.meetings.services.feedback import ANSWERS, QUESTIONS, answer_counts
from obshto.modules.meetings.services.guests import MODES
from obshto.modules.meetings.services.invitations import INVITED
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.kinds import KINDS, council_records
from obshto.modules.meetings.services.live_decisions import decisions_so_far
from obshto.modules.meetings.services.minutes import records_of
from obshto.modules.meetings.services.point_threads import lines_of_points
from obshto.modules.meetings.services.queries import Names, place_of
from obshto.modules.meetings.services.question_support import supported_questions
from obshto.modules.meetings.services.recordings_port import (
    minutes_by_item,
    minutes_of_decisions,
    recordings_of,
)
from obshto.modules.meetings.services.reports import report_of
from obshto.modules.meetings.services.video_room import open_way_in
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.editorial.attachments import files_on
from obshto.platform.thread.lines import line_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, moment
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import paginate


def words_of(names: Names) -> dict[str, Any]:
    """Titles of kinds, names of places, words of access and of ways to take part."""
    language = current_language()
    return {
        "kinds": {word: kind.title(language) for word, kind in KINDS.items()},
        "modes": MODES,
        "accesses": ACCESS,
        "names": names,
        "when_of": when_of,
        "place_name": lambda code: place_of(code, names, language),
    }


def when_of(meeting: Scheduled) -> str:
    """„5 декември 2026 г., 19:00 ч. – 21:00 ч.“, in the language in force."""
    is_one_day = day_of(meeting.starts_at) == day_of(meeting.ends_at)
    end = clock(meeting.ends_at) if is_one_day else moment(meeting.ends_at)
    return f"{moment(meeting.starts_at)} – {end}"


def page_of(uow: UnitOfWork, meeting: Meeting) -> dict[str, Any]:
    """Everything that the page of a meeting shows, to citizens and in a preview."""
    items, records = queries.items_of(uow, meeting.id), records_of(uow, meeting.id)
    today, (questions, support) = day_of(uow.now), supported_questions(uow, meeting.id)
    council, recordings = council_records(meeting), recordings_of(uow, meeting.id)
    watched, is_early = minutes_by_item(recordings), meeting.starts_at > uow.now
    decided = decisions_of(uow, meeting.id) if records else ()
    return {
        "meeting": meeting,
        "items": items,
        "invited": [one.name for one in INVITED.rows(uow, meeting.id)],
        "hours": hours_of(meeting, items),
        "threads": lines_of_points(uow, items),
        "files": files_on(uow, KIND, meeting),
        "kind": KIND,
        "questions": questions,
        "support": support,
        "records": records,
        "decisions": decided,
        "state_of": lambda decision: state_of(decision, today),
        "so_far": () if records or is_early else decisions_so_far(uow, meeting.id),
        "recordings": recordings,
        "watched": watched,
        "watched_decisions": minutes_of_decisions(uow, decided, watched),
        "way_in": open_way_in(meeting),
        "is_over": meeting.ends_at <= uow.now,
        **_afterwards(uow, meeting),
        "has_begun": not is_early,
        "council_path": council.path_of(meeting.id) if council else "",
        **words_of(queries.settlements_here(uow)),
    }


def beside_picture(uow: UnitOfWork, meeting: Meeting) -> dict[str, Any]:
    """Agenda and materials, which stand beside the picture of its room. Three queries."""
    items, council = queries.items_of(uow, meeting.id), council_records(meeting)
    return {
        "items": items,
        "hours": hours_of(meeting, items),
        "files": files_on(uow, KIND, meeting),
        "kind": KIND,
        "council_path": council.path_of(meeting.id) if council else "",
    }


def _afterwards(uow: UnitOfWork, meeting: Meeting) -> dict[str, Any]:
    """What follows and how people found it, once the meeting began. Two queries."""
    if meeting.starts_at > uow.now:
        return {}
    return {
        "report": report_of(uow, meeting),
        "answered": answer_counts(uow, meeting.id),
        "feedback_questions": QUESTIONS,
        "feedback_answers": ANSWERS,
    }


def decision_page(uow: UnitOfWork, decision: Decision) -> dict[str, Any]:
    """Everything that the page of a decision shows."""
    [meeting] = queries.titles_of(uow, [decision.meeting_id]).values()
    watched = minutes_by_item(recordings_of(uow, meeting.id))
    return {
        "decision": decision,
        "meeting": meeting,
        "state": state_of(decision, day_of(uow.now)),
        "minute": minutes_of_decisions(uow, [decision], watched).get(decision.entry_id),
        "thread": line_of(uow, "meetings", decision.id),
        **words_of(queries.settlements_here(uow)),
    }


def decisions_page(
    uow: UnitOfWork, wanted: DecisionFilter, number: int, *, is_public: bool
) -> dict[str, Any]:
    """A page of decisions with their meetings and minutes of recordings, also to staff."""
    today = day_of(uow.now)
    page = paginate(uow.session, decisions(uow, wanted, is_public=is_public), number)
    meetings = {row.meeting_id for row in page.rows}
    watched = minutes_by_item(recordings_of(uow, *meetings))
    return {
        "page": page,
        "wanted": wanted,
        "meetings": queries.titles_of(uow, meetings),
        "watched_decisions": minutes_of_decisions(uow, page.rows, watched),
        "state_of": lambda decision: state_of(decision, today),
        **words_of(queries.settlements_here(uow)),
    }
