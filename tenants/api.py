"""All that other rooms may know of the municipalities."""

from obshto.platform.scope import Scope
from obshto.tenants.delegation_gate import current_acting
from obshto.tenants.municipalities.lookup import Municipality, find_municipality, municipality_here
from obshto.tenants.people.devices import device_of
from obshto.tenants.people.directory import (
    Profile,
    is_named,
    people_known_as,
    people_of,
    people_with_email,
    person_of,
    register_person,
    take_addresses,
)
from obshto.tenants.people.failures import (
    ask_failures_from,
    forget_old_failures,
    take_failure,
    untold,
)
from obshto.tenants.people.invitations import accept_invitation
from obshto.tenants.people.models import Person
from obshto.tenants.people.national import confirm_identity, confirmed_number, identity_of
from obshto.tenants.people.own_data import copy_of
from obshto.tenants.people.permissions import RegionPermission
from obshto.tenants.people.receivers import receivers_of
from obshto.tenants.people.region_team import (
    Colleague,
    give_regional_role,
    take_regional_role,
    team,
)
from obshto.tenants.people.roles import (
    Held,
    RoleHolding,
    appoint,
    appoint_in_region,
    given_here,
    holders_of_permission,
    holders_of_roles,
    people_of_region,
    people_who_may,
    regional_roles_of,
    role_holdings,
    roles_of,
)
from obshto.tenants.people.sessions import (
    CITIZEN,
    SHARED_COMPUTER,
    STAFF,
    Proof,
    Term,
    act_under,
    end_session,
    end_sessions,
    end_sessions_of,
    end_sessions_of_subject,
    is_on_shared_computer,
    members_inside,
    open_session,
    session_behind,
)
from obshto.tenants.people.staff import take_role
from obshto.tenants.people.step_in import (
    LENGTHS,
    leave_everywhere,
    people_stepped_in,
    step_in,
    step_out,
    steps_in,
)
from obshto.tenants.people.supporters import account_supporter
from obshto.tenants.portal.borders import homes_of_settlements, neighbours_at, settlement_at
from obshto.tenants.portal.divisions import AGES, ELSEWHERE, ages, divisions_of, place_names
from obshto.tenants.portal.homes import Home, Neighbour, homes_with, neighbour_of
from obshto.tenants.portal.neighbours import (
    Offered,
    offered_by_a_neighbour,
    offered_by_neighbours,
    visiting,
)
from obshto.tenants.portal.settlement_names import (
    Names,
    is_near,
    name_of,
    settlements_here,
    villages_among,
    villages_here,
    villages_of_region,
)
from obshto.tenants.portal.territory import (
    POPULATION_DAY,
    addresses_of_region,
    home_of_settlement,
    municipalities,
    named_settlements,
    points_of_settlements,
    population_of_settlements,
    residents_of,
    settlements_of,
    settlements_of_region,
)
from obshto.tenants.practice.services import (
    PRACTICE_RESET,
    RESET,
    NoPractice,
    acts_in_practice,
    enter_practice,
    find_practice,
    is_hour_of_reset,
    next_reset,
    number_practising,
    open_practice,
    reset_practice,
)
from obshto.tenants.request_gate import current_municipality, current_place

__all__ = [
    "NoPractice",
    "is_named",
    "PRACTICE_RESET",
    "RESET",
    "is_hour_of_reset",
    "holders_of_permission",
    "given_here",
    "holders_of_roles",
    "Held",
    "RoleHolding",
    "role_holdings",
    "take_role",
    "acts_in_practice",
    "enter_practice",
    "find_practice",
    "next_reset",
    "number_practising",
    "open_practice",
    "reset_practice",
    "AGES",
    "CITIZEN",
    "Colleague",
    "ELSEWHERE",
    "LENGTHS",
    "POPULATION_DAY",
    "SHARED_COMPUTER",
    "STAFF",
    "Municipality",
    "Names",
    "is_near",
    "name_of",
    "settlements_here",
    "villages_among",
    "villages_here",
    "villages_of_region",
    "Home",
    "Neighbour",
    "neighbour_of",
    "settlement_at",
    "homes_of_settlements",
    "homes_with",
    "neighbours_at",
    "Offered",
    "Person",
    "Profile",
    "Proof",
    "RegionPermission",
    "Term",
    "accept_invitation",
    "account_supporter",
    "act_under",
    "addresses_of_region",
    "ages",
    "appoint",
    "appoint_in_region",
    "ask_failures_from",
    "confirm_identity",
    "copy_of",
    "confirmed_number",
    "current_acting",
    "current_municipality",
    "current_place",
    "device_of",
    "divisions_of",
    "end_session",
    "end_sessions",
    "end_sessions_of",
    "end_sessions_of_subject",
    "find_municipality",
    "municipality_here",
    "forget_old_failures",
    "give_regional_role",
    "home_of_settlement",
    "is_on_shared_computer",
    "identity_of",
    "leave_everywhere",
    "members_inside",
    "municipalities",
    "named_settlements",
    "offered_by_a_neighbour",
    "offered_by_neighbours",
    "open_session",
    "people_known_as",
    "place_names",
    "people_stepped_in",
    "people_of",
    "people_of_region",
    "people_who_may",
    "people_with_email",
    "person_of",
    "points_of_settlements",
    "population_of_settlements",
    "receivers_of",
    "regional_roles_of",
    "register_person",
    "residents_of",
    "roles_of",
    "scope_named",
    "session_behind",
    "settlements_of",
    "settlements_of_region",
    "step_in",
    "step_out",
    "steps_in",
    "take_addresses",
    "take_failure",
    "take_regional_role",
    "team",
    "untold",
    "visiting",
]


def scope_named(slug: str) -> Scope | None:
    """The scope of a municipality, for work that has no host: jobs, the command line, seeds."""
    found = find_municipality(slug)
    return found.scope() if found else None
