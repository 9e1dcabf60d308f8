"""Public pages of referenda: the register with its proposals, committees, the campaign."""

from obshto.modules.referendum.citizen.campaign import add_campaign
from obshto.modules.referendum.citizen.proposals import citizen

add_campaign(citizen)

__all__ = ["citizen"]
