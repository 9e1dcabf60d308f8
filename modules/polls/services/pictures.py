"""Pictures of questions and of their options: they show where those show, and go with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.polls.errors import HasPicture
from obshto.modules.polls.events import PollEdited
from obshto.modules.polls.models import Option, Picture, Poll, Question
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services.polls import check, check_free, raise_version, tell
from obshto.modules.polls.services.queries import Asked, public
from obshto.platform.entity import of_request
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    file_of,
    forget_files,
    keep_picture,
    pieces_of,
)
from obshto.platform.unit_of_work import UnitOfWork


def add_picture(
    uow: UnitOfWork,
    poll: Poll,
    asked: Asked,
    stream: BinaryIO,
    *,
    name: str,
    alt_text: str,
    words: Mapping[str, str],
    option: Option | None,
    request_id: UUID,
) -> Picture:
    """Lay a picture beside a question or one of its options; `alt_text` says what one sees on it.

    The same `request_id` again answers the first one. Raises FileRefused, HasPicture,
    QuestionFrozen.
    """
    known = of_request(uow, Picture, request_id)
    if known:
        return known
    _check_place(poll, asked, option)
    picture = lay_picture(
        uow,
        asked,
        stream,
        name=name,
        alt_text=alt_text,
        words=words,
        option=option,
        request_id=request_id,
    )
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)
    return picture


def lay_picture(
    uow: UnitOfWork,
    asked: Asked,
    stream: BinaryIO,
    *,
    name: str,
    alt_text: str,
    words: Mapping[str, str],
    option: Option | None,
    request_id: UUID,
) -> Picture:
    """The same of a poll that is just being written. Raises FileRefused, HasPicture."""
    stored = keep_picture(uow, stream, name=name)
    picture = Picture(
        request_id=request_id,
        question_id=asked.question.id,
        option_id=option.id if option else None,
        file_id=stored.id,
        width=stored.width,
        height=stored.height,
        alt_text=alt_text,
        words=dict(words),
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(picture)
    except IntegrityError:  # somebody else was faster
        raise HasPicture from None
    return picture


def _check_place(poll: Poll, asked: Asked, option: Option | None) -> None:
    check_free(poll)
    if (option.id if option else None) in asked.pictures:
        raise HasPicture


def remove_picture(uow: UnitOfWork, poll: Poll, picture: Picture, *, expected_version: int) -> None:
    """Take it away for good. Raises PollChanged, QuestionFrozen."""
    check(poll, expected_version)
    check_free(poll)
    forget_pictures(uow, [picture])
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)


def picture_named(uow: UnitOfWork, picture_id: UUID) -> Picture:
    """For staff. Raises NoSuchFile."""
    picture = uow.session.get(Picture, picture_id)
    if picture is None:
        raise NoSuchFile
    return picture


def picture_for(uow: UnitOfWork, picture_id: UUID) -> StoredFile:
    """The file that may be sent to who asks: staff who write polls see those of drafts too.

    Raises NoSuchFile.
    """
    wanted = select(Picture).join(Question, Question.id == Picture.question_id)
    wanted = wanted.where(Picture.id == picture_id)
    if not uow.principal.may(PollsPermission.WRITE):
        visible = public().order_by(None).with_only_columns(Poll.id)
        wanted = wanted.where(Question.poll_id.in_(visible))
    picture = uow.session.scalar(wanted)
    if picture is None:
        raise NoSuchFile
    return file_of(uow, picture.file_id)


def shown_to_all(uow: UnitOfWork, picture_id: UUID) -> tuple[str, BytesIO] | None:
    """Name and content of a picture as a visitor gets it, whole; None where it is gone."""
    try:
        file = picture_for(uow, picture_id)
    except NoSuchFile:
        return None
    return file.name, BytesIO(b"".join(pieces_of(uow, file)))


def hand_over(uow: UnitOfWork, asked: Asked, now: Mapping[UUID, UUID]) -> int:
    """The pictures of old options go on with those that stand for them; the others are gone.

    Answers how many.
    """
    gone = []
    for option_id, picture in asked.pictures.items():
        if option_id and option_id not in now:
            gone.append(picture)
        elif option_id:
            picture.option_id = now[option_id]
    forget_pictures(uow, gone)
    uow.session.flush()
    return len(gone)


def forget_pictures(uow: UnitOfWork, pictures: Collection[Picture]) -> None:
    """They are gone for good, their files with them."""
    if not pictures:
        return
    forget_files(uow, [picture.file_id for picture in pictures])
    ids = [picture.id for picture in pictures]
    uow.session.execute(delete(Picture).where(Picture.id.in_(ids)))
