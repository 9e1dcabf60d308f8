"""Check-list of a meeting: what its kind asks for, by law or by custom, with the reason of each.

What a program can see is answered by it: dates against law and holidays, a place, an agenda. What
it cannot see is ticked by the organiser, the bus only where nobody knows the timetables. A warning
stops nothing: people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.meetings.models import Meeting, MeetingInvitation
from obshto.modules.meetings.services.invitations import INVITED
from obshto.modules.meetings.services.kinds import BY_COUNCIL, KINDS
from obshto.modules.meetings.settings import MeetingsSettings
from obshto.platform.bus_trips import trips_by_village
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.legal.terms import term
from obshto.platform.modularity.bus_routes import RoundTrip
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day
from obshto.platform.web.language import SOURCE, current_language, stop_once
from obshto.platform.workdays import is_holiday, is_workday

WORK_ENDS = 17
# What somebody has to do outside of the portal; the second sentence says why.
TICKED: Mapping[str, tuple[LazyString, LazyString]] = {
    "board": (
        _("Обявата е на таблото в общината и в кметствата"),
        _("Много хора не ползват интернет и четат таблото."),
    ),
    "newspaper": (
        _("Поканата е публикувана в местен или регионален вестник"),
        _("Законът иска покана във вестник и на видно място в общината."),
    ),
    "invited": (
        _("Поканени са групите, които решението засяга"),
        _("Така всяка група е представена, не само който е научил."),
    ),
    "transport": (
        _("Проверен е автобус, който идва навреме и се връща след края"),
        _("От селата без кола не се идва и не се връща по друг начин."),
    ),
    "sign_language": (
        _("Уговорен е превод на жестов език, ако някой го поиска"),
        _("Преводач се намира трудно в последния момент."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line: is it so, what it is about, why, whether people tick it themselves."""

    word: str
    is_met: bool
    title: str
    why: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is looked at, read once."""

    meeting: Meeting
    settings: MeetingsSettings
    announced_on: date
    items: int
    files: int
    invited: Sequence[MeetingInvitation]
    buses: Sequence[tuple[str, RoundTrip | None]]  # by village; empty where nobody knows them

    def answers(self, word: str) -> bool:
        """Whether a line that people else tick is answered by what is known."""
        return bool({"transport": self.buses, "invited": self.invited}.get(word))

    @property
    def held_on(self) -> date:
        return day_of(self.meeting.starts_at)


def checklist_of(uow: UnitOfWork, meeting: Meeting, *, items: int, files: int) -> list[Check]:
    """The list of the meeting's kind, in its order. Before it is announced, as if it were today."""
    seen = _Seen(
        meeting=meeting,
        settings=settings_of(uow, "meetings", MeetingsSettings),
        announced_on=day_of(meeting.published_at or uow.now),
        items=items,
        files=files,
        invited=INVITED.rows(uow, meeting.id),
        buses=_buses_to(uow, meeting),
    )
    return [_check(seen, word) for word in KINDS[meeting.kind].checks]


def _buses_to(uow: UnitOfWork, meeting: Meeting) -> Sequence[tuple[str, RoundTrip | None]]:
    if "transport" not in KINDS[meeting.kind].checks:
        return ()
    visit = (meeting.starts_at, meeting.ends_at)
    return trips_by_village(uow, meeting.settlement, visit, current_language())


def terms_after(meeting: Meeting) -> list[str]:
    """What the law says of the days after the meeting, as sentences with their article."""
    told = []
    for rule in KINDS[meeting.kind].after:
        found = term(rule, starts_on=day_of(meeting.starts_at))
        words = found.why.get(current_language()) or found.why[SOURCE]
        told.append(f"{words}: {day(found.due_on)} ({found.article})")
    return told


def _check(seen: _Seen, word: str) -> Check:
    if is_ticked := word in TICKED and not seen.answers(word):
        is_met, (title, why) = word in seen.meeting.checks, map(str, TICKED[word])
    else:
        is_met, title, why = SEEN[word](seen)
    article = KINDS[seen.meeting.kind].law.get(word, "")
    why = f"{why} ({article})" if article else why
    return Check(word=word, is_met=is_met, title=title, why=why, is_ticked=is_ticked)


Answer = tuple[bool, str, str]


def _notice(seen: _Seen) -> Answer:
    kind = KINDS[seen.meeting.kind]
    if kind.rule:
        found = term(kind.rule, starts_on=seen.announced_on)
        earliest = found.counted_to  # a least distance: nothing moves it
        why = f"{found.why.get(current_language()) or found.why[SOURCE]} ({found.article})."
    else:
        by_council = kind.notice_by == BY_COUNCIL
        days = seen.settings.council_days if by_council else seen.settings.notice_days
        earliest = seen.announced_on + timedelta(days=days)
        why = (
            gettext("По правилника на съвета: поне %(days)s дни по-рано.", days=days)
            if by_council
            else gettext(
                "Законът не дава общ срок. Правилото на общината: поне %(days)s дни по-рано.",
                days=days,
            )
        )
    counted = gettext(
        "Обявено на %(from)s, затова най-рано на %(to)s.",
        **{"from": day(seen.announced_on), "to": day(earliest)},
    )
    is_met = seen.held_on >= earliest
    title = gettext("Обявена е навреме") if is_met else gettext("Обявена е твърде късно")
    return is_met, title, f"{why} {counted}"


def _latest(seen: _Seen) -> Answer:
    found = term(KINDS[seen.meeting.kind].latest, starts_on=seen.announced_on)
    is_met = seen.held_on <= found.counted_to
    title = gettext("Не е твърде далеч") if is_met else gettext("Насрочена е твърде далеч")
    words = found.why.get(current_language()) or found.why[SOURCE]
    return is_met, title, stop_once(f"{words} ({found.article}): {day(found.counted_to)}.")


