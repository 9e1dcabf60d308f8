"""What git tracks: no key, no letter, no data of a run, nothing large without a reason."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
A_RUN_LEFT_THIS = re.compile(
    r"(^|/)\.(run|data|venv)/|(^|/)\.env$|\.(key|p12|pfx|pem|sqlite3?|dump)$|^(?!tests/).*\.eml$"
)
A_PRIVATE_KEY = re.compile(
    rb"-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s+[A-Za-z0-9+/]"
)
MOST_BYTES = 1_000_000
#: Files over the limit, each with its reason.
LARGE: dict[str, str] = {}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: what git tracks cannot be asked")
    told = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    return [Path(name) for name in told.decode().split("\0") if name and (ROOT / name).is_file()]


def test_nothing_that_a_run_leaves_behind_is_tracked() -> None:
    assert [str(path) for path in tracked() if A_RUN_LEFT_THIS.search(str(path))] == []


def test_no_private_key_is_tracked() -> None:
    assert [
        str(path) for path in tracked() if A_PRIVATE_KEY.search((ROOT / path).read_bytes())
    ] == []


def test_large_files_have_a_reason() -> None:
    large = {str(path) for path in tracked() if (ROOT / path).stat().st_size > MOST_BYTES}
    assert large == set(LARGE)


@pytest.mark.parametrize(
    "name", [".run/data/master.key", "a/.data/x", "letters/1.eml", "deploy/.env"]
)
def test_the_pattern_knows_what_a_run_leaves(name: str) -> None:
    assert A_RUN_LEFT_THIS.search(name)
