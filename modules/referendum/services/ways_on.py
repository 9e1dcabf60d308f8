"""Ways on from where a proposal stands: what follows if somebody acts or nobody does."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import LazyString

from obshto.modules.referendum.services.question_rules import again_after
from obshto.modules.referendum.services.states import REFUSED, Act, acts_from
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.legal.reasons import Why, in_language
from obshto.platform.legal.terms import Rule
from obshto.platform.petitions.due_rows import Days
from obshto.platform.web import formats


def ways_on(law: LawInForce[Act], state: str, days: Days, *, proposer: str) -> Sequence[Why]:
    """Sentences with their articles; none where the next step says all.

    One that speaks of an act is told only to those who have it.
    """
    acts = {act.way.name for act in acts_from(law, state, proposer)}
    rows = law.states[state].get("otherwise", ())
    return [_told(row, days) for row in rows if row.get("act") in (None, *acts)]


def _told(row: Rule, days: Days) -> Why:
    if "again_after" not in row:
        return Why(answer=row["text"], article=row["article"])
    again = again_after(REFUSED, days[row["again_after"]])
    values = {"day": formats.day(again.due_on)}
    answer = LazyString(lambda: in_language(row["text"]) % values)
    return Why(answer=answer, article=again.article)
