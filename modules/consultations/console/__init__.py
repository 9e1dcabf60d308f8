"""Staff pages of consultations."""

from obshto.modules.consultations.console import (
    consultations,
    invitations,
    opinions,
    outcome,
    untold_authors,
    versions,
    waves,
)

console = consultations.console
# each brings its pages
__all__ = ["console", "invitations", "opinions", "outcome", "untold_authors", "versions", "waves"]
