"""How gunicorn serves (`--config python:obshto.ops.gunicorn`); its own flags win."""

from __future__ import annotations

from typing import Any

from obshto.ops.config import read_config
from obshto.ops.telemetry.startup import start, stop

_config = read_config()
workers, threads = _config.web_workers, _config.web_threads
worker_class = "gthread"
preload_app = True  # a worker that was killed is back at once: composed before the fork
control_socket_disable = True  # it would lie in the home folder, which may be read-only


def post_fork(server: Any, worker: Any) -> None:
    """Threads do not live through a fork, so measuring begins behind it."""
    start(_config, "web")


def worker_exit(server: Any, worker: Any) -> None:
    stop()
