"""How a question is worded: its text and its options in three languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from obshto.modules.polls.errors import (
    OptionsDiffer,
    OptionsRepeat,
    TooFewOptions,
    TooManyOptions,
)
from obshto.modules.polls.models import Option, Question
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.states import SCALE, Kind
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an editor writes of a question; `options` and those of `words` one for each answer.

    `only_if` are options of questions before it: who chose none of them is not asked.
    """

    kind: str
    title: str
    is_required: bool = True
    options: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only_if: frozenset[UUID] = frozenset()


def lines_of(text: str) -> tuple[str, ...]:
    """One option a line; empty lines count for nothing."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def check_options(options: Sequence[str]) -> None:
    """Raises TooFewOptions, TooManyOptions, OptionsRepeat."""
    if len(options) < 2:
        raise TooFewOptions
    if len(options) > MOST_OPTIONS:
        raise TooManyOptions(limit=MOST_OPTIONS)
    for number, option in enumerate(options):
        if option.casefold() in (other.casefold() for other in options[:number]):
            raise OptionsRepeat(piece=option)


def wording_of(asked: Asked) -> Wording:
    """What is written of a question now."""
    question = asked.question
    own = asked.options if _has_own(question.kind) else ()
    return Wording(
        kind=question.kind,
        title=question.title,
        is_required=question.is_required,
        options=tuple(option.label for option in own),
        titles={language: _title(question, language) for language in OTHERS},
        labels={
            language: tuple(filter(None, (o.words.get(language, "") for o in own)))
            for language in OTHERS
        },
        only_if=frozenset(question.only_if),
    )


def _has_own(kind: str) -> bool:
    return kind in (Kind.SINGLE, Kind.SEVERAL)


def _title(question: Question, language: str) -> str:
    return str(question.words.get(language, {}).get("title", ""))


def put(question: Question, wording: Wording) -> None:
    """Write it on the question. Its options are offered by `offer`."""
    question.kind, question.title = wording.kind, wording.title
    question.is_required = wording.is_required and wording.kind != Kind.TEXT
    question.only_if = sorted(wording.only_if)
    question.words = {
        language: {
            **(question.words or {}).get(language, {}),
            "title": wording.titles.get(language, ""),
        }
        for language in OTHERS
    }


def offer(uow: UnitOfWork, question: Question, wording: Wording) -> list[Option]:
    """Its options, each a new row. Raises as `check_options`, OptionsDiffer."""
    labels: Sequence[str] = ()
    if _has_own(wording.kind):
        check_options(wording.options)
        labels = wording.options
    elif wording.kind == Kind.SCALE:
        labels = SCALE
    for language in OTHERS if _has_own(wording.kind) else ():
        if (told := wording.labels.get(language, ())) and len(told) != len(labels):
            raise OptionsDiffer(number=len(labels))
    offered = [
        Option(
            poll_id=question.poll_id,
            question_id=question.id,
            position=position,
            label=label,
            words=_translated(wording, position),
        )
        for position, label in enumerate(labels)
    ]
    uow.session.add_all(offered)
    uow.session.flush()
    return offered


def replaced(old: Sequence[Option], new: Sequence[Option]) -> dict[UUID, UUID]:
    """Which new option stands for which old one: that of the same words, else of the same place.

    An old one is left out where nothing says what became of it.
    """
    same = {option.label: option.id for option in new}
    found = {option.id: same[option.label] for option in old if option.label in same}
    if len(old) == len(new):
        known = {option.label for option in old}
        reworded = [pair for pair in zip(old, new, strict=True) if pair[1].label not in known]
        found |= {was.id: now.id for was, now in reworded if was.id not in found}
    return found


def _translated(wording: Wording, position: int) -> dict[str, str]:
    if wording.kind == Kind.SCALE:
        return {language: SCALE[position] for language in OTHERS}
    told = {language: wording.labels.get(language, ()) for language in OTHERS}
    return {language: labels[position] for language, labels in told.items() if labels}
