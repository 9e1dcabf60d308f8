"""What a person sees while slow steps run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


class Progress:
    """One line a step, with its seconds; what a step says stands indented between."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._line_is_open = False

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Shows the label at once and the seconds at the end; a step that fails shows none."""
        began = time.monotonic()
        click.echo(f"  {label} … ", nl=False)
        self._line_is_open = True
        try:
            yield
            took = f"{time.monotonic() - began:.1f} s"
            click.echo(took if self._line_is_open else f"  {label}: {took}")
        except BaseException:
            self._close_line()
            raise
        finally:
            self._line_is_open = False

    def say(self, text: str) -> None:
        """A line inside a step, or between two."""
        self._close_line()
        click.echo(f"      {text}")

    def _close_line(self) -> None:
        if self._line_is_open:
            click.echo()
        self._line_is_open = False
