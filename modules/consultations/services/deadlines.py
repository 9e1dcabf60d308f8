"""Deadlines of consultations: the last day, why that one, what falls due by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from obshto.modules.consultations.errors import TermTooShort, TermTooShortForKind
from obshto.modules.consultations.events import ConsultationClosed
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.groups import ask_for_groups
from obshto.modules.consultations.services.kinds import OWN, KindLaw, law_on
from obshto.modules.consultations.settings import PORTAL_DAYS, ConsultationsSettings
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.legal.terms import Term, roll, term
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

AT_ONCE = 50
# Not law: what the portal asks for where we have read none.
OWN_WHY = {
    "bg": "Законовият срок за този вид не е зададен тук. Порталът иска поне 14 дни; срокът по"
    " Вашата наредба може да е по-дълъг",
    "en": "No legal term is set here for this kind. The portal asks for at least 14 days; the term"
    " in the municipality’s own rules may be longer",
    "ro": "Pentru acest tip nu este stabilit aici un termen legal. Portalul cere cel puțin 14 zile;"
    " termenul din regulile municipalității poate fi mai lung",
}
RULES_WHY = {
    "bg": "Законовият срок за този вид не е зададен тук. Общината приема становища поне толкова"
    " дни по свое правило",
    "en": "No legal term is set here for this kind. By its own rule the municipality takes opinions"
    " for at least so many days",
    "ro": "Pentru acest tip nu este stabilit aici un termen legal. După regula proprie,"
    " municipalitatea primește opinii cel puțin atâtea zile",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day with the term that allows it; `is_short` by the exception of the law."""

    rule: str
    term: Term
    closes_on: date
    is_short: bool = False

    @property
    def closes_at(self) -> datetime:
        """The first moment at which it is too late."""
        return end_of(self.closes_on)


def end_of(last: date) -> datetime:
    """When a last day is over in Bulgaria."""
    return datetime.combine(last + timedelta(days=1), time(), SOFIA)


def law_of(uow: UnitOfWork, consultation: Consultation) -> KindLaw:
    """What held when it was published; of a draft what holds today."""
    return law_on(consultation.kind, day_of(consultation.published_at or uow.now))


def rule_here(uow: UnitOfWork, kind: str) -> str:
    """The rule of a kind as it is kept: of its own also the municipality's days, „…:21“."""
    law = law_on(kind, day_of(uow.now))
    if not law.is_own:
        return law.rule
    days = getattr(settings_of(uow, "consultations", ConsultationsSettings), kind)
    return OWN if days == PORTAL_DAYS else f"{OWN}:{days}"


def deadline_of(
    kind: str, *, starts_on: date, closes_on: date | None, short_why: str, rule: str = ""
) -> Deadline:
    """The deadline of what is published on a day; without a wish the earliest that is allowed.

    `rule` is that of `rule_here` where the municipality may have its own.

    Raises TermTooShort, TermTooShortForKind, NoRuleYet.
    """
    law = law_on(kind, starts_on)
    rule = rule or law.rule
    full = term_by(rule, starts_on=starts_on)
    if closes_on is None or closes_on >= full.due_on:
        return Deadline(rule=rule, term=full, closes_on=closes_on or full.due_on)
    if not law.short:
        raise TermTooShortForKind(day=day(full.due_on))
    short = term_by(law.short, starts_on=starts_on)
    if not short_why or closes_on < short.due_on:
        raise TermTooShort(day=day(full.due_on), short=day(short.due_on))
    return Deadline(rule=law.short, term=short, closes_on=closes_on, is_short=True)


def term_of(consultation: Consultation) -> Term | None:
    """Why the last day of a published consultation is not earlier, by the rule it was given."""
    if not consultation.rule or consultation.published_at is None:
        return None
    return term_by(consultation.rule, starts_on=day_of(consultation.published_at))


def term_by(rule: str, *, starts_on: date) -> Term:
    """By a rule of law, by the municipality's days, else by the portal's. Raises NoRuleYet."""
    name, _, days = rule.partition(":")
    if name != OWN:
        return term(rule, starts_on=starts_on)
    end = starts_on + timedelta(days=int(days or PORTAL_DAYS))
    told = {"starts_on": starts_on, "counted_to": end}
    if days:
        return Term(due_on=roll(end), article="правило на общината", why=RULES_WHY, **told)
    return Term(due_on=roll(end), article="правило на портала", why=OWN_WHY, **told)


def close_due(uow: UnitOfWork) -> None:
    """Job: tell of consultations that have ended, each once."""
    ended = select(Consultation).where(
        Consultation.published_at.is_not(None),
        Consultation.deleted_at.is_(None),
        Consultation.closes_at <= uow.now,
        Consultation.told_closed_at.is_(None),
    )
    rows = ended.order_by(Consultation.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for consultation in uow.session.scalars(rows).all():
        consultation.told_closed_at = uow.now
        uow.emit(ConsultationClosed(subject_id=consultation.id, title=consultation.title))
        ask_for_groups(uow, consultation.id)