def _holiday(seen: _Seen) -> Answer:
    if is_holiday(seen.held_on):
        title = gettext("Пада се в празник")
        return False, title, gettext("%(day)s е почивен ден.",
                                     day=day(seen.held_on))  # fmt: skip
    return True, gettext("Не е в празник"), gettext("В почивен ден малко хора идват.")


def _hours(seen: _Seen) -> Answer:
    starts = seen.meeting.starts_at.astimezone(SOFIA)
    is_met = not is_workday(starts.date()) or starts.hour >= WORK_ENDS
    title = gettext("Извън работно време е") if is_met else gettext("В работно време е")
    return is_met, title, gettext("Общото събрание се провежда извън работно време.")


def _of(
    field: str, there: LazyString, missing: LazyString, why: LazyString
) -> Callable[[_Seen], Answer]:
    """A check that a field of the plan was filled in."""

    def look(seen: _Seen) -> Answer:
        is_met = bool(getattr(seen.meeting, field))
        return is_met, str(there if is_met else missing), str(why)

    return look


def _access(seen: _Seen) -> Answer:
    access = seen.meeting.access
    title = {
        WheelchairAccess.FULL: gettext("Достъпно е с инвалидна количка"),
        WheelchairAccess.HELP: gettext("С инвалидна количка се влиза с помощ"),
        WheelchairAccess.NONE: gettext("С инвалидна количка не се влиза"),
    }.get(WheelchairAccess(access), gettext("Не е казано достъпно ли е с инвалидна количка"))
    why = gettext("Който е с количка или трудно се качва, решава по това дали да дойде.")
    return access in (WheelchairAccess.FULL, WheelchairAccess.HELP), title, why


def _agenda(seen: _Seen) -> Answer:
    title = gettext("Има дневен ред") if seen.items else gettext("Няма дневен ред")
    return seen.items > 0, title, gettext("По него идват хората и се пише протоколът.")


def _materials(seen: _Seen) -> Answer:
    title = gettext("Има материали") if seen.files else gettext("Няма материали")
    is_council = seen.meeting.kind == "council"
    why = (
        gettext("Материалите са в отворен вид, от който се чете текст.")
        if is_council
        else gettext("Хората четат предложението, преди да говорят за него.")
    )
    return seen.files > 0, title, why


def _transport(seen: _Seen) -> Answer:
    """By village: the bus that arrives last before the meeting, the first one home after it."""
    brought = [name for name, trip in seen.buses if trip]
    title = gettext(
        "С автобус навреме и обратно: %(some)s от %(all)s места",
        some=len(brought),
        all=len(seen.buses),
    )
    return len(brought) == len(seen.buses), title, " ".join(map(_bus_line, seen.buses))


def _bus_line(village: tuple[str, RoundTrip | None]) -> str:
    name, trip = village
    if trip is None:
        return str(gettext("%(village)s: няма автобус навреме или обратно.", village=name))
    return stop_once(
        gettext(
            "%(village)s: пристига в %(there)s, тръгва обратно в %(back)s.",
            **{"village": name, "there": clock(trip.arrives_at), "back": clock(trip.returns_at)},
        )
    )


def _invited(seen: _Seen) -> Answer:
    sent = sum(one.sent_at is not None for one in seen.invited)
    answered = sum(bool(one.answer) for one in seen.invited)
    title = gettext("Поканени групи: %(all)s", all=len(seen.invited))
    why = gettext(
        "Поканата стигна до %(sent)s, отговориха %(answered)s. Писмата тръгват с обявяването.",
        sent=sent,
        answered=answered,
    )
    is_paper_left = any(not one.sent_at and not one.email_hash for one in seen.invited)
    return not is_paper_left, title, why


def _remote(seen: _Seen) -> Answer:
    is_met = seen.meeting.has_video or bool(seen.meeting.phone_bridge)
    title = gettext("Може и отдалеч") if is_met else gettext("Не може отдалеч")
    return is_met, title, gettext("Който не може да дойде, участва по видео или по телефона.")


def _live(seen: _Seen) -> Answer:
    is_met = seen.meeting.has_video
    title = gettext("Има пряко излъчване") if is_met else gettext("Няма пряко излъчване")
    return is_met, title, gettext("Заседанията се излъчват на живо от 2024 г.")


def _feedback(seen: _Seen) -> Answer:
    title = gettext("След срещата питаме как е минала")
    return True, title, gettext("Който каза, че идва, получава по имейл три кратки въпроса.")


SEEN: Mapping[str, Callable[[_Seen], Answer]] = {
    "notice": _notice,
    "latest": _latest,
    "holiday": _holiday,
    "hours": _hours,
    "place": _of(
        "address",
        _("Мястото е посочено"),
        _("Не е посочено къде точно"),
        _("Улица, сграда, зала: който идва за пръв път, я търси."),
    ),
    "access": _access,
    "agenda": _agenda,
    "materials": _materials,
    "moderator": _of(
        "moderators",
        _("Има водещ"),
        _("Няма водещ"),
        _("Водещият дава думата на всички, не само на най-силните."),
    ),
    "minute_taker": _of(
        "minute_taker",
        _("Има кой да води протокол"),
        _("Не е казано кой води протокол"),
        _("Без протокол после не се знае какво е казано и решено."),
    ),
    "transport": _transport,
    "invited": _invited,
    "remote": _remote,
    "live": _live,
    "feedback": _feedback,
}
