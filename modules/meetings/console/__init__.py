"""Staff pages: plans, who comes, questions, minutes, decisions."""

from obshto.modules.meetings.console.agenda import add_agenda
from obshto.modules.meetings.console.guests import add_guests
from obshto.modules.meetings.console.invitations import add_invitations
from obshto.modules.meetings.console.meetings import console
from obshto.modules.meetings.console.minutes import add_minutes
from obshto.modules.meetings.console.publication import add_publication
from obshto.modules.meetings.console.questions import add_questions
from obshto.modules.meetings.console.room import add_room
from obshto.modules.meetings.console.room_questions import add_room_questions
from obshto.modules.meetings.console.straw_polls import add_straw_polls
from obshto.modules.meetings.services.call_desk import CALL_DESK
from obshto.modules.meetings.services.kind import KIND
from obshto.platform.calls.pages import add_call_pages
from obshto.platform.editorial.console import files_of, versions_of

add_publication(console)
add_call_pages(console, CALL_DESK)
add_agenda(console)
add_guests(console)
add_invitations(console)
add_questions(console)
add_minutes(console)
add_room(console)
add_room_questions(console)
add_straw_polls(console)
console.register_blueprint(files_of(KIND))
console.register_blueprint(versions_of(KIND))

__all__ = ["console"]
