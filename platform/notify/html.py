"""A letter as mail programs show it: one column, no scripts, no pictures, nothing from elsewhere.

Limits of programs that people use: styles stand on each element (Gmail drops others in forwarded
letters), tables hold the column (Outlook knows no other), less than 102 KB (Gmail cuts the rest).
"""

from __future__ import annotations

import re
from typing import Final

from flask import current_app
from markupsafe import Markup, escape

LARGEST: Final = 100_000  # bytes
_link = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_STYLE: Final = "color:#0b4f6c;text-decoration:underline;word-break:break-word"


def html_of(*, title: str, subject: str, text: str, language: str) -> str | None:
    """The words of a letter, as plain text, set for the eye. None for what would be cut."""
    paragraphs = [_lines(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    page = current_app.jinja_env.get_template("notify/letter.html")
    made = page.render(title=title, subject=subject, paragraphs=paragraphs, language=language)
    return made if len(made.encode()) <= LARGEST else None


def _lines(block: str) -> Markup:
    return Markup("<br>").join(_linked(line) for line in block.splitlines())


def _linked(line: str) -> Markup:
    """Text stays text; an address can be pressed."""
    made, end = Markup(), 0
    for found in _link.finditer(line):
        address = escape(found[0])
        made += escape(line[end : found.start()])
        made += Markup('<a href="{}" style="{}">{}</a>').format(address, _STYLE, address)
        end = found.end()
    return made + escape(line[end:])
