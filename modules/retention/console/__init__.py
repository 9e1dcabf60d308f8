"""Staff pages of retention: calendar and dry run, proofs, legal holds."""

from obshto.modules.retention.console import calendar, holds, runs
from obshto.modules.retention.console.blueprint import console

__all__ = ["calendar", "console", "holds", "runs"]
