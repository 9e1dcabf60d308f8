"""Staff pages of consultations."""

from obshto.modules.consultations.console import (
    consultations,
    invitations,
    opinions,
    outcome,
    versions,
)

console = consultations.console
__all__ = ["console", "invitations", "opinions", "outcome", "versions"]  # each brings its pages
