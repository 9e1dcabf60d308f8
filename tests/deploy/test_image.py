"""The image: pinned, without root, without the network once the libraries are there."""

import json
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FILES = ("Dockerfile", "deploy/keycloak.Dockerfile")
LINT = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")


def lines_of(path):
    """Instructions of a Dockerfile, each on one line."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / path).read_text("utf-8"), flags=re.MULTILINE)
    return [line for line in re.sub(r"\\\n\s*", " ", text).splitlines() if line.strip()]


def locked():
    text = (ROOT / "deploy/requirements.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.skipif(LINT is None, reason="there is no hadolint for this kind of machine")
@pytest.mark.parametrize("path", FILES)
def test_hadolint_finds_nothing(path):
    said = subprocess.run([LINT, str(ROOT / path)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.parametrize("path", FILES)
def test_bases_have_a_version_and_can_be_given_by_digest(path):
    bases = [line.split("=", 1)[1] for line in lines_of(path) if re.match(r"ARG \w+=.*/", line)]
    assert bases and all(re.search(r":\d+[\d.]*-?", base) for base in bases)
    for line in lines_of(path):
        if line.startswith("FROM"):
            assert line.split()[1].startswith("${")


def test_the_house_is_not_root_and_its_last_words_are_the_web_server():
    lines = lines_of("Dockerfile")
    assert "USER 10001:10001" in lines
    command = json.loads(lines[-1].removeprefix("CMD "))
    assert command[:4] == [
        "gunicorn",
        "obshto.ops.wsgi:app",
        "--config",
        "python:obshto.ops.gunicorn",
    ]


def test_after_the_libraries_nothing_is_fetched():
    runs = [line for line in lines_of("Dockerfile") if "pip install" in line]
    assert len(runs) == 2
    assert "--require-hashes" in runs[0] and "--only-binary :all:" in runs[0]
    assert "--no-index" in runs[1] and "--no-deps" in runs[1]


def test_the_lock_has_every_library_in_the_version_that_setup_asks_for():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    found = locked()
    for line in setup["options"]["install_requires"].split("\n"):
        if line:
            wanted = Requirement(line)
            name = wanted.name.lower().replace("_", "-")
            assert wanted.specifier.contains(found[name]), f"{line}: run  make lock"


def test_a_checkout_has_the_versions_of_the_image():
    text = (ROOT / "deploy/development.txt").read_text("utf-8")
    ours = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    differ = {
        name: (made, ours.get(name)) for name, made in locked().items() if ours.get(name) != made
    }
    assert differ == {}, "run  make lock"


def test_the_image_has_no_database_server():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    [server] = filter(None, setup["options.extras_require"]["run"].split("\n"))
    assert Requirement(server).name not in locked()


def test_every_file_of_the_lock_has_a_hash():
    text = (ROOT / "deploy/requirements.txt").read_text("utf-8")
    for block in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_nothing_goes_into_the_image_but_the_house():
    """Everything is left out, the house is let in again, and of it only what is made anew not."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    first, *rules = [line for line in ignored if line and not line.startswith("#")]
    assert first == "*"
    let_in = {line[1:] for line in rules if line.startswith("!")}
    assert let_in == {
        *("platform", "tenants", "modules", "billing", "sso", "ops", ".src"),
        *("setup.cfg", "pyproject.toml", "LICENSE", "README.md"),
        *("deploy/requirements.txt", "deploy/build.txt"),
    }
    made = {"**/__pycache__", "**/node_modules", "**/*.mo", "**/*.egg-info"}
    assert {line for line in rules if not line.startswith("!")} == made
