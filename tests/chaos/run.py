"""`make drill`: everything that breaks, then what must be caught.

Each part is a program of its own; `--help` of each says how to run it alone, or with a seed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
FAULTS, WRITES = 200, 1000
# The program with its arguments, whether it must find nothing.
PARTS = (
    (("kill9.py", "--faults", str(FAULTS)), True),
    (("visibility.py", "--writes", str(WRITES)), True),
    (("restore.py", "--megabytes", "100"), True),
    (("overload.py",), True),
    (("hang.py",), True),
    (("full_disk.py",), True),
    (("kill9.py", "--faults", "20", "--mutant", "no_idempotency_key"), False),
    (("kill9.py", "--faults", "5", "--mutant", "no_optimistic_lock"), False),
    (("kill9.py", "--faults", "5", "--mutant", "no_fsync"), False),
    (("kill9.py", "--faults", "5", "--mutant", "no_webhook_dedup"), False),
    (("kill9.py", "--faults", "5", "--mutant", "no_voter_dedup"), False),
    (("kill9.py", "--faults", "5", "--mutant", "plaintext_tally"), False),
    (("visibility.py", "--writes", "200", "--mutant", "early_version_bump"), False),
    (("visibility.py", "--writes", "50", "--mutant", "no_cache_invalidation"), False),
    (("visibility.py", "--writes", "50", "--mutant", "no_writer_check"), False),
    (("overload.py", "--mutant", "open"), False),
    (("hang.py", "--mutant", "patient"), False),
)


def main():
    wrong = 0
    for (program, *arguments), is_sound in PARTS:
        began = time.monotonic()
        print(f"\n=== {program} {' '.join(arguments)}", flush=True)
        command = [sys.executable, HERE / program, *arguments]
        quiet = {} if is_sound else {"stdout": subprocess.PIPE, "text": True}
        ended = subprocess.run(command, check=False, **quiet)
        as_wanted = ended.returncode == (0 if is_sound else 1)
        if not is_sound and ended.stdout:
            print("\n".join(line for line in ended.stdout.splitlines() if _is_figure(line)))
        verdict = "as it must be" if is_sound else "caught"
        print(f"--- {verdict if as_wanted else 'WRONG'} after {time.monotonic() - began:.0f} s")
        wrong += not as_wanted
    sys.exit(bool(wrong))


def _is_figure(line):
    """Of a mutant only what was lost, doubled, linked or stale."""
    return line.startswith(("lost:", "doubled:", "linked:", "{"))


if __name__ == "__main__":
    main()
