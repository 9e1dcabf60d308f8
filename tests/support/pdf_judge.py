"""veraPDF as a judge of PDFs: PDF/UA-1 and PDF/A-2a. Its tests are marked `verapdf`."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JUDGE = ROOT / "tests/support/verapdf/Judge.java"
MAKE_READY = ("-XX:TieredStopAtLevel=1", "-Xmx384m")


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    """judge({"a": pdf}): a line for each rule of either standard that is broken."""
    said = subprocess.run([ROOT / ".ci/verapdf"], capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0, "bring veraPDF: .ci/verapdf fetch"

    def broken(pdfs):
        folder = tmp_path_factory.mktemp("judged")
        for name, pdf in pdfs.items():
            (folder / f"{name}.pdf").write_bytes(pdf)
        files = sorted(map(str, folder.glob("*.pdf")))
        java = ["java", *MAKE_READY, "-cp", f"{said.stdout.strip()}/*", str(JUDGE), "2a,ua1"]
        done = subprocess.run([*java, *files], capture_output=True, text=True, check=False)
        *lines, last = done.stdout.splitlines() or [""]
        assert (done.returncode, last) == (0, f"{2 * len(files)} verdicts"), done.stderr[-2000:]
        return lines

    return broken
