"""Offices of staff: declared here, supplied by who knows the roles of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from flask import current_app

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

OFFICES = "obshto.offices"


class Offices(Protocol):
    """Port: the roles that somebody holds, as words to be kept."""

    def office_of(self, uow: UnitOfWork, person_id: UUID) -> str:
        """Ready-made roles by their word, own ones by their name, with commas between."""
        ...


class NoOffices:
    """The default where nobody supplies them: no office is told."""

    def office_of(self, uow: UnitOfWork, person_id: UUID) -> str:
        return ""


def offices() -> Offices:
    """The one supplied, read at call time."""
    return cast(Offices, current_app.extensions.get(OFFICES) or NoOffices())
