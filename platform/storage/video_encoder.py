"""Child process that becomes ffmpeg, with the limits that were asked for.

A program and no module of the house: it loads nothing but Python itself. Limits are set here, since
between the fork and the start of a program a process with threads may do nothing safely.
"""

from __future__ import annotations

import json
import os
import resource
import sys


def main() -> None:
    """Set the limits and go on as the program."""
    asked = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (asked["bytes"], asked["bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(asked["nice"])
    os.execv(asked["command"][0], asked["command"])  # noqa: S606 -- arguments are the house's own


if __name__ == "__main__":
    main()
