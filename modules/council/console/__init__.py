"""Staff pages: sessions with materials and votes, members, councillors' questions."""

from obshto.modules.council.console.inquiries import add_inquiries
from obshto.modules.council.console.members import add_members
from obshto.modules.council.console.sessions import console
from obshto.modules.council.console.votes import add_votes

add_members(console)
add_votes(console)
add_inquiries(console)

__all__ = ["console"]
