"""Rows of the statistics file: what may be told, a line for each number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.assistants.services.kinds import SUBJECTS
from obshto.modules.assistants.services.places import places_here
from obshto.modules.assistants.services.statistics import HelpNumbers, Quarter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import AGES


def head_of_table() -> Sequence[LazyString]:
    """The columns."""
    return (_("Тримесечие"), _("Какво"), _("Група"), _("Брой"))


def table_rows(
    uow: UnitOfWork, told: Iterable[tuple[Quarter, HelpNumbers]]
) -> Iterator[Sequence[str]]:
    """Totals of each quarter, then its groups of ten and more."""
    places = places_here(uow)
    for quarter, numbers in told:
        word = quarter.word
        yield word, gettext("Посещения"), "", str(numbers.visits)
        yield word, gettext("Минути при хората"), "", str(numbers.minutes)
        yield word, gettext("Хора"), "", str(numbers.people)
        yield word, gettext("Никой не отвори"), "", str(numbers.missed)
        for title, groups, names in (
            (gettext("Хора по населено място"), numbers.villages, places),
            (gettext("Хора по възраст"), numbers.ages, AGES),
            (gettext("Хора по тема"), numbers.subjects, SUBJECTS),
        ):
            yield from _group_rows(word, title, groups, names)


def _group_rows(
    word: str, title: str, groups: Mapping[str, int], names: Mapping[str, Any]
) -> Iterator[Sequence[str]]:
    for group, number in groups.items():
        yield word, title, str(names.get(group, gettext("всички останали"))), str(number)
