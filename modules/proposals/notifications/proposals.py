"""Letters of proposals: to the author, to who supports or follows, to staff and mayor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.proposals import events
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.modules.proposals.services.announcements import owe_announcement
from obshto.modules.proposals.services.coauthors import coauthors_of
from obshto.modules.proposals.services.ladder import COUNCIL, ladder_of
from obshto.modules.proposals.services.merges import merged_with
from obshto.modules.proposals.services.queries import PART, followed, proposal_of
from obshto.modules.proposals.services.states import COLLECTING, OPEN, STATES
from obshto.modules.proposals.services.supports import PATH
from obshto.platform.followers.services import followers_of
from obshto.platform.moderation.rules import PERSONAL
from obshto.platform.moderation.services import decision_on, decisions_about
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.permissions import Permission
from obshto.platform.support.letters import support_page
from obshto.platform.support.services import Supporter, reach_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.tenants.api import receivers_of

Fact = Mapping[str, Any]
Words = Callable[[UnitOfWork, Fact], tuple[str, str] | None]


def author(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was made from, else the address or the phone left in it, or nobody."""
    return reach_of_author(proposal_in(uow, fact))


def coauthors(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who writes it along, each by their account."""
    rows = coauthors_of(uow, proposal_in(uow, fact))
    return [one.person_id for one in rows if one.person_id]


def author_uncalled(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same; who has a landline alone is not rung: it is no outcome."""
    reached = author(uow, fact)
    return [replace(one, unreached=None) if isinstance(one, Address) else one for one in reached]


def author_by_letter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The author, without phones: they have just read it, and a number may be another's."""
    reached = author(uow, fact)
    return [one for one in reached if isinstance(one, UUID) or one.email]


def receivers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The official who works on it, else who of its department may, else all who may."""
    row = proposal_in(uow, fact)
    return receivers_of(
        uow,
        ProposalsPermission.HANDLE,
        assignee_id=row.assignee_id,
        department=row.department,
    )


def followers(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Co-authors; while everybody sees it who asked for letters or wrote what it absorbed."""
    row = proposal_in(uow, fact)
    found: list[UUID | Address] = [] if row.hidden_at else list(followers_of(uow, followed(row)))
    found += coauthors(uow, fact)
    for one in () if row.hidden_at else merged_with(uow, row):
        found += [*followers_of(uow, followed(one)), *reach_of_author(one)]
    return found


def supporters(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who supports it and can be reached; an address gets the link by which it takes that back."""
    row = proposal_in(uow, fact)
    if row.hidden_at:
        return []
    return [_with_way_back(uow, row, one) for one in reach_of(uow, PART, row.id)]


def received(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That it arrived: its number, what happens next."""
    row = proposal_in(uow, fact)
    number = row.number
    follows = (
        gettext("Събира подкрепа. Внесете го, когато решите: тогава тече срокът за решение.")
        if row.handed_in_at is None
        else _decided_by(row)
    )
    return worded(
        gettext("Приехме предложение %(number)s", number=number),
        gettext("Приехме предложението Ви „%(title)s“.", title=row.title),
        follows,
        own_page(uow, row),
        why_author(),
    )


def own_news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That there is something new about the author's own, and where."""
    row = proposal_in(uow, fact)
    return worded(
        _news_subject(row),
        gettext("Има новина по предложението Ви „%(title)s“.", title=row.title),
        gettext("Сега е „%(state)s“.", state=STATES[row.state]),
        own_page(uow, row),
        _without_code(uow, row),
        why_author(),
    )


def hidden(uow: UnitOfWork, fact: Fact, *, is_along: bool = False) -> tuple[str, str]:
    """That the public does not see it any more; the reason stands on the author's page.

    A co-author reads it in the account, and appeals through the first author alone.
    """
    row = proposal_in(uow, fact)
    decision = decision_on(uow, PART, row.id)
    end = ending(uow, row, is_along=is_along)
    if decision and decision.is_provisional:
        return _put_aside(row, decision.rule, *end)
    appeal = gettext("Ако не сте съгласни, възразете от страницата му: решава друг човек.")
    return worded(
        gettext("Скрихме предложение %(number)s", number=row.number),
        gettext("Скрихме предложението Ви от гражданите. Защо, пише на страницата му."),
        gettext("Общината го разглежда въпреки това."),
        "" if is_along else appeal,
        *end,
    )


def reviewed(uow: UnitOfWork, fact: Fact, *, is_along: bool = False) -> tuple[str, str]:
    """What another person decided about the appeal, and why; or that staff took it back."""
    row = proposal_in(uow, fact)
    said = (
        gettext("Друг човек прегледа възражението и предложението остава скрито.")
        if row.hidden_at
        else gettext("Предложението Ви отново се вижда.")
    )
    decision = uow.session.scalars(decisions_about(PART, row.id).limit(1)).first()
    return worded(
        gettext("Дали се вижда предложение %(number)s", number=row.number),
        said,
        decision.review if decision else "",
        *ending(uow, row, is_along=is_along),
    )


def news(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """What is new about a proposal that somebody follows or supports."""
    row = proposal_in(uow, fact)
    return worded(
        _news_subject(row),
        gettext("Има новина по „%(title)s“.", title=row.title),
        gettext("Сега е „%(state)s“.", state=STATES[row.state]),
        _public_page(uow, row),
    )


def changed(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That what somebody supports says something else now; they may take it back."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Променено е предложение %(number)s", number=row.number),
        gettext("Авторът промени „%(title)s“, което подкрепяте.", title=row.title),
        gettext("Прочетете го. Ако вече не сте съгласни, оттеглете подкрепата си."),
        _public_page(uow, row),
        gettext("Пишем Ви, защото подкрепяте това предложение."),
    )


def merge_asked(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That its author is asked whether it becomes one with another; they answer on their page."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Да обединим ли предложение %(number)s с подобно?", number=row.number),
        gettext("Има предложение, което прилича на Вашето „%(title)s“.", title=row.title),
        gettext("Ако сте съгласни, двете стават едно и подкрепите им се събират."),
        gettext("Кое е другото, вижте и отговорете на страницата си. Ако не, нищо не се променя."),
        own_page(uow, row),
        why_author(),
    )


def merge_declined(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That the other author would rather not."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Предложение %(number)s остава отделно", number=row.number),
        gettext("Авторът на подобното предложение предпочита двете да останат отделно."),
        gettext("С Вашето „%(title)s“ нищо не се променя.", title=row.title),
        own_page(uow, row),
        why_author(),
    )


