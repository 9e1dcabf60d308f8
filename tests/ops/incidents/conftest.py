"""Incidents as the team announces them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.ops.incidents.models import IncidentKind
from obshto.ops.incidents.services import Announcement, announce
from obshto.platform.clock import now
from obshto.platform.unit_of_work import Principal, open_uow


@pytest.fixture
def incident(app):
    """incident(is_read_only=True, places=["gorno-selo"]): announced and committed."""

    def make(
        kind=IncidentKind.INCIDENT, places=(), is_read_only=False, begins=0, hours=None, **texts
    ):
        starts_at = now() + timedelta(hours=begins)
        told = Announcement(
            kind=kind,
            texts={"bg": "Плащанията не работят", **texts},
            municipalities=list(places),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours) if hours else None,
            is_read_only=is_read_only,
        )
        with app.app_context(), open_uow(None, Principal(name="Десислава Митова")) as region:
            return announce(region, told, request_id=uuid4())

    return make
