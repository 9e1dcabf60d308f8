"""Lists that lead from the newest to what is older, by the id of the last one shown."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort, request


def asked_before() -> UUID | None:
    """Where the reader is: `before` of the address; None at the newest. 404 where it is no id."""
    written = request.args.get("before", "")
    try:
        return UUID(written) if written else None
    except ValueError:
        abort(404)


def older_than(ids: Sequence[UUID], page: int) -> UUID | None:
    """Where the older ones begin; None when a page of so many is not full."""
    return ids[-1] if len(ids) == page else None
