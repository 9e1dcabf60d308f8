"""The region's own team: who belongs to it at the provider holds its role here, and no one else."""

from __future__ import annotations

from obshto.platform.unit_of_work import UnitOfWork
from obshto.sso.oidc import current_provider
from obshto.sso.organizations import REGION, REGION_TEAM, link_organization
from obshto.tenants.api import (
    Profile,
    TeamColleague,
    end_sessions_of,
    give_regional_role,
    leave_everywhere,
    people_known_as,
    register_person,
    take_regional_role,
    team,
)
from obshto.tenants.ports import Member, directory


def take_in(region: UnitOfWork, *, email: str, name: str) -> bool:
    """Somebody belongs to the team and holds its role; whoever has no account gets a letter.

    False until they have answered it: then it is to be asked once more. Raises
    DirectoryUnavailable; nothing has changed here then.
    """
    link_organization(REGION, REGION_TEAM)
    found = _member(email)
    if found is None or found.subject is None:
        directory().invite(REGION, email=email, name=name, language="bg")
        found = _member(email)
    if found is None or found.subject is None:
        return False
    issuer = current_provider().config.name
    known = people_known_as(issuer, {found.subject}).get(found.subject)
    person_id = known.id if known else register_person(_profile(issuer, found, found.subject))
    give_regional_role(region, person_id)
    return True


def let_go(region: UnitOfWork, email: str) -> TeamColleague | None:
    """Somebody leaves: membership, role, sessions, step-ins end, of each account with that address.
    None where nobody is called so.

    Raises DirectoryUnavailable; nothing has changed then.
    """
    same = [one for one in team(region) if one.email.casefold() == email.casefold()]
    for one in same:
        directory().remove(REGION, subject=one.subject)
        take_regional_role(region, one.person_id)
        end_sessions_of(one.person_id)
        leave_everywhere(one.person_id)
    return same[0] if same else None


def take_back_invitation(email: str) -> bool:
    """Whoever was asked and holds no role belongs no more. False where nobody was asked so.

    Raises DirectoryUnavailable.
    """
    found = _member(email)
    if found is None:
        return False
    directory().remove(REGION, subject=found.subject or "", email=found.email)
    return True


def _member(email: str) -> Member | None:
    same = (one for one in directory().members(REGION) if one.email.casefold() == email.casefold())
    return next(same, None)


def _profile(issuer: str, member: Member, subject: str) -> Profile:
    return Profile(issuer=issuer, subject=subject, name=member.name, email=member.email)
