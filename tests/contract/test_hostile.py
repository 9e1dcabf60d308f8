"""Whoever sends a text or a file chooses it: no work grows with the square of its length."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("hostile.py")
NAMES = (
    *("old site", "markdown", "hints", "table, taxes, page links"),
    # Of one process, for its start is dearer than what it reads.
    "export, comparison, answer, links, feed, returned letter",
    "camt, mt940, document, workbook, workbook of sums, captions, definition, accounts, voters",
)
ROOT = Path(__file__).parents[2]
# Libraries that take what others wrote apart.
LIBRARY = re.compile(
    r"^\s*(?:from|import) (csv|defusedxml|email|feedparser|html|markdown_it|markdownify|mt940|nh3|"
    r"openpyxl|zipfile)\b",
    re.MULTILINE,
)
#: Who uses one of them, by the parsers above that lead there.
TRIED = {
    "platform/site_import/export_parser.py": "export",
    "platform/notify/bounces/report_parser.py": "returned letter",
    "platform/content/markdown.py": "markdown",
    "platform/content/fromhtml.py": "old site",
    "platform/storage/tables.py": "table",
    "platform/storage/sheet_reader.py": "workbook",
    "platform/storage/word_documents.py": "document",
    "platform/storage/docx_reader.py": "document",
    "platform/storage/statement_reader.py": "camt",
    "modules/feeds/services/feed_parser.py": "feed",
    "modules/pages/services/links.py": "page links",
    "modules/payments/services/table_reader.py": "taxes",
    "modules/videos/services/caption_file.py": "captions",
    "modules/voters/services/voter_list.py": "voters",
}
#: Who reads nothing of strangers with it, and why.
OWN = {
    "platform/notify/letter.py": "our own letters",
    "platform/web/file_responses.py": "writes",
    "platform/content/style_rules.py": "a list of ours",
    "platform/datasets/writers.py": "writes",
    "platform/storage/sheet_writer.py": "writes",
    "platform/storage/kinds.py": "lists of parts, of bounded length; PDFs in a child (record 82)",
    "platform/maps/base_map.py": "the operator's archive",
    "modules/transit/services/gtfs.py": "writes",
    "modules/voting/distribution/letters.py": "a list that who runs it has made",
    "ops/backup/archive_writer.py": "writes",
    "ops/backup/archive.py": "our own copies, by their fingerprints",
    "ops/helpdesk/team.py": "writes",
    "ops/keycloak/distribution.py": "a file of a known fingerprint",
}
# Of the processor, not of the clock, for a hundred texts: a parser needs three to ten. What takes
# the square of a length needs thousands.
SECONDS = 45
MEMORY = 700 * 1024 * 1024  # bytes of addresses, of which the program takes two fifths


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("names", NAMES)
def test_no_text_costs_more_than_its_length(names):
    read = subprocess.run(
        [sys.executable, str(CHILD), *names.split(", ")],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )
    last = read.stdout.splitlines()[-1:]
    assert read.returncode == 0, (last, read.stderr[-2000:])


def ours(path):
    """Not what building the styles has brought."""
    return "node_modules" not in path.parts


def test_every_reader_of_foreign_text_is_tried():
    """Whoever reads with another library, or in another file, says here by which of the parsers."""
    rooms = ("platform", "tenants", "modules", "billing", "sso", "ops")
    files = (path for room in rooms for path in (ROOT / room).rglob("*.py") if ours(path))
    found = {
        path.relative_to(ROOT).as_posix() for path in files if LIBRARY.search(path.read_text())
    }
    assert found == {*TRIED, *OWN}
    assert set(TRIED.values()) <= {name for names in NAMES for name in names.split(", ")}
