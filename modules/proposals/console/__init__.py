"""Staff pages of proposals."""

from obshto.modules.proposals.console import merges, pages, questions, versions
from obshto.modules.proposals.console.blueprint import console

__all__ = ["console", "merges", "pages", "questions", "versions"]
