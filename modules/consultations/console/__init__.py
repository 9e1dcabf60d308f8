"""Staff pages of consultations."""

from obshto.modules.consultations.console import consultations, opinions, outcome

console = consultations.console
__all__ = ["console", "opinions", "outcome"]  # each brings its pages
