"""Staff pages of polls."""

from obshto.modules.polls.console import asking, copying, counting, polls  # each brings its pages

console = polls.console
__all__ = ["asking", "console", "copying", "counting"]
