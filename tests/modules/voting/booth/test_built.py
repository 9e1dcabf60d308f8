"""The built booth: small, of the sources beside it, under a policy that lets nothing else in."""

import gzip
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

BOOTH = Path(__file__).parents[4] / "modules/voting/booth"
PAGE = (BOOTH / "booth.html").read_bytes()
TEXT = PAGE.decode()
POLICY = (BOOTH / "booth.html.csp").read_text().strip()
SOURCES = sorted((BOOTH / "src").iterdir())


def part(tag):
    [found] = re.findall(rf"<{tag}>(.*?)</{tag}>", TEXT, re.DOTALL)
    return found


def hashed(text):
    return b64encode(sha256(text.encode()).digest()).decode()


def test_the_page_was_built_from_these_sources():
    lines = (f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n" for path in SOURCES)
    said = sha256("".join(lines).encode()).hexdigest()
    assert f"<!-- sources: {said} -->" in TEXT, "run node modules/voting/booth/build.mjs"


def test_the_published_hash_is_the_pages():
    assert (BOOTH / "booth.html.sha256").read_text() == f"{sha256(PAGE).hexdigest()}  booth.html\n"


def test_the_policy_names_the_one_script_and_the_one_style():
    told = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert told["script-src"] == f"'sha256-{hashed(part('script'))}'"
    assert told["style-src"] == f"'sha256-{hashed(part('style'))}'"
    assert (told["default-src"], told["connect-src"]) == ("'none'", "'self'")
    assert told["require-trusted-types-for"] == "'script'"


def test_the_page_is_small_and_asks_for_nothing_else():
    assert len(gzip.compress(PAGE, 9)) <= 25_000
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|@import|url\(|https?://", TEXT)


def test_every_language_has_every_text_with_the_same_places():
    source = (BOOTH / "src/texts.js").read_text("utf-8")
    rows = re.findall(r"^  (\w+): \[(.*?)\],?$", source, flags=re.MULTILINE | re.DOTALL)
    told = {key: re.findall(r"'((?:[^'\\]|\\.)+)'", texts) for key, texts in rows}
    assert len(told) > 60
    for key, texts in told.items():
        places = [set(re.findall(r"\{\w+\}", text)) for text in texts]
        assert len(places) == 3 and places[0] == places[1] == places[2], key
    scripts = [path.read_text("utf-8") for path in SOURCES if path.suffix in {".js", ".html"}]
    assert set(re.findall(r'data-text="(\w+)"', TEXT)) <= set(told)
    assert set(re.findall(r"say\('(\w+)'", "".join(scripts))) <= set(told)


ESBUILD = BOOTH.parents[2] / "platform/web/assets/node_modules/esbuild"


@pytest.mark.skipif(
    not (shutil.which("node") and ESBUILD.exists()),
    reason="esbuild is not installed (make assets): the page cannot be built anew",
)
def test_the_same_sources_give_the_same_page(tmp_path):
    subprocess.run(["node", BOOTH / "build.mjs", tmp_path], check=True, capture_output=True)
    names = ("booth.html", "booth.html.csp", "booth.html.sha256")
    assert [
        name for name in names if (tmp_path / name).read_bytes() != (BOOTH / name).read_bytes()
    ] == []
