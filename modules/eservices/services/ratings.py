"""How content people are: one tap, a comment afterwards, an answer of the staff."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from uuid import UUID, uuid5

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.modules.eservices.errors import NoSuchApplication, NotOverYet, StaleVersion
from obshto.modules.eservices.events import RatingAnswered, RatingGiven, ServiceRatedBad
from obshto.modules.eservices.models import Case, Rating
from obshto.modules.eservices.services.states import OPEN, record
from obshto.platform.entity import expect_version
from obshto.platform.keys.encryption import blind_index
from obshto.platform.questionnaires.places import place_in
from obshto.platform.unit_of_work import UnitOfWork

BAD, SO_SO, GOOD = 1, 2, 3
SCORES: Mapping[int, LazyString] = {
    GOOD: lazy_gettext("Доволен съм"),
    SO_SO: lazy_gettext("Горе-долу"),
    BAD: lazy_gettext("Не съм доволен"),
}
CODE = 12  # digits beside the id of the case, which is no secret


def code_of_rating(case: Case) -> str:
    """What the address on the slip ends in: who holds the slip may rate, and do nothing else."""
    number = int.from_bytes(blind_index("eservices_rating.code", case.id.hex))
    return f"{number % 10**CODE:0{CODE}d}"


def case_to_rate(uow: UnitOfWork, case_id: UUID, code: str) -> Case:
    """The case of a slip. Raises NoSuchApplication."""
    case = uow.session.get(Case, case_id)
    if case is None or not hmac.compare_digest(code_of_rating(case).encode(), code.encode()):
        raise NoSuchApplication
    return case


def rating_of(uow: UnitOfWork, case: Case, *, to_change: bool = False) -> Rating | None:
    """What was said of it."""
    wanted = select(Rating).where(Rating.case_id == case.id)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def rate(uow: UnitOfWork, case: Case, score: int) -> Rating:
    """One tap. Another tap changes it until somebody has answered. Raises NotOverYet."""
    if case.state in OPEN:
        raise NotOverYet
    rating = rating_of(uow, case, to_change=True) or _added(uow, case, score)
    if rating.score == score and rating.rated_at != uow.now:
        return rating
    if rating.answered_at:
        raise StaleVersion
    rating.score, rating.rated_at = score, uow.now
    record(uow, case, ServiceRatedBad if score == BAD else RatingGiven)
    return rating


def comment(uow: UnitOfWork, case: Case, words: str) -> None:
    """What somebody adds to their tap. Raises NotOverYet, StaleVersion."""
    rating = rating_of(uow, case, to_change=True)
    if rating is None:
        raise NotOverYet
    if rating.comment == words:
        return
    if rating.answered_at:
        raise StaleVersion
    rating.comment = words


def ratings(*, bad_only: bool) -> Select[Rating]:
    """For staff, the newest first; `bad_only` those that wait for an answer."""
    wanted = select(Rating).options(defer(Rating.comment), defer(Rating.answer))
    if bad_only:
        wanted = wanted.where(Rating.score == BAD, Rating.answered_at.is_(None))
    return wanted.order_by(Rating.rated_at.desc(), Rating.id)


def rating_at(uow: UnitOfWork, rating_id: UUID, *, to_change: bool = False) -> Rating:
    """Raises NoSuchApplication."""
    wanted = select(Rating).where(Rating.id == rating_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchApplication
    return found


def answer_rating(uow: UnitOfWork, rating: Rating, words: str, *, expected_version: int) -> None:
    """Answer somebody who was not content. Raises StaleVersion."""
    if rating.answer == words:
        return
    expect_version(rating, expected_version, StaleVersion)
    rating.answer, rating.answered_at = words, uow.now
    rating.answered_by_id, rating.answered_by = uow.principal.person_id, uow.principal.name
    record(uow, uow.session.get_one(Case, rating.case_id), RatingAnswered)


def _added(uow: UnitOfWork, case: Case, score: int) -> Rating:
    place = place_in(case.read().get("address_settlement", ""))
    rating = Rating(
        request_id=uuid5(case.id, "rating"),
        case_id=case.id,
        service=case.service,
        settlement=place.name if place else "",
        channel=case.channel,
        score=score,
        rated_at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(rating)
    except IntegrityError:  # another tap, in the same instant
        return uow.session.scalars(select(Rating).where(Rating.case_id == case.id)).one()
    return rating
