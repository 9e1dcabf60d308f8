"""Faults of a design: a sentence, and the place where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

ABOUT, TERMS, DOCUMENT, FORM = "about", "terms", "document", "form"
STEP, QUESTION, APPROVALS = "step", "question", "approvals"
DESTINATION, REGISTER = "destination", "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A sentence and the place that it is about; one that does not block is advice."""

    words: str
    place: str
    name: str = ""
    blocks: bool = True
