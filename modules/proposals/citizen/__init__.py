"""Public pages of proposals."""

from obshto.modules.proposals.citizen import coauthors, merges, pages, questions, versions
from obshto.modules.proposals.citizen.blueprint import citizen

__all__ = ["citizen", "coauthors", "merges", "pages", "questions", "versions"]
