"""Roles that a municipality makes for itself, of the words of its parts."""

from __future__ import annotations

from collections.abc import Collection
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import lazy_gettext
from sqlalchemy import any_, func, literal, select

from obshto.platform.entity import create_once, expect_version
from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from obshto.platform.modularity.registry import current_registry, title_of
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.events import RoleChanged, RoleMade, RoleRemoved
from obshto.tenants.people.models import Appointment, Invitation, OwnRole
from obshto.tenants.people.roles import STAFF_ROLES, roles_of


class StillHeld(DomainError):
    """Taking a role from people is an act of its own, that the log shows."""

    sentence = lazy_gettext("Някой има тази роля или е поканен с нея. Първо му я отнемете.")


class Called(DomainError):
    sentence = lazy_gettext("Вече има роля с това име. Изберете друго.")


def words_to_give() -> list[Permission]:
    """What an own role may be made of: whatever a ready-made role of a municipality carries."""
    return [word for word in current_registry().words() if word.roles & STAFF_ROLES]


def words_by_part() -> dict[str, list[Permission]]:
    """The same by the title of the part that they belong to, in the order of the alphabet."""
    groups: dict[str, list[Permission]] = {}
    for part in current_registry().parts.values():
        if words := [word for word in part.permissions if word.roles & STAFF_ROLES]:
            groups.setdefault(title_of(part), []).extend(words)
    return dict(sorted(groups.items()))


def role_of(uow: UnitOfWork, role_id: UUID, *, to_change: bool = False) -> OwnRole:
    """One of the municipality's own. Raises NotFound."""
    found = uow.session.get(OwnRole, role_id, with_for_update=to_change or None)
    if found is None:
        raise NotFound
    return found


def make_role(uow: UnitOfWork, *, name: str, words: Collection[str], request_id: UUID) -> OwnRole:
    """A new one, once for each `request_id`. Raises Called."""
    same = select(OwnRole).where(OwnRole.request_id == request_id)
    if (found := uow.session.scalar(same)) is not None:
        return found
    _refuse_a_name_twice(uow, name, None)
    made = OwnRole(request_id=request_id, name=name, words=sorted(words))
    if (first := create_once(uow, made)) is not made:
        return first
    uow.emit(RoleMade(subject_id=made.id, called=name, words=_told(words)))
    return made


def change_role(
    uow: UnitOfWork, role: OwnRole, *, name: str, words: Collection[str], expected_version: int
) -> None:
    """Another name, other words, for everybody who holds it. The row is locked.

    Raises NotAllowed for one's own role, Conflict, Called.
    """
    if (role.name, role.words) == (name, sorted(words)):
        return
    _refuse_to_holders(uow, role)
    expect_version(role, expected_version, Conflict)
    _refuse_a_name_twice(uow, name, role.id)
    role.name, role.words = name, sorted(words)
    uow.emit(RoleChanged(subject_id=role.id, called=name, words=_told(words)))


def remove_role(uow: UnitOfWork, role: OwnRole, *, expected_version: int) -> None:
    """Nobody can be given it any more. The row is locked. Raises StillHeld, Conflict."""
    expect_version(role, expected_version, Conflict)
    waiting = Invitation.ended_at.is_(None) & (literal(role.value) == any_(Invitation.roles))
    for held in (
        select(Appointment.person_id).where(Appointment.role == role.value),
        select(Invitation.id).where(waiting),
    ):
        if uow.session.scalar(held.limit(1)) is not None:
            raise StillHeld
    uow.session.delete(role)
    uow.emit(RoleRemoved(subject_id=role.id, called=role.name))


def _refuse_to_holders(uow: UnitOfWork, role: OwnRole) -> None:
    """Nobody raises their own rights, nor by changing what their role means."""
    me = uow.principal.person_id
    if me and role.value in roles_of(uow, me):
        raise NotAllowed


def _refuse_a_name_twice(uow: UnitOfWork, name: str, but: UUID | None) -> None:
    same = select(OwnRole.id).where(func.lower(OwnRole.name) == name.lower())
    if set(uow.session.scalars(same)) - {but}:
        raise Called


def _told(words: Collection[str]) -> str:
    return ", ".join(sorted(words))


def plant(uow: UnitOfWork, mark: str) -> None:
    """A role of no words with that number, held by nobody: whoever finds it found a leak."""
    make_role(uow, name=f"Контролна роля {mark}", words=(), request_id=uuid5(NAMESPACE_URL, mark))
