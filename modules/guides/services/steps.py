"""Steps of a guide: each heading of the second level begins one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from obshto.platform.content.markdown import to_text

_heading = re.compile(r"<h2>(.*?)</h2>", re.S)


@dataclass(frozen=True, slots=True)
class GuideStep:
    """`title` and `html` are safe HTML, made of Markdown by the platform."""

    title: str
    html: str

    @property
    def words(self) -> str:
        """The title as plain text."""
        return to_text(self.title)


@dataclass(frozen=True, slots=True)
class Steps:
    """What stands before the first step, then the steps in their order."""

    before: str
    steps: tuple[GuideStep, ...]


def steps_of(html: str) -> Steps:
    """The HTML of a guide cut at its headings; what the platform's Markdown made, nothing else."""
    before, *rest = _heading.split(html)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return Steps(before.strip(), tuple(GuideStep(title, body.strip()) for title, body in pairs))
