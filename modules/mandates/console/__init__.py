"""Staff pages of mandates."""

from obshto.modules.mandates.console import held_mandates, mandate_desk, papers
from obshto.modules.mandates.console.blueprint import console

__all__ = ["console", "held_mandates", "mandate_desk", "papers"]
