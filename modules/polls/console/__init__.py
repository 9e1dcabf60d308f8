"""Staff pages of polls."""

from obshto.modules.polls.console import copying, counting, polls  # each brings its pages

console = polls.console
__all__ = ["console", "copying", "counting"]
