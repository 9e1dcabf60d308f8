"""Reasons of a date, a number or a refusal: the article, what was put in, how it was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _

from obshto.platform.clock import SOFIA
from obshto.platform.legal.terms import HourTerm, Term
from obshto.platform.legal.thresholds import Threshold

Words: TypeAlias = str | LazyString
_SKIPPED: Mapping[str, LazyString] = {
    "holiday": _("%(day)s е официален празник"),
    "saturday": _("%(day)s е събота"),
    "sunday": _("%(day)s е неделя"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer to „защо?“: `answer` in one sentence, or by language where it comes from data.

    `holds` is False where the law says no. `in_force` is since when we know the text to hold.
    """

    answer: Words | Mapping[str, str]
    article: str
    inputs: tuple[tuple[Words, Words | int | date], ...] = ()
    steps: tuple[Words, ...] = ()
    holds: bool = True
    in_force: date | None = None


def why_of_term(found: Term) -> Why:
    """A term counted aloud: from which day, to which, over which days off."""
    counted = _("%(first)s + срока = %(last)s; първият ден не се брои")
    steps: list[Words] = [_said(counted, first=dmy(found.starts_on), last=dmy(found.counted_to))]
    steps += [_said(_SKIPPED[kind], day=dmy(day)) for day, kind in found.skipped]
    if found.is_moved:
        steps.append(_said(_("Затова крайният ден е %(day)s"), day=dmy(found.due_on)))
    return Why(
        answer=found.why,
        article=found.article,
        inputs=((_("Тече от"), found.starts_on), (_("Краен ден"), found.due_on)),
        steps=tuple(steps),
        in_force=found.in_force,
    )


def why_of_hours(found: HourTerm) -> Why:
    """A term of hours counted aloud, by the clock in Bulgaria."""
    counted = _("%(first)s + %(hours)s часа = %(last)s")
    first, last = (
        f"{at.astimezone(SOFIA):%d.%m.%Y %H:%M}" for at in (found.starts_at, found.due_at)
    )
    return Why(
        answer=found.why,
        article=found.article,
        inputs=((_("Тече от"), first), (_("Краен час"), last)),
        steps=(_said(counted, first=first, hours=found.hours, last=last),),
        in_force=found.in_force,
    )


def why_of_threshold(found: Threshold, *, number: int | None = None) -> Why:
    """A threshold counted aloud; with `number`, also whether so many are enough."""
    above, below = found.share
    values = {"base": found.base, "above": above, "below": below, "needed": found.needed}
    how = (
        _("%(base)s × %(above)s ÷ %(below)s, и с един повече от това = %(needed)s")
        if found.is_strict
        else _("%(base)s × %(above)s ÷ %(below)s, закръглено нагоре = %(needed)s")
    )
    if found.least and found.needed == found.least:
        how, values["least"] = _("Най-малко %(least)s по закон, от %(base)s"), found.least
    inputs: list[tuple[Words, int]] = [(_("От колко"), found.base), (_("Нужни"), found.needed)]
    if not above:  # a plain number, a share of nothing
        how, inputs = _("Най-малко %(least)s по закон"), inputs[1:]
    steps: list[Words] = [_said(how, **values)]
    if number is not None:
        inputs.append((_("Сега са"), number))
        steps.append(_verdict(number, found.needed))
    return Why(
        answer=found.why,
        article=found.article,
        inputs=tuple(inputs),
        steps=tuple(steps),
        holds=number is None or found.is_met(number),
        in_force=found.in_force,
    )


def sentence_of(why: Why) -> str:
    """The answer in the language in force, in Bulgarian where it is not said in that one."""
    return in_language(why.answer) if isinstance(why.answer, Mapping) else str(why.answer)


def in_language(words: Mapping[str, str]) -> str:
    """Words that come from data, in the language in force or else in Bulgarian."""
    locale = get_locale()
    return words.get(locale.language if locale else "bg") or words["bg"]


def dmy(day: date) -> str:
    """A day in figures, the same in each language of the portal: 02.05.2027."""
    return f"{day:%d.%m.%Y}"


def _verdict(number: int, needed: int) -> LazyString:
    words = _("%(number)s ≥ %(needed)s: стигат") if number >= needed else _TOO_FEW
    return _said(words, number=number, needed=needed, lacking=max(needed - number, 0))


_TOO_FEW = _("%(number)s е под %(needed)s: не стигат още %(lacking)s")


def _said(words: LazyString, **values: str | int) -> LazyString:
    """The same sentence with its values, still in the language of whoever reads it."""
    return LazyString(lambda: str(words) % values)
