"""Staff pages of taxes and fees."""

from obshto.modules.payments.console import days, files, finding
from obshto.modules.payments.console.blueprint import console

__all__ = ["console", "days", "files", "finding"]
