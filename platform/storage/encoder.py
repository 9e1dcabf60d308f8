"""Encoder: ffmpeg makes another file of a video, in a child with limits, never in a request.

What the file is was told before by a child of ours (`video_reader.py`), and ffmpeg is told to read
nothing else: a list of addresses in a video's clothes opens nothing. Where the machine has no
ffmpeg, nothing is encoded and the file stays as it came.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

MEMORY = 2 * 1024**3  # bytes of addresses; a picture of 4K in several threads takes half of them
PROCESSOR, PATIENCE = 6 * 3600, 4 * 3600  # seconds: of the processor, of the clock
MOST_BYTES = 5 * 1024**3  # of what comes out
NICE = 15
_DEMUXERS = {"video/mp4": "mov", "video/webm": "matroska"}


class EncodingFailed(Exception):
    """ffmpeg could not, or took more than it may; the message is its own last line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is made of a video: its kind of file, ffmpeg's arguments between input and output, and
    those before the input.
    """

    mime: str
    muxer: str
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()


_SPEECH = ("-c:a", "aac", "-ac", "1", "-b:a", "48k")
_MOVING_HEAD = ("-movflags", "+faststart")  # the table in front: it plays before all has come

# The same pictures and sounds with the table and the length that a browser's recording lacks.
WHOLE_WEBM = Recipe(mime="video/webm", muxer="webm", arguments=("-c", "copy"))


def _picture(lines: int) -> Recipe:
    """A picture of so many lines, of fewer where the source has fewer."""
    return Recipe(
        mime="video/mp4",
        muxer="mp4",
        arguments=(
            *("-vf", f"scale=-2:'min({lines},ih)'", "-r", "25", "-pix_fmt", "yuv420p"),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", "28", *_SPEECH, *_MOVING_HEAD),
        ),
    )


MIDDLE, SMALL = _picture(720), _picture(360)


def cut_out(start: int, until: int) -> Recipe:
    """These seconds alone, in the middle size. What lies before is passed over, not read."""
    length = ("-t", str(until - start))
    return replace(MIDDLE, before=("-ss", str(start)), arguments=(*length, *MIDDLE.arguments))


SOUND = Recipe(mime="audio/mp4", muxer="mp4", arguments=("-vn", *_SPEECH, *_MOVING_HEAD))


def encode(program: Path, source: Path, mime: str, target: Path, recipe: Recipe) -> None:
    """Write `target` anew by the recipe. Raises EncodingFailed, then nothing is left of it."""
    command = [
        *(str(program), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-threads", "2"),
        *(
            *recipe.before,
            "-protocol_whitelist",
            "file",
            "-f",
            _DEMUXERS[mime],
            "-i",
            f"file:{source}",
        ),
        *("-map", "0:v:0?", "-map", "0:a:0?", "-map_metadata", "-1", *recipe.arguments),
        *("-threads", "2", "-f", recipe.muxer, f"file:{target}"),
    ]
    limits = {"memory": MEMORY, "seconds": PROCESSOR, "bytes": MOST_BYTES, "nice": NICE}
    asked = json.dumps(limits | {"command": command})
    child = str(Path(__file__).with_name("video_encoder.py"))
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", child, asked],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={},
        )
    except subprocess.TimeoutExpired:
        target.unlink(missing_ok=True)
        raise EncodingFailed("too long") from None
    if done.returncode or not target.is_file() or not target.stat().st_size:
        target.unlink(missing_ok=True)
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise EncodingFailed(told[-1][:200] if told else f"ended with {done.returncode}")
