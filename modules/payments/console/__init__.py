"""Staff pages of taxes and fees."""

from obshto.modules.payments.console import counter, days, files, rates
from obshto.modules.payments.console.blueprint import console

__all__ = ["console", "days", "files", "counter", "rates"]
