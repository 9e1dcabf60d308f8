"""Ask for a portal, and what the worker does once the keeper has made the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import IntegrityError

from obshto.ops.onboarding.errors import Taken
from obshto.ops.onboarding.events import WelcomeAsked
from obshto.ops.onboarding.models import OnboardingStep, Welcome
from obshto.platform.clock import now
from obshto.platform.errors import NotFound
from obshto.platform.jobs.enqueue import ENQUEUE
from obshto.platform.jobs.worker import PROVISION
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.sso.organizations import link_organization
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.provision import NewMunicipality
from obshto.tenants.people.invitations import invite
from obshto.tenants.people.staff import ProviderAway
from obshto.tenants.ports import DirectoryUnavailable

MAKE, FINISH = "onboarding:make-tables", "onboarding:finish"
NOTE = text(
    "UPDATE shared.welcome SET done = done || CAST(:done AS jsonb), trouble = '' WHERE id = :id"
)
Join = Callable[[Connection, NewMunicipality, str], None]


def ask_for_portal(
    region: UnitOfWork, slug: str, given: Mapping[str, Any], *, reason: str, request_id: UUID
) -> Welcome:
    """The keeper makes it, once for each form. Raises Taken."""
    same = select(Welcome).where(Welcome.request_id == request_id)
    if (found := region.session.scalars(same).one_or_none()) is not None:
        return found
    if region.session.get(Tenant, slug) is not None:
        raise Taken
    asked = Welcome(
        request_id=request_id,
        slug=slug,
        given=dict(given),
        asked_at=region.now,
        asked_by=region.principal.name,
        done={},
        trouble="",
    )
    try:
        with region.session.begin_nested():
            region.session.add(asked)
    except IntegrityError as twin:  # a second click, or somebody else's form for the same slug
        if (found := region.session.scalars(same).one_or_none()) is not None:
            return found
        raise Taken from twin
    region.defer(MAKE, queue=PROVISION, welcome_id=asked.id)
    region.emit(WelcomeAsked(subject_id=asked.id, municipality=slug, reason=reason))
    return asked


def welcome_of(region: UnitOfWork, slug: str) -> Welcome:
    """Raises NotFound."""
    found = region.session.scalars(select(Welcome).where(Welcome.slug == slug)).one_or_none()
    if found is None:
        raise NotFound
    return found


def welcomes(region: UnitOfWork) -> list[Welcome]:
    """Those on their way first, then the newest. One query."""
    rows = region.session.scalars(select(Welcome).order_by(Welcome.asked_at.desc()))
    return sorted(rows, key=lambda it: it.is_done)


def try_again(region: UnitOfWork, welcome: Welcome) -> None:
    """Go on where it stopped; what has been done is not done again."""
    if OnboardingStep.TABLES not in welcome.done:
        region.defer(MAKE, queue=PROVISION, once=f"{MAKE}:{welcome.slug}", welcome_id=welcome.id)
    elif not welcome.is_done:
        region.defer(FINISH, once=FINISH, municipality=welcome.slug, welcome_id=welcome.id)


def make_tables(connection: Connection, welcome_id: UUID, join: Join) -> None:
    """The keeper's step, in one transaction with the note of it and with what follows."""
    asked = select(Welcome.slug, Welcome.given, Welcome.asked_by, Welcome.done).where(
        Welcome.id == welcome_id
    )
    row = connection.execute(asked.with_for_update()).one_or_none()
    if row is None or OnboardingStep.TABLES in row.done:
        return
    join(connection, _described(row.slug, row.given), row.asked_by)
    _note(connection.execute, welcome_id, OnboardingStep.TABLES)
    args = {"municipality": row.slug, "welcome_id": str(welcome_id)}
    jobs = [{"task": FINISH, "args": args, "once": FINISH, "lock": None}]
    connection.execute(ENQUEUE, {"jobs": json.dumps(jobs)})


def finish(uow: UnitOfWork, *, welcome_id: str) -> None:
    """Job: the organization at the identity provider, then the invitation of who answers.

    Raises DirectoryUnavailable, ProviderAway: the queue tries again, the page says why it waits.
    """
    with open_uow(None, Principal.system(FINISH)) as region:
        welcome = region.session.get(Welcome, UUID(welcome_id))
    if welcome is None or welcome.slug != uow.scope.slug:
        return
    try:
        if OnboardingStep.ORGANIZATION not in welcome.done:
            link_organization(welcome.slug, welcome.given["titles"])
            _note_apart(welcome.id, OnboardingStep.ORGANIZATION)
        if OnboardingStep.INVITATION not in welcome.done:
            _invite(uow, welcome)
            uow.commit()
            _note_apart(welcome.id, OnboardingStep.INVITATION)
    except (DirectoryUnavailable, ProviderAway):
        _say_why(welcome.id, "identity")
        raise


def _invite(uow: UnitOfWork, welcome: Welcome) -> None:
    invite(
        uow,
        email=welcome.given["admin_email"],
        name=welcome.given["admin_name"],
        roles=[Role.ADMIN],
        language="bg",
        request_id=welcome.request_id,
    )


def _described(slug: str, given: Mapping[str, Any]) -> NewMunicipality:
    return NewMunicipality(
        slug=slug,
        titles=given["titles"],
        names=given["names"],
        modules=tuple(given["modules"]),
        contact={"phone": given["phone"], "email": given["email"]},
    )


def _note(execute: Callable[..., Any], welcome_id: UUID, step: OnboardingStep) -> None:
    execute(NOTE, {"id": welcome_id, "done": json.dumps({str(step): now().isoformat()})})


def _note_apart(welcome_id: UUID, step: OnboardingStep) -> None:
    with open_uow(None, Principal.system(FINISH)) as region:
        _note(region.session.execute, welcome_id, step)


def _say_why(welcome_id: UUID, trouble: str) -> None:
    with open_uow(None, Principal.system(FINISH)) as region:
        row = update(Welcome).where(Welcome.id == welcome_id).values(trouble=trouble)
        region.session.execute(row)
