"""Ready texts: sentences for the answers of staff, the municipality's own or those of the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

LONGEST = 4_000


class WithReadyTexts(Protocol):
    """Settings of a part whose staff answer: a text on each line, empty for those of the house."""

    @property
    def ready_answers(self) -> str: ...


def ready_texts_field() -> Any:
    """The field `ready_answers` of such settings."""
    return field(
        default="",
        metadata={
            "label": _("Готови отговори, всеки на нов ред (празно: тези на платформата)"),
            "most": LONGEST,
            "error": _("Текстът е по-дълъг от 4000 знака"),
            "is_long": True,
        },
    )


def ready_texts_of(
    uow: UnitOfWork, part: str, shape: type[WithReadyTexts], house: Sequence[str | LazyString]
) -> Sequence[str | LazyString]:
    """The municipality's own, a line each; without any those of the house. One query."""
    own = settings_of(uow, part, shape).ready_answers
    return [line for line in own.splitlines() if line.strip()] or house
