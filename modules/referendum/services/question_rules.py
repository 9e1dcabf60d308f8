"""Rules of law on a question: each is a pure function that answers with its article.

Words are looked at as a careful clerk would: a rule says „no“ where it is in doubt, and a lawyer
may say „yes, still“ with a reason that everybody reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.referendum.services.excluded_subjects import ExcludedSubject, subjects_on
from obshto.modules.referendum.services.states import (
    CITIZENS,
    COUNCILLORS,
    DEMAND,
    MAYOR,
    PROCEDURE,
)
from obshto.platform.legal.reasons import Why, in_language, why_of_term, why_of_threshold
from obshto.platform.legal.terms import Term, term, waiting_term
from obshto.platform.legal.thresholds import threshold

SHORT = 250  # letters: the law says „short“ and gives no number; this one is ours
SAME = 0.6  # of the words of two questions that are one question
BY_COUNCIL, BY_MAYOR, BY_OTHERS, UNSURE = "council", "mayor", "others", "unsure"
DECIDERS: dict[str, LazyString] = {
    BY_COUNCIL: _("Общинският съвет"),
    BY_MAYOR: _("Кметът"),
    BY_OTHERS: _("Държавата, съд или друга община"),
    UNSURE: _("Не знам"),
}
_NOT_EXCLUDED = _("Не е за изключен въпрос: %(name)s")
_open_question = re.compile(r"\s*(кой|коя|кое|кои|какв|колко|къде|кога|защо|как)\w*\b", re.I).match
_particles = re.compile(r"\bли\b", re.I).findall
_joined = re.compile(r"\b(и/или|както и да|и да|или да)\b|;", re.I).search
_words = re.compile(r"[а-я]{4,}").findall


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTry:
    """A proposal that ended: its number in the register, its question, how and when it ended."""

    number: str
    question: str
    state: str
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question with all that the rules look at, on the day `on`."""

    question: str
    proposer: str
    decider: str
    on: date
    councillors: int
    signers: int = 0
    unit: str = ""
    decision_on: date | None = None
    village_demands: bool = False
    earlier: Sequence[EarlierTry] = ()


def checks_of(asked: AskedQuestion) -> list[Why]:
    """The answers of all rules, those that say no first."""
    found = [
        check_competence(asked),
        *check_subjects(asked),
        check_yes_or_no(asked),
        check_one_question(asked),
        check_length(asked),
        *check_proposer(asked),
        *check_earlier(asked),
    ]
    return sorted(found, key=lambda why: why.holds)


def check_competence(asked: AskedQuestion) -> Why:
    """Only what bodies of the municipality decide (чл. 26, ал. 1)."""
    is_local = asked.decider in (BY_COUNCIL, BY_MAYOR)
    return Why(
        answer=_("Въпросът е за нещо, което решава общината")
        if is_local
        else _("Местен референдум е само за това, което решават органите на общината"),
        article="ЗПУГДВМС чл. 26, ал. 1",
        inputs=((_("Кой решава сега"), DECIDERS.get(asked.decider, asked.decider)),),
        holds=is_local,
    )


def check_subjects(asked: AskedQuestion) -> list[Why]:
    """No question on what the law of that day keeps from a referendum (чл. 26, ал. 2)."""
    return [_excluded(asked, subject) for subject in subjects_on(asked.on)]


def _excluded(asked: AskedQuestion, subject: ExcludedSubject) -> Why:
    found = subject.pattern.search(asked.question)
    words = _("%(name)s не може да е въпрос на референдум") if found else _NOT_EXCLUDED
    return Why(
        answer=LazyString(lambda: str(words) % {"name": in_language(subject.name)}),
        article=subject.article,
        inputs=((_("Във въпроса пише"), f"„{found[0]}“"),) if found else (),
        holds=not found,
        in_force=subject.in_force,
    )


def check_yes_or_no(asked: AskedQuestion) -> Why:
    """Answered by „yes“ or „no“ (чл. 26, ал. 3; чл. 27, ал. 6)."""
    text = asked.question.strip()
    holds = bool(_particles(text)) and text.endswith("?") and not _open_question(text)
    return Why(
        answer=_("На въпроса се отговаря с „да“ или „не“")
        if holds
        else _("На въпроса трябва да може да се отговори само с „да“ или „не“"),
        article="ЗПУГДВМС чл. 26, ал. 3; чл. 27, ал. 6",
        steps=() if holds else (_("Започнете с „Съгласни ли сте“ и завършете с въпросителна"),),
        holds=holds,
    )


