"""Reach of roles: areas, permissions and kinds of personal data, out of what components declare.

A role reaches the data of a component when it carries one of its permissions. It is an upper bound:
whether data were opened is recorded elsewhere (`platform/purposes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.accessreview.models import ReviewLine
from obshto.platform.errors import NotFound
from obshto.platform.modularity.manifest import Component, DataKind, ModuleManifest, Processing
from obshto.platform.modularity.registry import components_here
from obshto.platform.permissions import Permission, Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import Held, given_here

READY: Mapping[str, Role] = {role.value: role for role in Role}
# Heads of narrow columns; `DataKind.label` speaks to the person whose data they are.
KINDS: Mapping[DataKind, LazyString] = {
    DataKind.NAME: _("Име"),
    DataKind.CONTACT: _("Имейл, телефон"),
    DataKind.NUMBER: _("ЕГН"),
    DataKind.ADDRESS: _("Адрес"),
    DataKind.WORDS: _("Написано от човека"),
    DataKind.ANSWERS: _("Формуляри"),
    DataKind.FILES: _("Файлове"),
    DataKind.MONEY: _("Пари"),
    DataKind.PROPERTY: _("Имоти"),
    DataKind.CHOICES: _("Абонаменти"),
    DataKind.ACTS: _("Действия"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedArea:
    """A component of which a role carries `words`; whose data it has: `people`, `staff` at work."""

    slug: str
    title: str
    words: Sequence[Permission]
    people: Sequence[Processing]
    staff: Sequence[Processing]

    @property
    def is_personal(self) -> bool:
        return bool(self.people or self.staff)

    @property
    def kinds(self) -> frozenset[DataKind]:
        """Kinds of data of people; of staff at work they are told apart."""
        return frozenset(kind for one in self.people for kind in one.kinds)


@dataclass(frozen=True, kw_only=True)
class RoleReach:
    """A role with its areas, by title."""

    role: Held
    areas: Sequence[ReachedArea]

    @cached_property
    def counts(self) -> Mapping[DataKind, int]:
        """In how many areas each kind of data of people can be reached."""
        return Counter(kind for area in self.areas for kind in area.kinds)

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(area.slug for area in self.areas)


def reaches_here(uow: UnitOfWork) -> list[RoleReach]:
    """Every role that can be given here, with what is switched on. One query."""
    parts = components_here()
    return [reach_of(role, parts) for role in given_here(uow)]


def reach_named(uow: UnitOfWork, value: str) -> RoleReach:
    """The reach of one role, as an appointment names it. One query. Raises NotFound."""
    for role in given_here(uow):
        if role.value == value:
            return reach_of(role, components_here())
    raise NotFound


def areas_of_everybody(parts: Sequence[Component]) -> frozenset[str]:
    """Slugs of what each ready-made role reaches, as asking for help: its use tells nothing."""
    reached = [reach_of(role, parts).slugs for role in Role if role is not Role.OPERATOR]
    return frozenset.intersection(*reached)


def reach_of(role: Held, parts: Sequence[Component]) -> RoleReach:
    areas = [area for part in parts if (area := _area(role, part)).words]
    return RoleReach(role=role, areas=sorted(areas, key=lambda area: area.title.casefold()))


def is_own(role: Held) -> bool:
    """True for a role that the municipality made, and called in Bulgarian."""
    return not isinstance(role, Role)


def role_text(line: ReviewLine) -> str:
    """A role of a line as it is called; an own one as it was called then."""
    return str(READY[line.role].label) if line.role in READY else line.role_name


def _area(role: Held, part: Component) -> ReachedArea:
    return ReachedArea(
        slug=part.slug,
        title=_title(part),
        words=[word for word in part.permissions if _carries(role, word)],
        people=[one for one in part.processing if not one.is_of_staff],
        staff=[one for one in part.processing if one.is_of_staff],
    )


def _carries(role: Held, word: Permission) -> bool:
    return role in word.roles if isinstance(role, Role) else word.value in role.words


def _title(part: Component) -> str:
    """A component without a switch has no title: what it does with data, its line of the menu."""
    if isinstance(part, ModuleManifest):
        return str(part.title)
    said = [one.title for one in part.processing if not one.is_of_staff]
    said += [line.label for line in part.nav if line.permission]
    said += [word.label for word in part.permissions]
    return str(said[0]) if said else part.slug
