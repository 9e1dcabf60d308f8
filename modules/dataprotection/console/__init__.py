"""Staff pages of data protection: the register, assessments, findings, incidents, contracts."""

from obshto.modules.dataprotection.console import (
    assessments,
    findings,
    incidents,
    processors,
    register,
)
from obshto.modules.dataprotection.console.blueprint import console

__all__ = ["assessments", "console", "findings", "incidents", "processors", "register"]
