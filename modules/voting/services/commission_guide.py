"""Guide of a whole vote for its commission, as PDF/UA-1: an official paper, so Bulgarian.

Its text is data: a line that begins with „# “ is a heading, every other one a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

GUIDE = Path(__file__).parents[1] / "data" / "commission-guide.txt"
SIZE = 13  # points: it is read on a table by several people
HEADING = "# "


def guide_pdf(uow: UnitOfWork) -> bytes:
    """Its first line is the title."""
    title, *lines = filter(None, GUIDE.read_text("utf-8").splitlines())
    told: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(HEADING):
            told.append((line.removeprefix(HEADING), []))
        else:
            told[-1][1].append(line)
    parts: list[Mapping[str, Any]] = [section_of(name, before=text) for name, text in told]
    return tables_pdf(
        title,
        parts,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        size=SIZE,
    )
