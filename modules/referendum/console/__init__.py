"""Staff pages of referenda: the queue with its desks, the campaign."""

from obshto.modules.referendum.console.campaign import add_campaign
from obshto.modules.referendum.console.proposals import console

add_campaign(console)

__all__ = ["console"]
