"""Public pages of meetings."""

from obshto.modules.meetings.citizen.blueprint import citizen
from obshto.modules.meetings.citizen.decisions import add_decisions
from obshto.modules.meetings.citizen.guests import add_guests
from obshto.modules.meetings.citizen.pages import add_pages
from obshto.modules.meetings.citizen.room import add_room

add_pages(citizen)
add_decisions(citizen)
add_guests(citizen)
add_room(citizen)

__all__ = ["citizen"]
