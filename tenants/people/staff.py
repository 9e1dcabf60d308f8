"""Who works in a municipality: asked in, given roles, let go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from obshto.platform.db.session import shared_session
from obshto.platform.errors import DomainError, NotAllowed, NotFound
from obshto.platform.permissions import Role
from obshto.platform.work import Work
from obshto.tenants.people.events import (
    InvitationAccepted,
    PersonInvited,
    PersonRemoved,
    RoleGiven,
    RoleTaken,
)
from obshto.tenants.people.models import Appointment, Invitation, Person
from obshto.tenants.people.roles import ROLES, appoint, dismiss, holders_of_roles, roles_of
from obshto.tenants.people.sessions import end_sessions_of
from obshto.tenants.ports import DirectoryUnavailable, Member, directory


class NobodyLeft(DomainError):
    """The last one who can give roles may not lose that."""

    sentence = lazy_gettext(
        "Това е последният човек, който отговаря за портала. Първо дайте тази роля на друг."
    )


class ProviderAway(DomainError):
    """The identity provider does not answer; nothing was changed."""

    status = 503
    sentence = lazy_gettext(
        "Системата за вход не отговаря и нищо не е променено. Опитайте пак след няколко минути."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A line of the list: who, with what rights; `member` is what the provider says, if it does."""

    person_id: UUID | None
    name: str
    email: str
    roles: tuple[Role, ...]
    member: Member | None
    is_invited: bool = False


def colleagues(work: Work) -> tuple[list[Colleague], bool]:
    """Everybody with a role or a membership here; and whether the provider could be asked."""
    held = holders_of_roles(work)
    invited = {row.email: row for row in work.session.scalars(select(Invitation))}
    work.session.commit()  # the region is read in a transaction of its own
    members, is_known = _members(work)
    people = _people(held)
    found = [
        Colleague(
            person_id=person.id,
            name=person.name,
            email=person.email or "",
            roles=tuple(held[person.id]),
            member=members.pop(person.subject, None),
        )
        for person in people
    ]
    known = {colleague.email for colleague in found}
    found += [
        Colleague(
            person_id=None,
            name=row.name,
            email=row.email,
            roles=tuple(ROLES[word] for word in row.roles),
            member=None,
            is_invited=True,
        )
        for row in invited.values()
        if row.email not in known
    ]
    return sorted(found, key=lambda colleague: colleague.name.casefold()), is_known


def invite(work: Work, *, email: str, name: str, roles: Collection[Role], language: str) -> None:
    """Ask somebody to work here; asking again replaces the roles that await.

    Raises ProviderAway.
    """
    assert work.scope
    _refuse_for_oneself(work, email=email)
    row = Invitation(
        email=email.casefold(),
        name=name,
        roles=sorted(role.value for role in roles),
        invited_at=work.now,
        invited_by=work.principal.name,
    )
    work.session.merge(row)
    work.record(PersonInvited())
    work.session.flush()
    try:
        directory().invite(work.scope.slug, email=row.email, name=name, language=language)
    except DirectoryUnavailable as error:
        raise ProviderAway from error


def accept_invitation(work: Work, person: Person) -> None:
    """A member has signed in: the roles that await this verified address are theirs."""
    if person.email is None:
        return
    waiting = work.session.get(Invitation, person.email.casefold())
    if waiting is None:
        return
    for word in waiting.roles:
        appoint(work, person.id, ROLES[word])
    work.session.delete(waiting)
    work.record(InvitationAccepted(subject_id=person.id))


def withdraw(work: Work, email: str) -> None:
    """Take an invitation back. Raises ProviderAway; NotFound when there is none."""
    assert work.scope
    waiting = work.session.get(Invitation, email.casefold())
    if waiting is None:
        raise NotFound
    work.session.delete(waiting)
    work.record(PersonRemoved())
    _forget(work, email)


def set_roles(work: Work, person_id: UUID, roles: Collection[Role]) -> None:
    """Give and take until exactly these are held. Raises NotAllowed for oneself, NobodyLeft."""
    if person_id == work.principal.person_id:
        raise NotAllowed
    before = roles_of(work, person_id)
    if Role.ADMIN in before and Role.ADMIN not in roles:
        _refuse_the_last_admin(work, person_id)
    for role in sorted(set(roles) - before):
        appoint(work, person_id, role)
        work.record(RoleGiven(subject_id=person_id, role=role.value))
    for role in sorted(before - set(roles)):
        dismiss(work, person_id, role)
        work.record(RoleTaken(subject_id=person_id, role=role.value))


def remove(work: Work, person_id: UUID) -> None:
    """Somebody works here no longer: no role, no membership, no open session.

    Raises NotAllowed for oneself, NobodyLeft, ProviderAway (then nothing has changed).
    """
    assert work.scope
    if person_id == work.principal.person_id:
        raise NotAllowed
    _refuse_the_last_admin(work, person_id)
    work.session.execute(delete(Appointment).where(Appointment.person_id == person_id))
    work.record(PersonRemoved(subject_id=person_id))
    work.session.flush()
    with shared_session() as shared:
        person = shared.get(Person, person_id)
    if person is None:
        raise NotFound
    if person.email:
        _forget(work, person.email)
    end_sessions_of(person_id, municipality=work.scope.slug)


def _forget(work: Work, email: str) -> None:
    assert work.scope
    try:
        directory().remove(work.scope.slug, email=email)
    except DirectoryUnavailable as error:
        raise ProviderAway from error


def _refuse_for_oneself(work: Work, *, email: str) -> None:
    """Nobody raises their own rights, nor by inviting themselves."""
    with shared_session() as shared:
        own = shared.get(Person, work.principal.person_id) if work.principal.person_id else None
    if own and own.email and own.email.casefold() == email.casefold():
        raise NotAllowed


def _refuse_the_last_admin(work: Work, person_id: UUID) -> None:
    admins = {person for person, roles in holders_of_roles(work).items() if Role.ADMIN in roles}
    if admins == {person_id}:
        raise NobodyLeft


def _members(work: Work) -> tuple[dict[str, Member], bool]:
    assert work.scope
    try:
        found = directory().members(work.scope.slug)
    except DirectoryUnavailable:
        return {}, False
    return {member.subject: member for member in found if member.subject}, True


def _people(held: Collection[UUID]) -> list[Person]:
    with shared_session() as shared:
        return list(shared.scalars(select(Person).where(Person.id.in_(held))))
