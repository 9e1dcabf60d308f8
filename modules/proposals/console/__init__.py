"""Staff pages of proposals."""

from obshto.modules.proposals.console import merges, pages, questions
from obshto.modules.proposals.console.blueprint import console

__all__ = ["console", "merges", "pages", "questions"]
