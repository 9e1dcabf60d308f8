"""A Keycloak made ready to start: fetched, unpacked, built, with our extension in it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import obshto.sso.keycloak as sso

VERSION = "26.7.3"
ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
ROOM = Path(sso.__file__).parent
THEMES = ROOM / "theme"
EXTENSION = ROOM / "extension"
# Fixed when it is built; a start with the same answers needs no second build.
BUILD = ("--db=dev-file",)
# For small machines: the quick compiler only, one collector thread, half the usual memory.
JAVA_OPTIONS = (
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms128m -Xmx512m -XX:MaxMetaspaceSize=256m"
    " -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 -Djava.net.preferIPv4Stack=true"
)


class KeycloakNotHad(Exception):
    """Keycloak cannot be had on this machine; says how to mend it."""


def obtain(cache: Path, home: Path | None = None) -> Path:
    """The folder of a Keycloak that is ready; made once for this version and this extension.

    `home` is an unpacked Keycloak, which is copied and left as it is; without it Maven brings
    one. Raises KeycloakNotHad.
    """
    _find("java", "Keycloak needs Java 17 or newer (Debian: apt-get install default-jdk-headless)")
    ready = cache / f"keycloak-{VERSION}-{_digest(home)}"
    if ready.exists():
        return ready
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "keycloak.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another may be making the same
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix=".keycloak-") as unfinished:
                _make(Path(unfinished), home).rename(ready)
    return ready


def java_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of Keycloak's scripts. `JAVA_OPTS` of the machine's owner wins."""
    return {"JAVA_OPTS": JAVA_OPTIONS, **environ}


def _make(folder: Path, home: Path | None) -> Path:
    program = folder / "keycloak"
    if home:
        shutil.copytree(home, program, ignore=shutil.ignore_patterns("data"))
    else:
        _unpack(_fetch(folder), program)
    _add_extension(program, folder)
    _said([str(program / "bin/kc.sh"), "build", *BUILD])
    return program


def _fetch(folder: Path) -> Path:
    """From where Maven is told to look; its own settings say where that is."""
    maven = _find("mvn", "To fetch Keycloak takes Maven (Debian: apt-get install maven)")
    # fmt: off
    _said([
        maven, "--batch-mode", "--quiet", "dependency:copy",
        f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}",
    ])
    # fmt: on
    return next(folder.glob("*.zip"))


def _unpack(archive: Path, program: Path) -> None:
    with ZipFile(archive) as zipped:
        zipped.extractall(archive.parent)
    archive.unlink()
    next(archive.parent.glob("keycloak-*")).rename(program)
    for script in (program / "bin").glob("*.sh"):
        script.chmod(0o755)  # which ZipFile forgets


def _add_extension(program: Path, folder: Path) -> None:
    """Ours needs a compiler. Without one pages do not name the municipality, all else works."""
    compiler = shutil.which("javac")
    sources = sorted(EXTENSION.rglob("*.java"))
    if not (compiler and sources):
        return
    classes = folder / "classes"
    libraries = program / "lib/lib/main/*"
    line = [compiler, "-nowarn", "-cp", str(libraries), "-d", str(classes)]
    _said([*line, *map(str, sources)])
    shutil.copytree(EXTENSION / "META-INF", classes / "META-INF")
    packed = shutil.make_archive(str(folder / "obshto"), "zip", classes)
    shutil.move(packed, program / "providers/obshto.jar")


def _digest(home: Path | None) -> str:
    """Changes with the extension, with what it is built of, and with a compiler that appears."""
    made_of = hashlib.sha256("".join((*BUILD, str(shutil.which("javac")), str(home))).encode())
    for file in sorted(path for path in EXTENSION.rglob("*") if path.is_file()):
        made_of.update(file.read_bytes())
    return made_of.hexdigest()[:12]


def _find(program: str, otherwise: str) -> str:
    if found := shutil.which(program):
        return found
    raise KeycloakNotHad(f"There is no {program} here. {otherwise}.")


def _said(command: Sequence[str]) -> None:
    """Run it; its last words are in the exception when it fails."""
    done = subprocess.run(
        command, env=java_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise KeycloakNotHad(f"{Path(command[0]).name} failed.\n{words}")
