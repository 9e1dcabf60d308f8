"""Public pages of proposals."""

from obshto.modules.proposals.citizen import merges, pages
from obshto.modules.proposals.citizen.blueprint import citizen

__all__ = ["citizen", "merges", "pages"]
