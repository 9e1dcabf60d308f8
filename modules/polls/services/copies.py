"""A published poll as a pattern, and a draft made of one: another municipality's, or one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from obshto.modules.polls.errors import NoSuchPoll
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.groups import slug_of
from obshto.modules.polls.services.library import ask_all
from obshto.modules.polls.services.pictures import lay_picture, shown_to_all
from obshto.modules.polls.services.polls import Draft, write_poll
from obshto.modules.polls.services.queries import Asked, asked_of, public
from obshto.modules.polls.services.states import WHO, Who
from obshto.modules.polls.services.wordings import wording_of
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, OTHERS, SOURCE
from obshto.tenants.api import Offered, offered_by_a_neighbour, offered_by_neighbours, visiting

PART = "polls"
OPEN_FOR = timedelta(days=14)
EVENING = 17  # o'clock


def pattern_of(poll: Poll, asked: Sequence[Asked]) -> dict[str, Any]:
    """What others may take over: words, questions, who may answer; no answer and no date."""
    return {
        "who": poll.who,
        "asks_about": poll.asks_about,
        "texts": {
            language: [poll.said_in(part, language) for part in ("title", "intro")]
            for language in LANGUAGES
        },
        "questions": [_told(one, _numbers(asked)) for one in asked],
    }


def offers(uow: UnitOfWork) -> list[Offered]:
    """Polls that other municipalities have published, the newest first. One read."""
    return offered_by_neighbours(PART, to=slug_of(uow))


def offer_of(uow: UnitOfWork, poll_id: UUID) -> Offered:
    """One of them, or one's own that has been published. Raises NoSuchPoll."""
    offered = _own(uow, poll_id) or offered_by_a_neighbour(PART, poll_id, to=slug_of(uow))
    if offered is None:
        raise NoSuchPoll
    return offered


def _own(uow: UnitOfWork, poll_id: UUID) -> Offered | None:
    """What was asked before and is to be asked again."""
    poll = uow.session.scalar(public().where(Poll.id == poll_id))
    if poll is None:
        return None
    assert poll.published_at
    return Offered(
        municipality=uow.scope.slug,
        names={SOURCE: uow.scope.title},
        object_id=poll.id,
        title=poll.title,
        published_at=poll.published_at,
        pattern=pattern_of(poll, asked_of(uow, poll.id)),
    )


def copy_poll(uow: UnitOfWork, offered: Offered, *, request_id: UUID) -> Poll:
    """A draft with the same words and questions; the same `request_id` again answers the first one.

    It ends in the evening of a day in two weeks, until the editor says otherwise.
    """
    poll = write_poll(uow, _draft(uow, offered.pattern), request_id=request_id)
    if poll.written_at == uow.now:  # not the same form, sent twice
        ask_all(uow, poll, offered.pattern["questions"], request_id=request_id)
        _bring_pictures(uow, poll, offered, request_id=request_id)
    return poll


def pictures_of(offered: Offered) -> int:
    """How many come along."""
    return sum(len(told.get("pictures", ())) for told in offered.pattern["questions"])


def _bring_pictures(uow: UnitOfWork, poll: Poll, offered: Offered, *, request_id: UUID) -> None:
    """Those that everybody may see there; one that is gone by now stays away.

    Both numbers of a picture stand for its place: question and option, 0 for the question itself.
    """
    asked = asked_of(uow, poll.id)
    for number, told in enumerate(offered.pattern["questions"]):
        for one in told.get("pictures", ()):
            with visiting(offered.municipality) as theirs:
                found = shown_to_all(theirs, UUID(one["id"]))
            if found is None:
                continue
            name, stream = found
            place = one["option"]
            lay_picture(
                uow,
                asked[number],
                stream,
                name=name,
                alt_text=one["seen"],
                words=one["words"],
                option=asked[number].options[place - 1] if place else None,
                request_id=uuid5(request_id, f"{number}/{place}"),
            )


def _draft(uow: UnitOfWork, pattern: Mapping[str, Any]) -> Draft:
    texts: Mapping[str, Sequence[str]] = pattern["texts"]
    title, intro = texts[SOURCE]
    return Draft(
        title=title,
        intro=intro,
        who=pattern["who"] if pattern["who"] in WHO else Who.ANYONE,
        asks_about=bool(pattern["asks_about"]),
        closes_at=evening_after(uow.now),
        words={
            language: dict(zip(("title", "intro"), texts.get(language, ("", "")), strict=True))
            for language in OTHERS
        },
    )


def evening_after(moment: datetime) -> datetime:
    day = (moment + OPEN_FOR).astimezone(SOFIA)
    return day.replace(hour=EVENING, minute=0, second=0, microsecond=0)


def _numbers(asked: Sequence[Asked]) -> dict[UUID, list[int]]:
    return {
        option.id: [number, place]
        for number, one in enumerate(asked, 1)
        for place, option in enumerate(one.options, 1)
    }


def _told(one: Asked, numbers: Mapping[UUID, list[int]]) -> dict[str, Any]:
    """As `library.wording` reads it."""
    said = wording_of(one)
    others = {
        language: [said.titles.get(language, ""), *said.labels.get(language, ())]
        for language in OTHERS
    }
    return {
        "kind": said.kind,
        "is_required": said.is_required,
        "only_if": sorted(numbers[option] for option in said.only_if),
        "pictures": _shown(one),
        SOURCE: [said.title, *said.options],
        **others,
    }


def _shown(one: Asked) -> list[dict[str, Any]]:
    """Its pictures: where they are fetched, what is seen on them, of which option, 0 for none."""
    places: dict[UUID | None, int] = {None: 0}
    places |= {option.id: place for place, option in enumerate(one.options, 1)}
    return [
        {
            "id": str(picture.id),
            "option": places[at],
            "seen": picture.alt_text,
            "words": picture.words,
        }
        for at, picture in one.pictures.items()
    ]
