"""Keycloak as a process that is started, waited for, stopped."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from obshto.ops.keycloak.distribution import THEMES, java_environment, obtain
from obshto.ops.keycloak.settings import KeycloakConfig
from obshto.ops.supervise import ChildEnded, Family, family

ADDRESS = "127.0.0.1"
START_SECONDS = 180.0  # the first start makes its tables; a busy small machine takes its time
LOOK_SECONDS = 0.2


@contextmanager
def keycloak_server(config: KeycloakConfig) -> Iterator[str]:
    """The issuer of a server that answers; stopped with the block, its data stay.

    Raises KeycloakNotHad, ChildEnded, AlreadyRunning when another has the same data.
    """
    program = obtain(config.cache, config.home)
    log = config.data / "log"
    with family(config.data / "running") as children:
        children.start("keycloak", _command(program, config), _environment(config), log)
        _wait(config, children, log)
        yield config.issuer


def _command(program: Path, config: KeycloakConfig) -> list[str]:
    # fmt: off
    return [
        str(program / "bin/kc.sh"), "start", "--optimized",
        "--http-enabled=true",
        f"--http-host={ADDRESS}",
        f"--http-port={config.port}",
        f"--hostname={config.url}",
        "--cache=local",  # alone: it looks for no neighbours and opens no port for them
        f"--spi-theme--folder--dir={THEMES}",
        # The theme is ours to change while it runs.
        "--spi-theme--cache-themes=false",
        "--spi-theme--cache-templates=false",
        "--spi-theme--static-max-age=-1",
    ]
    # fmt: on


def _environment(config: KeycloakConfig) -> dict[str, str]:
    return java_environment() | {
        "KC_DB_URL_PATH": str(config.data),
        # Taken when the database is new; it has them ever after.
        "KC_BOOTSTRAP_ADMIN_USERNAME": config.admin,
        "KC_BOOTSTRAP_ADMIN_PASSWORD": config.admin_password,
    }


def _wait(config: KeycloakConfig, children: Family, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not _answers(f"http://{ADDRESS}:{config.port}/realms/master"):
        try:
            children.check()
        except ChildEnded as ended:
            raise ChildEnded(f"{ended}\n{_last_words(log)}") from ended
        if time.monotonic() > end:
            raise ChildEnded(f"Keycloak did not answer within {START_SECONDS:.0f} s.")
        time.sleep(LOOK_SECONDS)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError as said:
        said.close()
        return False
    except OSError:
        return False


def _last_words(log: Path) -> str:
    said = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(said.strip().splitlines()[-8:])