def check_one_question(asked: AskedQuestion) -> Why:
    """One thing in one question, so that one „yes“ means one thing (чл. 26, ал. 3)."""
    marks, particles = asked.question.count("?"), len(_particles(asked.question))
    joined = _joined(asked.question)
    holds = marks <= 1 and particles <= 1 and not joined
    signs = f"„{joined[0]}“" if joined else f"? × {marks}, „ли“ × {particles}"
    return Why(
        answer=_("Въпросът е един")
        if holds
        else _("Това са два въпроса в един: „да“ няма да значи едно нещо"),
        article="ЗПУГДВМС чл. 26, ал. 3",
        inputs=() if holds else ((_("Личи по"), signs),),
        holds=holds,
    )


def check_length(asked: AskedQuestion) -> Why:
    """Short, exact and clear (чл. 26, ал. 3); how many letters are short, the law does not say."""
    number = len(asked.question.strip())
    return Why(
        answer=_("Въпросът е кратък")
        if number <= SHORT
        else _("Въпросът трябва да е кратък, точен и ясен"),
        article="ЗПУГДВМС чл. 26, ал. 3",
        inputs=((_("Знаци"), number), (_("Нашата мярка за кратък въпрос"), SHORT)),
        holds=number <= SHORT,
    )


def check_proposer(asked: AskedQuestion) -> list[Why]:
    """Who may propose: a fifth of the councillors and at least three, the mayor, a committee of
    citizens (чл. 27, ал. 1); on a decision of the council citizens alone, in a month (ал. 3).
    """
    if asked.proposer == COUNCILLORS:
        needed = threshold("zpu_councillors", base=asked.councillors, on=asked.on)
        return [why_of_threshold(needed, number=asked.signers)]
    if asked.proposer == DEMAND:
        return [_unit_of_demand(asked), _month_of_demand(asked)]
    articles = {MAYOR: "ЗПУГДВМС чл. 27, ал. 1, т. 2", CITIZENS: "ЗПУГДВМС чл. 27, ал. 1, т. 3"}
    return [Why(answer=_("Имате право да предложите"), article=articles[asked.proposer])]


def _unit_of_demand(asked: AskedQuestion) -> Why:
    """The law speaks of the municipality alone (чл. 27, ал. 3); a setting reads it more widely."""
    holds = not asked.unit or asked.village_demands
    return Why(
        answer=_("Искането е от цялата община")
        if holds
        else _("Референдум за решение на съвета искат гласоподаватели от цялата община"),
        article="ЗПУГДВМС чл. 27, ал. 3",
        holds=holds,
    )


def _month_of_demand(asked: AskedQuestion) -> Why:
    """Within a month after the decision was announced (чл. 27, ал. 3)."""
    if asked.decision_on is None:
        return Why(
            answer=_("Посочете решението на съвета и кога е обявено"),
            article="ЗПУГДВМС чл. 27, ал. 3",
            holds=False,
        )
    found = term("zpu_demand", starts_on=asked.decision_on)
    why = why_of_term(found)
    return _with(why, holds=asked.on <= found.due_on)


def check_earlier(asked: AskedQuestion) -> list[Why]:
    """The same question again: six months after a petition that was terminated, a year after a
    rejection (чл. 28, ал. 9) or a vote that did not adopt it (чл. 41, ал. 4).
    """
    found = []
    for one in asked.earlier:
        if one.state in waits() and is_same(one.question, asked.question):
            wait = again_after(one.state, one.ended_on)
            why = why_of_term(wait)
            inputs = (*why.inputs, (_("Същият въпрос"), one.number))
            found.append(_with(why, holds=asked.on > wait.due_on, inputs=inputs))
    return found


def waits() -> Mapping[str, str]:
    """By the state in which an earlier try ended: the rule that runs from its end."""
    return PROCEDURE.told_of_states("again")


def again_after(state: str, ended_on: date) -> Term:
    """The last day on which the same question may not be asked again."""
    return waiting_term(waits()[state], starts_on=ended_on)


def is_same(one: str, other: str) -> bool:
    """Two questions that share most of their words; endings do not count."""
    first, second = _stems(one), _stems(other)
    return bool(first and second) and len(first & second) / len(first | second) >= SAME


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _words(text.lower())}


def _with(why: Why, **changed: object) -> Why:
    told = {name: getattr(why, name) for name in Why.__slots__}
    return Why(**{**told, **changed})