def absorbed(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That two proposals are one, and what stays."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Две предложения станаха едно: %(number)s", number=row.number),
        gettext(
            "Със съгласието на двамата автори предложение %(other)s се присъедини към „%(title)s“.",
            other=fact["other"],
            title=row.title,
        ),
        gettext("Подкрепите се събраха, всеки човек се брои веднъж. Не е нужно да правите нищо."),
        _public_page(uow, row),
    )


def flagged(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a reader says that it breaks a rule."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Предложение %(number)s чака преглед", number=row.number),
        gettext("Някой каза, че нарушава правилата за участие."),
        gettext("Отворете го тук: %(address)s", address=_desk(uow, row)),
        gettext("Пишем Ви, защото работите по предложения в общината."),
    )


def mended(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """That the author mended what is hidden; none where everybody sees it."""
    row = proposal_in(uow, fact)
    if not row.hidden_at:
        return None
    return worded(
        gettext("Поправено е скрито предложение %(number)s", number=row.number),
        gettext("Авторът промени текста. Прегледайте го и решете дали да се покаже."),
        gettext("Отворете го тук: %(address)s", address=_desk(uow, row)),
        gettext("Пишем Ви, защото работите по предложения в общината."),
    )


def waits(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That a proposal waits for staff."""
    row = proposal_in(uow, fact)
    return worded(
        gettext("Предложение %(number)s чака Вас", number=row.number),
        gettext("Има нещо за решаване по „%(title)s“.", title=row.title),
        gettext("Отворете го тук: %(address)s", address=_desk(uow, row)),
        gettext("Пишем Ви, защото работите по предложения в общината."),
    )


def put_before(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That so many support it that mayor or council must answer, each by a day of their own."""
    row, level = proposal_in(uow, fact), fact.get("level")
    must, by = gettext("Кметът трябва да реши."), _decided_by(row)
    if level == COUNCIL:
        must = gettext("Съветът трябва да го разгледа: включете го в дневния ред.")
        steps = ladder_of(uow, row)
        due_on = next(one.due_on for one in steps if one.level == level and one.due_on)
        by = gettext("До %(day)s общинският съвет го разглежда.", day=day(due_on))
    return worded(
        gettext("Предложение %(number)s събра достатъчно подкрепа", number=row.number),
        gettext("„%(title)s“ събра подкрепата, която общината е определила.", title=row.title),
        must,
        by,
        _public_page(uow, row),
        gettext("Пишем Ви, защото следите предложенията в общината."),
    )


def council_late(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """That the council's day passed and no decision of it is recorded."""
    row = proposal_in(uow, fact)
    steps = ladder_of(uow, row)
    due_on = next(one.due_on for one in steps if one.level == COUNCIL and one.due_on)
    return worded(
        gettext("Общинският съвет не е решил навреме предложение %(number)s", number=row.number),
        gettext("До %(day)s общинският съвет трябваше да го разгледа.", day=day(due_on)),
        gettext("Включете го в дневния ред или запишете решението в протокола на заседанието."),
        gettext("Отворете го тук: %(address)s", address=_desk(uow, row)),
        gettext("Пишем Ви, защото следите предложенията в общината."),
    )


def proposal_in(uow: UnitOfWork, fact: Fact) -> CitizenProposal:
    return proposal_of(uow, UUID(fact["subject_id"]))


def reach_of_author(row: CitizenProposal) -> list[UUID | Address]:
    """A phone gets an SMS where there is no address; of a landline staff hear what to say."""
    if row.person_id:
        return [row.person_id]
    phone = read_phone(row.phone or "") or ""
    if not (row.email or phone):
        return []

    def call(uow: UnitOfWork, cause: UUID, words: str) -> None:
        owe_announcement(uow, row.id, words, cause=cause)

    return [Address(None, row.applicant, row.email or "", row.language, phone, unreached=call)]


def _put_aside(row: CitizenProposal, rule: str, *ending: str) -> tuple[str, str]:
    mend = gettext("Ако не е нужно, махнете го с „Подобрете текста“ на страницата му.")
    return worded(
        gettext("Предложение %(number)s чака преглед", number=row.number),
        gettext(
            "Някой каза, че в предложението Ви има данни на други хора: имена, телефони, болести"
            " или адреси. Затова го скрихме веднага от гражданите."
        )
        if rule == PERSONAL
        else gettext("В предложението Ви има връзка към друг сайт. Затова още не се вижда."),
        gettext("Служител ще го прегледа и ще Ви пишем какво е решил."),
        mend if row.state == COLLECTING else "",
        gettext("Номерът, срокът и подкрепите остават."),
        *ending,
    )


def _news_subject(row: CitizenProposal) -> str:
    """An SMS has it alone, so it says how far the proposal is."""
    state = str(STATES[row.state]).lower()
    return str(
        gettext("Новина по предложение %(number)s: %(state)s", number=row.number, state=state)
    )


def _decided_by(row: CitizenProposal) -> str:
    return str(gettext("До %(day)s общината решава.", day=day(row.due_on))) if row.due_on else ""


def _with_way_back(uow: UnitOfWork, row: CitizenProposal, one: UUID | Address) -> UUID | Address:
    if isinstance(one, UUID) or row.state not in OPEN:
        return one
    supporter = Supporter(email=one.email, language=one.language)
    page = support_page(uow, PART, PATH, row.id, supporter)
    return replace(one, footer=lambda: gettext("Оттеглете подкрепата си: %(page)s", page=page))


def _public_page(uow: UnitOfWork, row: CitizenProposal) -> str:
    return str(gettext("Вижте го тук: %(address)s", address=f"{uow.scope.address}{row.path}"))


def own_page(uow: UnitOfWork, row: CitizenProposal) -> str:
    if row.person_id:
        return _page_in_account(uow, row)
    address = f"{uow.scope.address}/proposals/open"
    return str(gettext("Вижте го с номера и кода си тук: %(address)s", address=address))


def _page_in_account(uow: UnitOfWork, row: CitizenProposal) -> str:
    address = f"{uow.scope.address}/proposals/case/{row.id}"
    return str(gettext("Вижте го тук: %(address)s", address=address))


def ending(uow: UnitOfWork, row: CitizenProposal, *, is_along: bool) -> tuple[str, str]:
    """Where an author reads on, and why we write."""
    if not is_along:
        return own_page(uow, row), why_author()
    why = gettext("Пишем Ви, защото сте съавтор на това предложение.")
    return _page_in_account(uow, row), str(why)


def _without_code(uow: UnitOfWork, row: CitizenProposal) -> str:
    """The page that everybody sees, for an author who may have lost the code."""
    if row.person_id or row.hidden_at:
        return ""
    address = f"{uow.scope.address}{row.path}"
    return str(gettext("Без код се чете тук: %(address)s", address=address))


def _desk(uow: UnitOfWork, row: CitizenProposal) -> str:
    return f"{uow.scope.address}/console/proposals/{row.id}"


def why_author() -> str:
    return str(gettext("Пишем Ви, защото този имейл е посочен за връзка в предложението."))


def to_staff(
    fact: type[events.ProposalFact],
    title: LazyString,
    who: Permission = ProposalsPermission.HANDLE,
    letter: Words = waits,
) -> Notification:
    return Notification(fact=fact, title=title, to=who, letter=letter)


def _to_author(
    fact: type[events.ProposalFact],
    letter: Words = own_news,
    who: Callable[[UnitOfWork, Fact], Collection[UUID | Address]] = author,
) -> Notification:
    title = lazy_gettext("Новина по моето предложение")
    return Notification(fact=fact, title=title, to=who, letter=letter)


def to_authors(
    fact: type[events.ProposalFact], letter: Callable[..., tuple[str, str]]
) -> tuple[Notification, ...]:
    """The first author, and in words of their own who writes it along."""
    along = partial(letter, is_along=True)
    return _to_author(fact, letter), _to_author(fact, along, coauthors)


def _to_others(fact: type[events.ProposalFact], letter: Words = news) -> tuple[Notification, ...]:
    """Who supports it and follows it, too, hears once."""
    title = lazy_gettext("Новина по предложение, което следя")
    return (
        Notification(fact=fact, title=title, to=followers, letter=letter),
        Notification(fact=fact, title=title, to=supporters, letter=letter),
    )


NOTIFICATIONS = (
    # Before the letters to staff: who works here and makes a proposal hears once, as its author.
    Notification(
        fact=events.ProposalSent,
        title=lazy_gettext("Потвърждение, че предложението ми е прието"),
        to=author_by_letter,
        letter=received,
    ),
    to_staff(events.ProposalSent, lazy_gettext("Ново предложение")),
    Notification(
        fact=events.ProposalChanged,
        title=lazy_gettext("Променено предложение, което подкрепям"),
        to=supporters,
        letter=changed,
    ),
    Notification(
        fact=events.ProposalChanged,
        title=lazy_gettext("Новина по предложение, което следя"),
        to=followers,
        letter=news,
    ),
    _to_author(events.ProposalHandedIn),
    to_staff(events.ProposalFlagged, lazy_gettext("Докладвано предложение"), letter=flagged),
    to_staff(events.ProposalChanged, lazy_gettext("Поправено скрито предложение"), letter=mended),
    to_staff(events.ProposalHandedIn, lazy_gettext("Внесено предложение")),
    to_staff(
        events.ProposalReached,
        lazy_gettext("Предложение с достатъчно подкрепа"),
        ProposalsPermission.OVERSEE,
        put_before,
    ),
    _to_author(events.ProposalReached),
    *_to_others(events.ProposalReached),
    _to_author(events.ProposalTaken, who=author_uncalled),
    _to_author(events.ProposalExtended),
    *_to_others(events.ProposalExtended),
    _to_author(events.ProposalDecided),
    *_to_others(events.ProposalDecided),
    _to_author(events.ProposalCarriedOut),
    *_to_others(events.ProposalCarriedOut),
    _to_author(events.CoauthorJoined, who=author_uncalled),
    *_to_others(events.ProposalHandedIn)[:1],
    _to_author(events.MergeAsked, merge_asked),
    _to_author(events.MergeDeclined, merge_declined),
    _to_author(events.ProposalAbsorbed, absorbed),
    *_to_others(events.ProposalAbsorbed, absorbed),
    *to_authors(events.ProposalHidden, hidden),
    *to_authors(events.ProposalShown, reviewed),
    *to_authors(events.ProposalUpheld, reviewed),
    to_staff(
        events.ProposalLate,
        lazy_gettext("Просрочено предложение"),
        ProposalsPermission.OVERSEE,
    ),
    to_staff(
        events.ProposalCouncilLate,
        lazy_gettext("Предложение, просрочено от общинския съвет"),
        ProposalsPermission.OVERSEE,
        council_late,
    ),
    Notification(
        fact=events.ProposalAssigned,
        title=lazy_gettext("Предложение за мен или за моя отдел"),
        to=receivers,
        letter=waits,
    ),
)
