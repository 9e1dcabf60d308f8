"""Who came and who did not, as staff say it; the numbers of use that follow from it."""

import re
from datetime import UTC, datetime, timedelta

from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.clock import SOFIA

VILLAGE, WEEK = "gorno-selo", timedelta(days=7)


def _cells(page):
    """The rows of the table, as a person reads them."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    words = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in words]


def test_who_came_is_said_on_the_day_and_counted_by_month(
    visitor, clerk, place, path_of, version_of, uow_in
):
    """Of four two came, one did not, one cancelled."""
    times = visitor.times(place.computer)[:4]
    own = [
        path_of(visitor.book(place.computer, at, phone=f"0888 123 45{number}"))
        for number, at in enumerate(times)
    ]
    version = version_of(visitor.get(own[3]).text)
    path_of(visitor.post(f"{own[3]}/cancel", {"expected_version": version}))
    with uow_in(VILLAGE) as uow:
        rows = uow.session.query(Booking).join(Slot).order_by(Slot.starts_at).all()
        paths = [f"/console/centres/bookings/{row.id}" for row in rows]
        for slot in uow.session.query(Slot).order_by(Slot.starts_at):
            slot.starts_at -= WEEK
            slot.ends_at -= WEEK
        uow.commit()
    for path, at, came in zip(paths, times, ("yes", "yes", "no"), strict=False):
        assert _said(clerk, path, place, at, came).status_code == 303
    assert _numbers(clerk) == ["3", "2", "1", "1"]


def _said(clerk, path, place, at, came):
    """The button on the page of its day, a week before the hour it was booked for."""
    booked = datetime.strptime(at, "%Y%m%dT%H%MZ").replace(tzinfo=UTC).astimezone(SOFIA)
    day = (booked - WEEK).date()
    shown = f"/console/centres/{place.centre}/day?day={day}"
    forms = [one for to, one in clerk.forms(shown) if to.endswith(f"{path}/attended")]
    return clerk.post(f"{path}/attended", forms[0] | {"came": came})


def _numbers(clerk):
    """Booked, came, did not come, cancelled: of all months together."""
    rows = [row for row in _cells(clerk.get("/console/centres/use").text) if "Компютър" in str(row)]
    columns = zip(*(row[-4:] for row in rows), strict=True)
    return [str(sum(int(number) for number in column)) for column in columns]
