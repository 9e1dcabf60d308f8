"""Staff pages of taxes and fees."""

from obshto.modules.payments.console import days, files, finding, rates
from obshto.modules.payments.console.blueprint import console

__all__ = ["console", "days", "files", "finding", "rates"]
