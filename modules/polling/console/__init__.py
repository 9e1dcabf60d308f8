"""Staff pages of polling: sections, commissions, materials."""

from obshto.modules.polling.console.commissions import add_commissions
from obshto.modules.polling.console.sections import console
from obshto.modules.polling.console.votes import add_votes

add_votes(console)
add_commissions(console)

__all__ = ["console"]
