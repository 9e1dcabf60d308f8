"""One barrier to try with: invented."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from obshto.platform.accessibility.services import BarrierReport, tell
from obshto.platform.unit_of_work import UnitOfWork

EXAMPLE = BarrierReport(
    page="/places/map",
    words="Номерата на картата са ситни. Не успях да разбера къде е аптеката.",
    contact="",
)


def seed(uow: UnitOfWork) -> None:
    """The id of its form is made of its key, so seeding twice is harmless."""
    tell(uow, EXAMPLE, request_id=uuid5(NAMESPACE_URL, f"accessibility/{uow.scope.slug}/map"))
