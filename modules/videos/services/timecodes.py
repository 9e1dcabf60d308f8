"""Times within a video, as people write them: „5:07“, „1:05:07“; of captions with milliseconds."""

from __future__ import annotations

import re

SECOND = 1000  # milliseconds
LONGEST = 100 * 3600  # seconds: no video is as long
_typed = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?").fullmatch


def spoken(seconds: int) -> str:
    """„1:05:07“, „5:07“."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def machine_length(seconds: int) -> str:
    """ISO 8601 duration: „PT3907S“."""
    return f"PT{seconds}S"


def cue_time(moment: int) -> str:
    """A moment of a cue in milliseconds as WebVTT writes it: „01:05:07.250“."""
    seconds, ms = divmod(moment, SECOND)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def read_time(typed: str) -> int | None:
    """Milliseconds, or None where it is no time. „90:00“ is an hour and a half."""
    found = _typed(typed.strip())
    if found is None:
        return None
    hours, minutes, seconds, part = found.groups()
    if hours is not None and int(minutes) > 59:
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * SECOND + int((part or "0").ljust(3, "0"))
