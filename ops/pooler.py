"""A pooler that loses prepared statements: no process serves behind it."""

from __future__ import annotations

from obshto.ops.compose import conninfo
from obshto.ops.config import Config
from obshto.platform.db.pooler import PoolerRefused, check_pooler


def refuse_pooler(config: Config) -> None:
    """End this process with a sentence, before it answers anybody."""
    try:
        check_pooler(conninfo(config.database))
    except PoolerRefused as refused:
        raise SystemExit(str(refused)) from None
