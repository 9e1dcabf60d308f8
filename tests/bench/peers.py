"""The Django peers of a region: their database, their municipalities, two ways of templates."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from region import BASE, HERE, served
from sqlalchemy import create_engine, text

PORT = BASE.partition(":")[2]
TEMPLATES = ("django", "jinja")


@contextmanager
def peers(region, slugs, templates=TEMPLATES):
    """By their templates: (port, process); and the files of hosts, with cookies and without."""
    settings = {
        "PEER_USER": region.superuser.username,
        "PEER_PASSWORD": region.superuser.password or "",
        "PEER_HOST": region.superuser.query["host"],
        "DJANGO_SETTINGS_MODULE": "django_peer.settings",
    }
    engine = create_engine(region.superuser, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS django_peer"))
        connection.execute(text("CREATE DATABASE django_peer"))
    engine.dispose()
    signed = _fill(settings, slugs)
    strangers = [line.partition(" ")[0] for line in signed]
    files = region.lines("peer-strangers", strangers), region.lines("peer-signed", signed)
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                served(
                    region,
                    "django_peer.wsgi:application",
                    more=settings | {"PEER_TEMPLATES": name},
                )
            )
            for name in templates
        }
        yield servers, files


def _fill(settings, slugs):
    environ = os.environ | settings | {"PYTHONPATH": str(HERE)}
    command = [sys.executable, "-m", "django_peer.fill", PORT, *slugs]
    done = subprocess.run(
        command, env=environ, cwd=Path(HERE), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
