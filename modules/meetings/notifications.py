"""Letters of meetings: to who follows them, who comes, who asked, who works on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.meetings import events
from obshto.modules.meetings.models import (
    Decision,
    Guest,
    GuestQuestion,
    Meeting,
    MeetingInvitation,
)
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.call_desk import owing_call
from obshto.modules.meetings.services.decisions import decisions_of
from obshto.modules.meetings.services.guests import code_of, guest_of, guests_of
from obshto.modules.meetings.services.invitations import INVITED, written_groups
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.page_context import when_of
from obshto.platform.editorial.events import TextFact
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, moment, short_day
from obshto.platform.web.language import SOURCE

Fact = Mapping[str, Any]
Letter = tuple[str, str] | None
TOPIC = "meetings:meeting"
LONGEST_IN_SMS = 40  # letters of an address; a longer one stands on the page


def followers(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow meetings at its place."""
    meeting = uow.session.get_one(Meeting, UUID(fact["subject_id"]))
    places = frozenset(filter(None, [meeting.settlement]))
    return Audience(topic=TOPIC, places=places, until=meeting.ends_at)


def told_followers(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who heard of it before, nobody else."""
    asked = followers(uow, fact)
    return replace(asked, asked=False, told=True)


def readers_of_minutes(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow meetings: what was decided is news after the meeting too."""
    meeting = uow.session.get_one(Meeting, UUID(fact["subject_id"]))
    return Audience(topic=TOPIC, places=frozenset(filter(None, [meeting.settlement])))


def guests(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Whoever said that they come: the account, else the e-mail address, else the phone.

    Until the meeting begins staff call whom none of them reaches; who left no name is a number.
    """
    meeting = uow.session.get_one(Meeting, UUID(fact["subject_id"]))
    return [
        reader
        for guest in uow.session.scalars(guests_of(meeting.id))
        if (reader := _reader_of(guest, meeting.starts_at))
    ]


def guests_and_groups(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same, with the groups that were invited."""
    groups = (_group(row) for row in written_groups(uow, UUID(fact["subject_id"])))
    return [*guests(uow, fact), *groups]


def guests_by_letter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Guests without phones: what is no change of the meeting rings nobody."""
    return [one for one in guests(uow, fact) if isinstance(one, UUID) or one.email]


def _reader_of(guest: Guest, until: datetime) -> UUID | Address | None:
    if guest.person_id:
        return guest.person_id
    if not (guest.name or guest.email or guest.phone):
        return None
    phone, call = read_phone(guest.phone) or "", owing_call(guest.id, until)
    return Address(None, guest.name, guest.email, guest.language, phone, unreached=call)


def this_guest(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The one who said it, by letter: they have just read it, and a number may be another's."""
    guest = guest_of(uow, UUID(fact["subject_id"]))
    if guest.person_id:
        return [guest.person_id]
    return [Address(None, guest.name, guest.email, guest.language)] if guest.email else []


def group(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The group that is invited."""
    row = uow.session.get(MeetingInvitation, UUID(fact["subject_id"]))
    return [_group(row)] if row and row.email else []


def _group(row: MeetingInvitation) -> Address:
    return Address(None, row.name, row.email or "", SOURCE)


def invited(uow: UnitOfWork, fact: Fact) -> Letter:
    """Why they are asked, when and where, the link by which they answer for the group."""
    row = uow.session.get_one(MeetingInvitation, UUID(fact["subject_id"]))
    meeting = queries.meeting_of(uow, row.meeting_id)
    if not meeting.shows_at(uow.now):
        return None
    path = f"{meeting.path}/come?invited={INVITED.token_of(uow, row)}"
    return worded(
        gettext("Поканени сте: %(title)s", title=meeting.title),
        gettext("Каним „%(name)s“ на среща, която Ви засяга.", name=row.name),
        meeting.title,
        when_of(meeting).replace("\xa0", " "),
        meeting.address,
        meeting.summary,
        gettext("Кажете тук дали ще дойдете: %(address)s", address=f"{_site(uow)}{path}"),
        gettext("Дневен ред и материали: %(address)s", address=_address(uow, meeting)),
    )


def asker(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked the question, if they left a way to be told."""
    row = uow.session.get(GuestQuestion, UUID(fact["subject_id"]))
    if row is None:
        return []
    if row.email:
        return [Address(None, row.name, row.email, row.language)]
    return [row.person_id] if row.person_id else []


def announced(uow: UnitOfWork, fact: Fact) -> Letter:
    return _of_meeting(uow, fact, gettext("%(kind)s: %(title)s"))


def moved(uow: UnitOfWork, fact: Fact) -> Letter:
    """With the hour that people may have written down."""
    meeting = uow.session.get(Meeting, UUID(fact["subject_id"]))
    before = meeting.moved_from if meeting else None
    hint = gettext("Първо беше обявено за %(when)s.", when=moment(before)) if before else ""
    hint = hint.replace("\xa0", " ").replace("..", ".")  # an hour may end with a full stop
    return _of_meeting(uow, fact, gettext("Преместено: %(title)s"), hint)


def cancelled(uow: UnitOfWork, fact: Fact) -> Letter:
    return _of_meeting(uow, fact, gettext("Отменено: %(title)s"))


def reinstated(uow: UnitOfWork, fact: Fact) -> Letter:
    return _of_meeting(uow, fact, gettext("Пак ще се състои: %(title)s"))


def near(uow: UnitOfWork, fact: Fact) -> Letter:
    """The evening before; how to join stands on the guest's own page."""
    hint = gettext("Как се включвате по видео или телефон, пише на страницата с Вашия код.")
    return _of_meeting(uow, fact, gettext("Напомняне: %(title)s"), hint)


def moved_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Hour and place as they are now stay whole, the title gives way."""
    address = uow.session.get_one(Meeting, UUID(fact["subject_id"])).address
    where = f", {address}" if len(address) <= LONGEST_IN_SMS else ""
    after = gettext(" Сега е на %(when)s", when=_short_when(uow, fact))
    return gettext("Преместено: %(title)s.", title=fact["title"]), f"{after}{where}"


def cancelled_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """With the hour at which nobody needs to come."""
    after = gettext(" Беше за %(when)s", when=_short_when(uow, fact))
    return gettext("Отменено: %(title)s.", title=fact["title"]), after


def reinstated_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    said = gettext("Пак ще се състои: %(title)s.", title=fact["title"])
    return said, f" {_short_when(uow, fact)}"


def near_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    said = gettext("Напомняне: %(title)s.", title=fact["title"])
    return said, f" {_short_when(uow, fact)}"


def _short_when(uow: UnitOfWork, fact: Fact) -> str:
    meeting = uow.session.get_one(Meeting, UUID(fact["subject_id"]))
    return f"{short_day(meeting.starts_at)}, {clock(meeting.starts_at)}"


def recorded(uow: UnitOfWork, fact: Fact) -> Letter:
    """That the minutes can be read, and where."""
    meeting = uow.session.get(Meeting, UUID(fact["subject_id"]))
    if meeting is None or not meeting.shows_at(uow.now):
        return None
    return worded(
        gettext("Протокол: %(title)s", title=meeting.title),
        gettext("Протоколът и решенията са публикувани: %(title)s", title=meeting.title),
        f"{_address(uow, meeting)}/minutes",
    )


def ended(uow: UnitOfWork, fact: Fact) -> Letter:
    """Three questions, without a name; the link is the meeting's, not the reader's."""
    meeting = uow.session.get(Meeting, UUID(fact["subject_id"]))
    if meeting is None or not meeting.shows_at(uow.now):
        return None
    return worded(
        gettext("Как мина срещата: %(title)s", title=meeting.title),
        gettext("Отговорете на три кратки въпроса. Не пазим кой е отговорил."),
        f"{_address(uow, meeting)}/feedback",
        gettext("Пишем Ви, защото казахте, че ще участвате."),
    )


def follows(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it can be read what was said and what follows."""
    meeting = uow.session.get(Meeting, UUID(fact["subject_id"]))
    if meeting is None or not meeting.shows_at(uow.now):
        return None
    return worded(
        gettext("Какво следва: %(title)s", title=meeting.title),
        gettext("Написахме какво беше казано и какво следва: %(title)s", title=meeting.title),
        f"{_address(uow, meeting)}#report",
    )


def recorded_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The decisions themselves, for a village without a network, and whom to call."""
    meeting = uow.session.get_one(Meeting, UUID(fact["subject_id"]))
    contact = meeting.contact if len(meeting.contact) <= LONGEST_IN_SMS else ""
    after = gettext(" Въпроси: %(contact)s.", contact=contact) if contact else ""
    taken = " ".join(_sentence(one) for one in decisions_of(uow, meeting.id))
    if not taken:
        return gettext("Протокол: %(title)s", title=meeting.title), after
    return gettext("Решено на %(day)s: %(text)s", day=day(meeting.starts_at), text=taken), after


def _sentence(decision: Decision) -> str:
    text = " ".join(decision.text.split())
    text = f"{decision.number}: {text}" if decision.number else text
    return text if text.endswith(".") else f"{text}."


def _of_meeting(uow: UnitOfWork, fact: Fact, subject: str, hint: str = "") -> Letter:
    """None for what shows no more."""
    meeting = uow.session.get(Meeting, UUID(fact["subject_id"]))
    if meeting is None or not meeting.shows_at(uow.now):
        return None
    language = _language()
    place = queries.place_of(meeting.settlement, queries.settlements_here(uow), language)
    kind = KINDS[meeting.kind].title(language)
    return worded(
        subject % {"title": meeting.title, "kind": kind},
        meeting.title,
        when_of(meeting).replace("\xa0", " "),
        ", ".join(filter(None, (place, meeting.address))),
        meeting.note,
        meeting.summary,
        hint,
        _address(uow, meeting),
    )


def registered(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it was written down, with the link that changes it."""
    guest = guest_of(uow, UUID(fact["subject_id"]))
    meeting = queries.meeting_of(uow, guest.meeting_id)
    ref = guest.id if guest.person_id else code_of(guest)
    return worded(
        gettext("Записани сте: %(title)s", title=meeting.title),
        when_of(meeting).replace("\xa0", " "),
        gettext("Как се включвате, как променяте или се отказвате:"),
        f"{_site(uow)}/meetings/coming/{ref}",
        gettext("Пишем Ви, защото казахте, че ще участвате."),
    )


def asked(uow: UnitOfWork, fact: Fact) -> Letter:
    """To the moderators; the words stay in the portal."""
    address = f"{_site(uow)}/console/meetings/questions"
    return worded(
        gettext("Въпрос преди среща чака преглед"),
        gettext("Прочетете го и решете тук: %(address)s", address=address),
    )


def about_question(uow: UnitOfWork, fact: Fact) -> Letter:
    """To who asked: what became of the question, and where."""
    row = uow.session.get(GuestQuestion, UUID(fact["subject_id"]))
    if row is None:
        return None
    meeting = queries.meeting_of(uow, row.meeting_id)
    is_declined = row.state == "declined"
    why = gettext("Не го показваме: %(reason)s", reason=row.reason) if is_declined else ""
    return worded(
        gettext("Вашият въпрос: %(title)s", title=meeting.title),
        why or gettext("Въпросът Ви се вижда на страницата на срещата."),
        gettext("Отговор: %(answer)s", answer=row.answer) if row.answer else "",
        _address(uow, meeting),
    )


def late(uow: UnitOfWork, fact: Fact) -> Letter:
    """To the mayor: a decision whose day passed."""
    decision = uow.session.get(Decision, UUID(fact["subject_id"]))
    if decision is None or decision.due_on is None:
        return None
    return worded(
        gettext("Неизпълнено решение %(number)s", number=decision.number),
        decision.text,
        gettext("До %(day)s трябваше да е изпълнено.", day=day(decision.due_on)),
        f"{_site(uow)}/console/meetings/decisions/{decision.id}",
    )


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else SOURCE


def _site(uow: UnitOfWork) -> str:
    language = _language()
    return uow.scope.address + ("" if language == SOURCE else f"/{language}")


def _address(uow: UnitOfWork, meeting: Meeting) -> str:
    return f"{_site(uow)}{meeting.path}"


def _both(fact: type[TextFact], title: Any, to: Any, letter: Any, short: Any) -> list[Notification]:
    """To those who follow, and to those who said that they come; in short by SMS."""
    known = guests_by_letter if fact is events.MinutesPublished else guests_and_groups
    told = partial(Notification, fact=fact, title=title, letter=letter, short=short)
    return [told(to=known), told(to=to)]


TOPICS = (Topic(word=TOPIC, title=_("Заседания и срещи")),)
NOTIFICATIONS = (
    Notification(
        fact=events.MeetingPublished, title=_("Обявена среща"), to=followers, letter=announced
    ),
    *_both(
        *(events.MeetingMoved, _("Преместена среща"), told_followers, moved),
        moved_shortly,
    ),
    *_both(
        *(events.MeetingCancelled, _("Отменена среща"), told_followers, cancelled),
        cancelled_shortly,
    ),
    *_both(
        *(events.MeetingReinstated, _("Срещата пак ще се състои"), told_followers, reinstated),
        reinstated_shortly,
    ),
    *_both(
        *(events.MinutesPublished, _("Публикуван протокол"), readers_of_minutes, recorded),
        recorded_shortly,
    ),
    Notification(
        fact=events.MeetingNear,
        title=_("Напомняне за среща"),
        to=guests,
        letter=near,
        short=near_shortly,
    ),
    Notification(
        fact=events.GuestRegistered,
        title=_("Потвърждение, че идвам на среща"),
        to=this_guest,
        letter=registered,
    ),
    Notification(
        fact=events.MeetingEnded,
        title=_("Въпроси след среща"),
        to=guests_by_letter,
        letter=ended,
    ),
    *(
        Notification(
            fact=events.MeetingReportPublished,
            title=_("Какво следва след среща"),
            to=to,
            letter=follows,
        )
        for to in (guests_by_letter, readers_of_minutes)
    ),
    Notification(fact=events.GroupInvited, title=_("Покана за среща"), to=group, letter=invited),
    Notification(
        fact=events.QuestionAsked,
        title=_("Въпрос преди среща чака преглед"),
        to=MeetingsPermission.MODERATE,
        letter=asked,
    ),
    *(
        Notification(
            fact=fact, title=_("Новина за моя въпрос преди среща"), to=asker, letter=about_question
        )
        for fact in (events.QuestionShown, events.QuestionDeclined, events.QuestionAnswered)
    ),
    Notification(
        fact=events.DecisionLate,
        title=_("Неизпълнено в срок решение"),
        to=MeetingsPermission.OVERSEE,
        letter=late,
    ),
)
