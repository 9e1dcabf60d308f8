"""Staff pages of polls."""

from obshto.modules.polls.console import counting, polls  # each brings its pages

console = polls.console
__all__ = ["console", "counting"]
