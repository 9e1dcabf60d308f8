"""Staff pages of consultations."""

from obshto.modules.consultations.console import consultations, opinions, outcome, versions

console = consultations.console
__all__ = ["console", "opinions", "outcome", "versions"]  # each brings its pages
