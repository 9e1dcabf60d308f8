"""State machine of a row: the ways between its states, who may take one, what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask_babel import LazyString

from obshto.platform.domain_events import DomainEvent
from obshto.platform.permissions import Permission

Fact = TypeVar("Fact", bound=DomainEvent, covariant=True)


class Stateful(Protocol):
    """A row that is in one state at a time."""

    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Generic[Fact]):
    """One way. `ground` is a word that the module knows an article of law by, or empty.

    `who` is a permission, or None for the person whose thing it is.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    who: Permission | None
    fact: type[Fact]
    told: LazyString
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionAct(Generic[Fact]):
    """A way with its button. `words` names the public text that it asks for, empty where none.

    One without a button is taken by something else than a press: a count, a comparison, the clock.
    """

    way: Transition[Fact]
    button: LazyString
    hint: LazyString
    words: LazyString | str = ""
    has_button: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The states with their titles, and what is raised where no way leads."""

    states: Mapping[str, LazyString]
    refusal: Callable[..., Exception]  # takes `state`, its title

    def advance_row(self, row: Stateful, way: Transition[DomainEvent]) -> None:
        """Take a way. Raises the machine's refusal from a state that it does not begin in."""
        if row.state not in way.sources:
            raise self.refusal(state=self.states[row.state])
        row.state = way.to
