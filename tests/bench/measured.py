"""The rows of `docs/measured.md` that a bench writes itself, with the day and the commit."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "measured.md"
HEAD = "|---|---|---|\n"


def put_row(what, lines, command, *, load):
    """A row of that name takes the place of the one before; a new one stands first."""
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, cwd=PAGE.parent, capture_output=True, text=True, check=True)
    told = "; ".join(line.strip() for line in lines).replace(":; ", ": ")
    when = f"{datetime.now(UTC):%d %B %Y}, {commit.stdout.strip()}"
    busy = f"load {load[0]:.0f} to {load[1]:.0f}"
    row = f"| {what} | {told} ({when}, {busy}) | `{command}` |\n"
    page = PAGE.read_text()
    before = re.compile(rf"^\| {re.escape(what)} \|.*\n", re.M)
    if before.search(page):
        page = before.sub(lambda _: row, page, count=1)
    else:
        page = page.replace(HEAD, HEAD + row, 1)
    PAGE.write_text(page)
