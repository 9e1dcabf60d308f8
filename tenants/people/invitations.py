"""People asked to work in a municipality, until they have signed in."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.directory import people_of
from obshto.tenants.people.events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from obshto.tenants.people.models import Invitation, Person
from obshto.tenants.people.roles import appoint, given_here, holders_of_roles
from obshto.tenants.people.staff import ProviderAway, forget_member
from obshto.tenants.ports import DirectoryUnavailable, directory


class AlreadyHere(DomainError):
    """The address is that of somebody who works here: withdrawing would take what they have."""

    sentence = lazy_gettext("Този човек вече работи в портала. Променете ролите му в „Хора“.")


class AlreadyWaiting(DomainError):
    """The address is invited already: its roles change only for who has seen what they are."""

    sentence = lazy_gettext(
        "Този имейл вече има покана, която чака. Вижте какво ще се промени и потвърдете."
    )

    def __init__(self, waiting: Invitation) -> None:
        super().__init__()
        self.waiting = waiting


def invite(
    uow: UnitOfWork,
    *,
    email: str,
    name: str,
    roles: Collection[str],
    language: str,
    request_id: UUID,
    replaces: str = "",
) -> Invitation:
    """Ask somebody to work here; `replaces` is the waiting invitation whose place it takes.

    Raises AlreadyWaiting where there is one that `replaces` does not name, NotAllowed for oneself,
    AlreadyHere, Conflict when somebody else invites them in the same instant, ProviderAway;
    nothing has changed then.
    """
    same = select(Invitation).where(Invitation.request_id == request_id)
    if (found := uow.session.scalars(same).one_or_none()) is not None:
        return found
    _refuse_who_is_here(uow, email)
    earlier = _open(uow, email)
    if earlier and str(earlier.id) != replaces:
        raise AlreadyWaiting(earlier)
    if earlier:
        earlier.ended_at = uow.now
        uow.session.flush()
    made = Invitation(
        request_id=request_id,
        email=email.casefold(),
        name=name,
        roles=sorted(map(str, roles)),
        invited_at=uow.now,
        invited_by=uow.principal.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(made)
    except IntegrityError:  # a second click, or somebody else's, in the same instant
        if (found := uow.session.scalars(same).one_or_none()) is not None:
            return found
        raise Conflict from None
    uow.emit(PersonInvited(subject_id=made.id))
    try:
        directory().invite(uow.scope.slug, email=made.email, name=name, language=language)
    except DirectoryUnavailable as error:
        raise ProviderAway from error
    return made


def accept_invitation(uow: UnitOfWork, person: Person) -> None:
    """A member has signed in: the roles that await this verified address are theirs."""
    waiting = _open(uow, person.email) if person.email else None
    if waiting is None:
        return
    for role in given_here(uow):
        if role.value in waiting.roles:
            appoint(uow, person.id, role.value)
    waiting.ended_at = uow.now
    uow.emit(InvitationAccepted(subject_id=person.id))


def withdraw(uow: UnitOfWork, invitation_id: UUID, *, expected_version: int) -> None:
    """Take an invitation back; one that has ended stays so.

    Raises NotFound, Conflict, ProviderAway (nothing has changed then).
    """
    waiting = uow.session.get(Invitation, invitation_id, with_for_update=True)
    if waiting is None:
        raise NotFound
    if waiting.ended_at:
        return
    expect_version(waiting, expected_version, Conflict)
    waiting.ended_at = uow.now
    uow.emit(InvitationWithdrawn(subject_id=waiting.id))
    uow.session.flush()
    forget_member(uow, email=waiting.email)


def _open(uow: UnitOfWork, email: str) -> Invitation | None:
    waiting = (Invitation.email == email.casefold(), Invitation.ended_at.is_(None))
    return uow.session.scalars(select(Invitation).where(*waiting).with_for_update()).one_or_none()


def _refuse_who_is_here(uow: UnitOfWork, email: str) -> None:
    """Nobody raises their own rights, nor by inviting themselves."""
    person_id = uow.principal.person_id
    works_here = set(holders_of_roles(uow))
    for person in people_of(works_here | ({person_id} if person_id else set())).values():
        if (person.email or "").casefold() == email.casefold():
            raise NotAllowed if person.id == person_id else AlreadyHere
