"""Files for whoever meets the repository: licences, publiccode.yml, hooks, owners, links."""

import re
import shlex
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HABITS = (
    *("CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "README.md"),
    *("docs/changelog-for-developers.md", "docs/newcomer.md", "docs/production.md"),
)
#: What the standard wants of every publiccode.yml (core schema 0.5).
WANTED = (
    *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"),
    *("description", "legal.license", "maintenance.type", "localisation.localisationReady"),
    "localisation.availableLanguages",
)
DEVELOPMENT = {"concept", "development", "beta", "stable", "obsolete"}
SOFTWARE = {
    *("standalone/web", "standalone/backend", "standalone/other"),
    *("library", "configurationFiles"),
}


def version() -> str:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    return setup["metadata"]["version"]


def matches(pattern: str, name: str) -> bool:
    """By the REUSE specification: `**` crosses folders, `*` does not."""
    parts = re.split(r"(\*\*|\*)", pattern)
    said = {"**": ".*", "*": "[^/]*"}
    return bool(re.fullmatch("".join(said.get(part, re.escape(part)) for part in parts), name))


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: what git tracks cannot be asked")
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in told.stdout.decode().split("\0") if name]


@pytest.fixture(scope="module")
def licences() -> list[tuple[str, str]]:
    """Each pattern of REUSE.toml with the licence that it gives."""
    told = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    paths = [(one["path"], one) for one in told]
    return [
        (pattern, one["SPDX-License-Identifier"])
        for path, one in paths
        for pattern in ([path] if isinstance(path, str) else path)
        if one["SPDX-FileCopyrightText"]
    ]


@pytest.fixture(scope="module")
def public_code() -> dict:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))


def licence_of(name: str, licences: list[tuple[str, str]]) -> str | None:
    return next((said for pattern, said in reversed(licences) if matches(pattern, name)), None)


def test_every_tracked_file_has_a_licence(licences):
    assert [name for name in tracked() if licence_of(name, licences) is None] == []


def test_every_line_about_a_licence_names_files_and_every_licence_has_its_text(licences):
    names = tracked()
    assert [p for p, _ in licences if not any(matches(p, name) for name in names)] == []
    said = {one for _, licence in licences for one in licence.split(" AND ")}
    assert said == {path.stem for path in (ROOT / "LICENSES").iterdir()}
    ours = (ROOT / "LICENSES/EUPL-1.2.txt").read_bytes()
    assert ours == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("platform/unit_of_work.py", "EUPL-1.2"),
        ("platform/web/static/dist/fonts/sofia-bg.33c8f1b00d.woff2", "OFL-1.1"),
        ("tenants/municipalities/data/coordinates.osm.json", "ODbL-1.0"),
        ("platform/web/static/dist/htmx.a0abb04f2f.js.br", "0BSD"),
    ],
)
def test_what_others_made_keeps_its_licence(name, licence, licences):
    assert licence_of(name, licences) == licence


def test_publiccode_has_what_the_standard_requires(public_code):
    for path in WANTED:
        found = public_code
        for key in path.split("."):
            assert key in found, path
            found = found[key]
        assert found not in ("", [], {}, None), path
    assert public_code["developmentStatus"] in DEVELOPMENT
    assert public_code["softwareType"] in SOFTWARE
    kind = public_code["maintenance"]["type"]
    who = {"internal": "contacts", "community": "contacts", "contract": "contractors"}
    assert kind == "none" or all(one["name"] for one in public_code["maintenance"][who[kind]])


def test_publiccode_speaks_all_languages_within_the_bounds(public_code):
    said = public_code["description"]
    assert set(said) == set(public_code["localisation"]["availableLanguages"])
    for language, text in said.items():
        assert 0 < len(text["shortDescription"]) <= 150, language
        assert 150 <= len(text["longDescription"]) <= 10_000, language
        assert all(0 < len(feature) <= 100 for feature in text["features"]), language


def test_publiccode_is_of_this_version_and_licence(public_code):
    assert public_code["softwareVersion"] == version()
    assert public_code["legal"]["license"] == "EUPL-1.2"
    assert f"\n## {version()} – " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_hooks_call_tools_that_are_there():
    told = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook for repo in told["repos"] for hook in repo["hooks"]]
    assert [repo["repo"] for repo in told["repos"]] == ["local"]  # nothing is fetched
    wanted = {"ruff", "ruff-format", "mypy", "import-linter", "words"}
    assert {hook["id"] for hook in hooks} == wanted
    for hook in hooks:
        assert (ROOT / shlex.split(hook["entry"])[0]).is_file(), hook["id"]


def test_owners_are_named_for_what_is_there():
    lines = (ROOT / "CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    for pattern, *owners in rules:
        assert owners and all(re.fullmatch(r"@[\w-]+/[\w-]+", one) for one in owners), pattern
        if pattern.startswith("/"):
            assert (ROOT / pattern.strip("/")).exists(), pattern


@pytest.mark.parametrize("name", HABITS)
def test_links_lead_to_files(name):
    file = ROOT / name
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", file.read_text("utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []
