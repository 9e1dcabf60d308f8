"""Call desk of centres: staff who handle bookings call whom no letter and no SMS reaches."""

from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services.kinds import PART
from obshto.platform.bookings.calls import BookingCallDesk

CALL_DESK = BookingCallDesk(part=PART, permission=CentresPermission.HANDLE)
