"""Ways on from where a proposal stands: what follows if somebody acts or nobody does."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.referendum.services.due_terms import Days
from obshto.modules.referendum.services.question_rules import again_after
from obshto.modules.referendum.services.states import (
    ANNULLED,
    APPEALED,
    DEBATE,
    GOVERNOR,
    REFUSED,
    REJECTED,
    WITH_PETITION,
)
from obshto.platform.legal.reasons import Why
from obshto.platform.web import formats


def _way(answer: LazyString, article: str) -> Why:
    return Why(answer=answer, article=f"ЗПУГДВМС {article}")


TO_COURT = _way(
    _("Ако съветът откаже, предложителите и областният управител могат да обжалват отказа."),
    "чл. 32, ал. 1",
)
JUDGED = _way(
    _("Ако предложителите или областният управител обжалват, решава административният съд."),
    "чл. 32, ал. 1",
)
CANCELLED = _way(
    _("Ако съдът отмени отказа, съветът насрочва референдума. Срокът тече от решението на съда."),
    "чл. 32, ал. 2",
)
TO_GOVERNOR = _way(
    _("Ако съветът не насрочи в срока, комитетът може да го поиска от областния управител."),
    "чл. 32, ал. 3",
)
ORDERED = _way(
    _("Ако областният управител насрочи референдума, срокът тече от заповедта му."),
    "чл. 32, ал. 3",
)
DECLINED = _way(
    _("Ако областният управител откаже, мотивите се публикуват и процедурата завършва."),
    "чл. 32, ал. 3",
)


def ways_on(state: str, days: Days, *, proposer: str) -> Sequence[Why]:
    """Sentences with their articles; none where the next step says all."""
    late = (TO_GOVERNOR,) if proposer in WITH_PETITION else ()
    if state == DEBATE:
        return (TO_COURT, *late)
    if state == REJECTED:
        return (JUDGED, CANCELLED, _stays(days, _NOBODY))
    if state == APPEALED:
        return (CANCELLED, _stays(days, _CONFIRMED))
    if state == ANNULLED:
        return late
    return (ORDERED, DECLINED) if state == GOVERNOR else ()


_NOBODY = _(
    "Ако никой не обжалва или съдът потвърди отказа, той е окончателен. Същият въпрос може да се"
    " предложи пак след %(day)s"
)
_CONFIRMED = _(
    "Ако съдът потвърди отказа, той е окончателен. Същият въпрос може да се предложи пак след"
    " %(day)s"
)


def _stays(days: Days, told: LazyString) -> Why:
    again = again_after(REFUSED, days["reject"])
    answer = LazyString(lambda: str(told) % {"day": formats.day(again.due_on)})
    return Why(answer=answer, article=again.article)
