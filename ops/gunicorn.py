"""What gunicorn does around a worker (`--config python:obshto.ops.gunicorn`)."""

from __future__ import annotations

from typing import Any

from obshto.ops.config import read_config
from obshto.ops.telemetry.starting import start, stop


def post_fork(server: Any, worker: Any) -> None:
    """Threads do not live through a fork, so measuring begins behind it."""
    start(read_config(), "web")


def worker_exit(server: Any, worker: Any) -> None:
    stop()
