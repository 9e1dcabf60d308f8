"""A pooler that loses prepared statements or the search path: no process works behind it."""

from __future__ import annotations

from sqlalchemy import URL

from obshto.ops.compose import conninfo
from obshto.ops.config import Config
from obshto.platform.db.pooler import PoolerRefused, check_pooler, check_search_path

QUEUE = "queue"  # the schema of the jobs


def refuse_pooler(config: Config) -> None:
    """End this process with a sentence, before it answers anybody."""
    try:
        check_pooler(conninfo(config.database))
    except PoolerRefused as refused:
        raise SystemExit(str(refused)) from None


def queue_conninfo(address: URL) -> str:
    """The address as libpq spells it, with the search path of the queue."""
    return conninfo(address.update_query_dict({"options": f"-csearch_path={QUEUE}"}))


def refuse_lost_queue(address: URL, name: str) -> None:
    """End this process with a sentence where the queue would not be found.

    `name` is the setting that gave the address.
    """
    try:
        check_search_path(queue_conninfo(address), QUEUE, name)
    except PoolerRefused as refused:
        raise SystemExit(str(refused)) from None
