"""The child in which typst runs: a program of its own, under limits that it takes on itself.

Reads one JSON object from its input, writes the PDF or the picture to its output. Nothing of ours
is imported, so that it starts at once. When the template is read no further file can be opened and
no address asked: there is no free descriptor. It ends with 1 where typst refuses the template.
"""

from __future__ import annotations

import json
import resource
import sys

import typst


def take_limits(seconds: int, megabytes: int) -> None:
    """No more time, memory, files, dumps than this; what goes beyond is ended by the system."""
    room = megabytes << 20
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, room),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """One document."""
    told = json.loads(sys.stdin.buffer.read())
    take_limits(told["seconds"], told["megabytes"])
    try:
        made: bytes = typst.compile(
            told["template"].encode(),
            ignore_system_fonts=True,
            sys_inputs={"data": told["data"]},
            **told["options"],
        )
    except typst.TypstError as fault:
        sys.stderr.write(fault.message[:500])
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
