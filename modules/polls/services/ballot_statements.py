"""SQL of an answer, compiled once: what changes from one to the next are its values.

The second one deletes and lays anew who took part, in another order. That order follows from the
names and 32 random bytes of this one answer, not from `random()`: it is as good as any shuffling,
and no server may reckon it once for all rows, as a cluster does with what names no column.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from obshto.modules.polls.models import Participation, Poll, Said

# The tables themselves: the ORM compares columns with each other, and a sealed one forbids that.
_poll: Any = Poll.__table__
_taken: Any = Participation.__table__
_said: Any = Said.__table__
POLL = bindparam("poll", type_=_poll.c.id.type)
READ = ("id", "version", "published_at", "opens_at", "closes_at", "deleted_at", "asks_about")
COUNTED = ("online", "paper", "tally", "shown", "counted")

# Waits for whoever answers or closes.
LOCKING = (
    select(*(_poll.c[name] for name in (*READ, *COUNTED)))
    .where(_poll.c.id == POLL)
    .with_for_update()
)


@lru_cache(maxsize=16)
def counting(*changed: str) -> Select[Any]:
    """Write these columns of the poll, lay the pool anew, take the urn out: each row is a text of
    it, or the only one has none. Nothing of it where somebody took part as one of `known`.
    """
    taken = _has_answered()
    is_new = ~select(taken.c.has_answered).scalar_subquery()
    laid = _laid(is_new)
    values = {name: bindparam(name, type_=_poll.c[name].type) for name in changed}
    counted = update(_poll).where(_poll.c.id == POLL, is_new).values(values).cte("counted")
    urn = _unsettled(_said, is_new).returning(_said.c.question_id, _said.c.text, _said.c.on_paper)
    drawn = urn.cte("urn")
    found = select(taken.c.has_answered, drawn.c.question_id, drawn.c.text, drawn.c.on_paper)
    return found.select_from(taken.outerjoin(drawn, true())).add_cte(laid, counted)


def _has_answered() -> CTE:
    names = bindparam("known", type_=ARRAY(LargeBinary))
    own = _taken.c.poll_id == POLL, _taken.c.pseudonym == func.any(names)
    return select(exists().where(*own).label("has_answered")).cte("taken")


def _unsettled(table: Any, is_new: ColumnElement[bool]) -> Any:
    return delete(table).where(table.c.poll_id == POLL, table.c.is_settled.is_(False), is_new)


def _laid(is_new: ColumnElement[bool]) -> CTE:
    """However many lie in the pool. Where several who are signed in share a device, its name
    stands there already.
    """
    pool = _unsettled(_taken, is_new).returning(_taken.c.pseudonym).cte("pool")
    own = func.unnest(bindparam("own", type_=ARRAY(LargeBinary)))
    names = (
        select(pool.c.pseudonym).union(select(own.label("pseudonym")).where(is_new)).cte("names")
    )
    name, size = names.c.pseudonym, bindparam("pool", type_=Integer)
    order = func.sha256(name.concat(bindparam("order", type_=LargeBinary)))
    place = func.row_number().over(order_by=order)
    settled = case((func.count().over() >= 2 * size, size), else_=0)
    rows = select(POLL, name, (place <= settled).cast(Boolean)).order_by(order)
    laying = insert(_taken).from_select(["poll_id", "pseudonym", "is_settled"], rows)
    return laying.on_conflict_do_nothing().cte("laid")
