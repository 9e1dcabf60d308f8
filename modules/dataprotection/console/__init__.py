"""Staff pages of data protection: the register, assessments, findings, incidents, drills."""

from obshto.modules.dataprotection.console import (
    assessments,
    drills,
    findings,
    incidents,
    leaves,
    processors,
    register,
)
from obshto.modules.dataprotection.console.blueprint import console

__all__ = [
    "assessments",
    "console",
    "drills",
    "findings",
    "incidents",
    "leaves",
    "processors",
    "register",
]
