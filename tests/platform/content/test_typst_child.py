"""A template that means harm ends with a sentence: no file, no network, a bound of time, memory."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from support.pdf_text import pages_of

from obshto.platform.content import pdf
from obshto.platform.content.pdf import SettingLimits, TypesettingFailed, TypesettingTooLarge
from obshto.platform.documents import sheets
from obshto.platform.documents.errors import CannotBePrinted, TooLargeToPrint
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset

SMALL = SettingLimits(seconds=2, megabytes=512)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
ENDLESS = "#let n = 0\n#for i in range(99999) { for j in range(99999) { n += 1 } }"
BOMB = '#let s = "x"\n#for i in range(40) { s = s + s }\n#s.len()'


@pytest.fixture
def template(tmp_path):
    def write(text):
        path = tmp_path / "hostile.typ"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        '#read("hostile.typ")',
        '#image("/etc/hostname")',
        '#include "/etc/passwd"',
        '#json("data.json")',
        '#import "@preview/cetz:0.3.1": *',
        '#import "@local/secret:1.0.0": *',
        "#let",
    ],
)
def test_no_file_and_no_package_is_read(template, text):
    with pytest.raises(TypesettingFailed) as refusal:
        pdf.pdf_of(template(text), {}, limits=SMALL)
    assert not isinstance(refusal.value, TypesettingTooLarge)
    assert "root:" not in str(refusal.value)


def test_no_free_descriptor_is_left_to_ask_the_network_or_a_file(tmp_path):
    """What the child itself could do once its limits stand: open nothing, connect nowhere."""
    asked = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    program = (
        "import runpy, socket, sys\n"
        f"told = runpy.run_path({str(pdf.CHILD)!r})\n"
        "told['take_limits'](5, 2048)\n"
        "for act in (lambda: open('/etc/passwd'), lambda: open('/tmp/new', 'w'),\n"
        f"            lambda: socket.create_connection(('127.0.0.1', {server.server_port}))):\n"
        "    try:\n"
        "        act()\n"
        "    except OSError as fault:\n"
        "        print(fault.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    server.shutdown()
    server.server_close()
    assert done.stdout.split() == [b"24"] * 3 and asked == [], "EMFILE, and nobody was asked"


@pytest.mark.parametrize("text", [ENDLESS, BOMB])
def test_no_template_takes_more_than_it_may(template, text):
    with pytest.raises(TypesettingTooLarge):
        pdf.pdf_of(template(text), {}, limits=SMALL)


def sheet(*lines):
    return DocumentSheet(
        title="Проба",
        municipality="Община Проба",
        lines=[[Piece(line)] for line in lines],
        foot=[],
        check_url="https://example.com/verify/1",
        is_trial=True,
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [('#read("/etc/passwd")', CannotBePrinted), (ENDLESS, TooLargeToPrint)],
)
def test_a_document_that_cannot_be_set_says_so(template, monkeypatch, text, refusal):
    monkeypatch.setattr(sheets, "TEMPLATE", template(text))
    monkeypatch.setattr(sheets, "DOCUMENT", SMALL)
    with pytest.raises(refusal) as told:
        typeset(sheet("Текст"), at=NOW)
    assert "не може да се отпечата" in str(told.value)


def test_what_somebody_types_is_printed_and_never_run():
    lines = [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.1": *',
        "#while true {}",
        "$x$ *y*",
    ]
    printed = "".join(pages_of(BytesIO(typeset(sheet(*lines), at=NOW)))).replace(" ", "")
    for line in lines:
        assert line.replace(" ", "") in printed
    assert "root:" not in printed


def test_the_child_knows_nothing_of_where_it_runs(template):
    data = {"n": 7}
    dated = 'title: "Т", date: datetime(year: 2026, month: 12, day: 1)'
    text = f"#let d = json(bytes(sys.inputs.data))\n#set document({dated})\n#d.n"
    made = pdf.pdf_of(template(text), data)
    assert made.startswith(b"%PDF") and made == pdf.pdf_of(template(text), json.loads('{"n": 7}'))


def test_nothing_else_sets_in_a_process_of_ours():
    """The program of the commission has limits and processes of its own, far from the portal."""
    root = Path(__file__).parents[3]
    rooms = (root / room for room in ("platform", "tenants", "modules", "billing", "sso", "ops"))
    told = re.compile(r"^\s*(?:import|from) typst\b", re.MULTILINE)
    found = {
        str(path.relative_to(root))
        for room in rooms
        for path in room.rglob("*.py")
        if told.search(path.read_text("utf-8"))
    }
    assert found == {"platform/content/typst_child.py", "modules/voting/distribution/letters.py"}
