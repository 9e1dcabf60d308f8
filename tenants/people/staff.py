"""Who works in a municipality: given roles, let go. Every form says which state it saw."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.directory import people_of
from obshto.tenants.people.events import PersonRemoved, PhoneLost, RoleGiven, RoleTaken
from obshto.tenants.people.models import Appointment, Colleague, Invitation, Person
from obshto.tenants.people.roles import Held, appoint, dismiss, holders_of_roles, roles_of
from obshto.tenants.people.sessions import end_sessions_of, sign_out_everywhere
from obshto.tenants.ports import DirectoryUnavailable, Member, directory

UNCHANGED = 0  # the version of somebody whose rights nobody has changed in the console


class NobodyLeft(DomainError):
    """The last one who can give roles may not lose that."""

    sentence = lazy_gettext(
        "Това е последният администратор на портала. Първо дайте тази роля на друг."
    )


class ProviderAway(DomainError):
    """The identity provider does not answer; nothing was changed."""

    status = 503
    sentence = lazy_gettext(
        "Системата за вход не отговаря и нищо не е променено. Опитайте пак след няколко минути."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the list: who, with what rights, and what the provider says of them, if it does."""

    person: Person
    roles: tuple[Held, ...]
    member: Member | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Everybody who works here or is asked to; `is_known`: whether the provider could be asked."""

    listed: list[Listed]
    invited: list[Invitation]
    is_known: bool


def staff_of(uow: UnitOfWork) -> Staff:
    """Who works here, with a role or without one now, and who has been invited; by name."""
    held: dict[UUID, list[Held]] = {
        row: [] for row in uow.session.scalars(select(Colleague.person_id))
    }
    held |= holders_of_roles(uow)
    waiting = select(Invitation).where(Invitation.ended_at.is_(None)).order_by(Invitation.name)
    invited = list(uow.session.scalars(waiting))
    try:
        found = directory().members(uow.scope.slug)
    except DirectoryUnavailable:
        members, is_known = {}, False
    else:
        members, is_known = {member.subject: member for member in found}, True
    listed = [
        Listed(person=person, roles=tuple(held[person.id]), member=members.get(person.subject))
        for person in people_of(set(held)).values()
    ]
    listed.sort(key=lambda one: one.person.name.casefold())
    return Staff(listed=listed, invited=invited, is_known=is_known)


def works_here(uow: UnitOfWork, person_id: UUID) -> bool:
    """Whether somebody has roles here, or had some and was not let go."""
    return bool(roles_of(uow, person_id)) or version_of(uow, person_id) != UNCHANGED


def colleague_of(uow: UnitOfWork, person_id: UUID) -> Person:
    """Somebody who works here. Others do not exist for this municipality: raises NotFound."""
    found = people_of({person_id}) if works_here(uow, person_id) else {}
    if person_id not in found:
        raise NotFound
    return found[person_id]


def version_of(uow: UnitOfWork, person_id: UUID) -> int:
    """How often somebody's rights were changed here."""
    row = uow.session.get(Colleague, person_id)
    return row.version if row else UNCHANGED


def set_roles(
    uow: UnitOfWork, person_id: UUID, roles: Collection[str], *, expected_version: int
) -> None:
    """Give and take until exactly these are held. Held already: nothing is done.

    Raises NotAllowed for oneself, NobodyLeft, Conflict.
    """
    if person_id == uow.principal.person_id:
        raise NotAllowed
    before = roles_of(uow, person_id)
    if before == set(roles):
        return
    if Role.ADMIN in before and Role.ADMIN not in roles:
        _refuse_the_last_admin(uow, person_id)
    _change(uow, person_id, expected_version)
    for role in sorted(set(roles) - before):
        appoint(uow, person_id, role)
        uow.emit(RoleGiven(subject_id=person_id, role=str(role)))
    for role in sorted(before - set(roles)):
        dismiss(uow, person_id, role)
        uow.emit(RoleTaken(subject_id=person_id, role=str(role)))


def take_role(uow: UnitOfWork, person_id: UUID, role: str) -> bool:
    """One role less, whatever else somebody holds; False where they do not hold it any more.

    Raises NotAllowed for oneself, NobodyLeft, Conflict.
    """
    version, held = version_of(uow, person_id), roles_of(uow, person_id)
    if role not in held:
        return False
    set_roles(uow, person_id, held - {role}, expected_version=version)
    return True


def remove(uow: UnitOfWork, person: Person, *, expected_version: int) -> None:
    """Somebody works here no longer: no role, no membership, no open session.

    Raises NotAllowed for oneself, NobodyLeft, Conflict, ProviderAway (nothing has changed then).
    """
    if person.id == uow.principal.person_id:
        raise NotAllowed
    _refuse_the_last_admin(uow, person.id)
    _change(uow, person.id, expected_version)
    for table in (Appointment, Colleague):
        uow.session.execute(delete(table).where(table.person_id == person.id))
    uow.emit(PersonRemoved(subject_id=person.id))
    uow.session.flush()
    forget_member(uow, subject=person.subject)
    end_sessions_of(person.id, municipality=uow.scope.slug)


def forget_lost_phone(uow: UnitOfWork, person: Person, *, expected_version: int) -> None:
    """Their second factor is gone: they are out everywhere, and set up a new one with the password.

    A late copy of the form must not take the new one. Raises NotAllowed for oneself, Conflict,
    ProviderAway.
    """
    if person.id == uow.principal.person_id:
        raise NotAllowed
    _change(uow, person.id, expected_version)
    uow.emit(PhoneLost(subject_id=person.id))
    uow.session.flush()
    try:
        directory().forget_second_factor(person.subject)
    except DirectoryUnavailable as error:
        raise ProviderAway from error
    sign_out_everywhere(person)


def forget_member(uow: UnitOfWork, *, email: str = "", subject: str = "") -> None:
    """The provider too shall not count them among ours. Raises ProviderAway."""
    try:
        directory().remove(uow.scope.slug, email=email, subject=subject)
    except DirectoryUnavailable as error:
        raise ProviderAway from error


def _change(uow: UnitOfWork, person_id: UUID, expected_version: int) -> None:
    row = uow.session.get(Colleague, person_id, with_for_update=True)
    if (row.version if row else UNCHANGED) != expected_version:
        raise Conflict
    if row:
        row.changed_at = uow.now
        uow.session.flush()
        return
    try:
        with uow.session.begin_nested():
            uow.session.add(Colleague(person_id=person_id, changed_at=uow.now))
    except IntegrityError:  # somebody else's first change, in the same instant
        raise Conflict from None


def _refuse_the_last_admin(uow: UnitOfWork, person_id: UUID) -> None:
    """Locked: of two admins who remove each other in one instant the second is refused."""
    held = select(Appointment.person_id).where(Appointment.role == Role.ADMIN.value)
    if set(uow.session.scalars(held.with_for_update())) == {person_id}:
        raise NobodyLeft
