"""Kinds of things that a mission is made of."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionStep:
    """One thing to be done: the sentence, a hint, and the acts that prove it.

    One that is `is_beside` is done with something else: with whoever speaks in the room, not with
    the room.
    """

    sentence: LazyString
    hint: LazyString
    acts: tuple[str, ...]
    is_beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """`path` is where it begins in the console of the practice municipality."""

    title: LazyString
    story: LazyString
    topic: str
    module: str
    path: str
    minutes: int
    steps: tuple[MissionStep, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """Acts of all steps."""
        return tuple(act for step in self.steps for act in step.acts)
