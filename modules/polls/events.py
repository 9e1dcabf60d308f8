"""What happens to polls. Names and keys are fixed: others react to them.

There is no fact of an answer: it would tell when, and the log would tell who.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PollFact(DomainEvent):
    """The poll and its title, both public words."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class PollWritten(PollFact):
    """A draft was begun."""

    name: ClassVar[str] = "polls:poll.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на анкета")
    is_public: ClassVar[bool] = False


class PollEdited(PollFact):
    name: ClassVar[str] = "polls:poll.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена анкета")


class PollOpened(PollFact):
    name: ClassVar[str] = "polls:poll.opened"
    label: ClassVar[LazyString] = lazy_gettext("Отворена анкета")


class PollExtended(PollFact):
    name: ClassVar[str] = "polls:poll.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължена анкета")


class PollClosed(PollFact):
    name: ClassVar[str] = "polls:poll.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключила анкета")


class QuestionCorrected(PollFact):
    """Something was added below a question that has answers."""

    name: ClassVar[str] = "polls:question.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправка към въпрос от анкета")


class OutcomeTold(PollFact):
    """Residents can read what was done with their answers."""

    name: ClassVar[str] = "polls:outcome.told"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано какво последва от анкета")


class OutcomeCorrected(PollFact):
    """Its text was changed, and nobody is written to."""

    name: ClassVar[str] = "polls:outcome.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправено какво последва от анкета")


class SheetCounted(PollFact):
    """A paper sheet was entered; which one and what it says is told to nobody."""

    name: ClassVar[str] = "polls:sheet.counted"
    label: ClassVar[LazyString] = lazy_gettext("Въведен отговор на хартия")
    is_public: ClassVar[bool] = False


class PollDeleted(PollFact):
    name: ClassVar[str] = "polls:poll.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита анкета")


class PollRestored(PollFact):
    name: ClassVar[str] = "polls:poll.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната анкета")


EVENTS = (
    PollWritten,
    PollEdited,
    PollOpened,
    PollExtended,
    PollClosed,
    QuestionCorrected,
    OutcomeTold,
    OutcomeCorrected,
    SheetCounted,
    PollDeleted,
    PollRestored,
)
