"""Staff pages of polls."""

from obshto.modules.polls.console import asking, copying, counting, pictures, polls, trying

console = polls.console
__all__ = [
    "asking",
    "console",
    "copying",
    "counting",
    "pictures",
    "trying",
]  # each brings its pages
