"""House that a script brings up over an empty folder, or one that stands at `HOUSE`, a port."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

STANDS = os.environ.get("HOUSE")
PORT = int(STANDS or 8765)
VILLAGE = "kula"


def address(label, path):
    return f"http://{label}{'.' if label else ''}localhost:{PORT}{path}"


@contextmanager
def house(*commands):
    """`obshto run` over an empty folder, until it answers; ended with us.

    Then each of `commands`, words of `obshto`, over the same folder.
    """
    if STANDS:
        yield
        return
    with TemporaryDirectory() as folder:
        given = {**os.environ, "PORT": str(PORT), "DATA_DIR": folder}
        command = [Path(sys.executable).with_name("obshto"), "run"]
        process = subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL)
        try:
            wait_for(process)
            for words in commands:
                subprocess.check_call([command[0], *words.split()], env=given)
            yield
        finally:
            process.terminate()
            process.wait()


def wait_for(process):
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("the house did not come up")
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the house is too slow")


def sign_in(page, who, label=VILLAGE, path="/"):
    """By the pages that people use, a second factor too."""
    page.goto(address(label, f"/sign-in?next={path}&level=2"))
    page.get_by_role("button", name="Продължете").click()
    page.locator(f"button[value='demo:{who}']").click()
