"""Public pages of meetings."""

from flask import Blueprint

from obshto.modules.meetings.citizen.decisions import add_decisions
from obshto.modules.meetings.citizen.guests import add_guests
from obshto.modules.meetings.citizen.pages import add_pages
from obshto.modules.meetings.citizen.room import add_room
from obshto.modules.meetings.citizen.room_questions import add_room_questions

citizen = Blueprint("meetings_citizen", __name__)
add_pages(citizen)
add_decisions(citizen)
add_guests(citizen)
add_room(citizen)
add_room_questions(citizen)

__all__ = ["citizen"]
