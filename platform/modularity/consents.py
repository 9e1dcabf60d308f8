"""Consents of people, as each component declares them (Regulation (EU) 2016/679, art. 7).

What rests on consent alone is withdrawn as easily as it was given: one page has all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import LazyString

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenConsent:
    """One consent: to what, since when. `id` is one in its component; `path` is its own page."""

    id: UUID
    title: str
    given_at: datetime
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """What people consent to here.

    `wording` is what they agreed to, `to_whom` who may use it, `withdrawn` what follows when they
    take it back. `given_by` lists those of an account; `withdraw(work, person, id)` ends one of
    them at once.
    """

    wording: LazyString
    to_whom: LazyString
    withdrawn: LazyString
    given_by: Callable[[UnitOfWork, UUID], Sequence[GivenConsent]]
    withdraw: Callable[[UnitOfWork, UUID, UUID], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOwnConsents:
    """The author says why no consent of an account is kept, though the law asks for one."""

    because: str
