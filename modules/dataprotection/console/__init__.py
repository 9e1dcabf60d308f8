"""Staff pages of data protection: the register, findings, incidents, contracts."""

from obshto.modules.dataprotection.console import findings, incidents, processors, register
from obshto.modules.dataprotection.console.blueprint import console

__all__ = ["console", "findings", "incidents", "processors", "register"]
