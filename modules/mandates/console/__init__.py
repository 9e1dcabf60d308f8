"""Staff pages of mandates."""

from obshto.modules.mandates.console import acting, handling, papers
from obshto.modules.mandates.console.blueprint import console

__all__ = ["acting", "console", "handling", "papers"]
