"""Call desk of courses: the teacher calls for own groups, who handles all of them for all."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, true

from obshto.modules.courses.models import Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.calls import BookingCallDesk
from obshto.platform.bookings.models import Slot
from obshto.platform.unit_of_work import UnitOfWork


def of_own_groups(uow: UnitOfWork) -> ColumnElement[bool]:
    """Calls of the groups that who asks teaches; of all for who handles all."""
    me = uow.principal
    if me.may(CoursesPermission.HANDLE):
        return true()
    return Slot.resource_id.in_(select(Group.resource_id).where(Group.teacher_id == me.person_id))


CALL_DESK = BookingCallDesk(part=PART, permission=CoursesPermission.TEACH, mine=of_own_groups)
