"""Staff pages of polls."""

from obshto.modules.polls.console import (
    copies,
    paper_entry,
    pictures,
    polls,
    preview,
    question_editor,
)

console = polls.console
__all__ = [
    "question_editor",
    "console",
    "copies",
    "paper_entry",
    "pictures",
    "preview",
]  # each brings its pages
