"""Who judges our HTML: the W3C's checker where there are Java and npm, else a strict parser."""

import json
import shutil
import subprocess
from pathlib import Path

import html5lib
import pytest

VNU = "26.9.27"


def checker():
    """The W3C's Nu checker, brought once by npm into the user's cache; None where it can't be."""
    if not (shutil.which("java") and shutil.which("npm")):
        return None
    folder = Path.home() / ".cache" / "obshto" / f"vnu-{VNU}"
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", folder, "--no-save", "--no-audit"]
        subprocess.run([*command, f"vnu-jar@{VNU}"], capture_output=True, timeout=120, check=False)
    return jar if jar.exists() else None


def judged_by_vnu(jar, folder, pages):
    """Page → its errors."""
    files = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, "utf-8")
        files[file.name] = name
    command = ["java", "-Xss2m", "-jar", jar, "--errors-only", "--format", "json", "--stdout"]
    done = subprocess.run([*command, folder], capture_output=True, timeout=180, check=False)
    wrong = {}
    for message in json.loads(done.stdout)["messages"]:
        name = files[message["url"].rpartition("/")[2]]
        text = f"{message['message']} at {message.get('extract', '')[:120]}"
        wrong.setdefault(name, []).append(text)
    return wrong


def judged_by_parser(pages):
    """Page → what a parser that forgives nothing stopped at."""
    wrong = {}
    for name, html in pages.items():
        try:
            html5lib.HTMLParser(strict=True).parse(html)
        except html5lib.html5parser.ParseError as error:
            wrong[name] = str(error)
    return wrong


@pytest.fixture
def validator(request, tmp_path):
    jar = checker()
    request.config.stash[JUDGE] = f"vnu {VNU}" if jar else "html5lib alone (no Java or no npm)"

    def judge(pages):
        return judged_by_vnu(jar, tmp_path, pages) if jar else judged_by_parser(pages)

    return judge


JUDGE = pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config):
    if judge := config.stash.get(JUDGE, None):
        terminalreporter.write_line(f"HTML was judged by {judge}.")
