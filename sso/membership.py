"""Who was let go at the provider itself is out within minutes, not at the end of their session."""

from __future__ import annotations

from flask import current_app

from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import UnitOfWork
from obshto.sso.oidc import current_provider
from obshto.sso.organizations import REGION
from obshto.tenants.api import (
    end_sessions_of,
    leave_everywhere,
    members_inside,
    people_stepped_in,
)
from obshto.tenants.ports import DirectoryUnavailable, directory


def end_sessions_of_the_departed(uow: UnitOfWork) -> None:
    """Job: ask of everybody who works here and is signed in whether they still belong.

    The region's own team is asked after as well: its host has no jobs. Whoever left it is inside no
    municipality any more. While the provider is away nobody is put out.
    """
    issuer = current_provider().config.name
    try:
        for place in (uow.scope.slug, REGION):
            asked = members_inside(place, issuer)
            if place == REGION:
                asked |= people_stepped_in(issuer)  # whose session of the region may be over
            for person_id, subject in asked.items():
                if place != PRACTICE and not directory().belongs(place, subject):
                    end_sessions_of(person_id, municipality=place)
                    if place == REGION:
                        leave_everywhere(person_id)
    except DirectoryUnavailable as error:
        current_app.logger.warning("who belongs could not be asked: %s", error)
