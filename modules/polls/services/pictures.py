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
from obshto.modules.polls.services.polls import check, check_free, tell, touch
from obshto.modules.polls.services.reading import Asked, public
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    copies_of,
    file_of,
    forget_files,
    keep_picture,
    pieces_of,
)
from obshto.platform.work import Work


def add_picture(
    work: Work,
    poll: Poll,
    asked: Asked,
    stream: BinaryIO,
    *,
    name: str,
    seen: str,
    words: Mapping[str, str],
    option: Option | None,
    request_id: UUID,
) -> Picture:
    """Lay a picture beside a question or one of its options; `seen` is what one sees on it.

    The same `request_id` again answers the first one. Raises FileRefused, HasPicture,
    QuestionFrozen.
    """
    known = work.session.scalar(select(Picture).where(Picture.request_id == request_id))
    if known:
        return known
    _check_place(poll, asked, option)
    picture = lay_picture(
        work, asked, stream, name=name, seen=seen, words=words, option=option, request_id=request_id
    )
    touch(work, poll)
    tell(work, PollEdited, poll)
    return picture


def lay_picture(
    work: Work,
    asked: Asked,
    stream: BinaryIO,
    *,
    name: str,
    seen: str,
    words: Mapping[str, str],
    option: Option | None,
    request_id: UUID,
) -> Picture:
    """The same of a poll that is just being written. Raises FileRefused, HasPicture."""
    stored = keep_picture(work, stream, name=name)
    picture = Picture(
        request_id=request_id,
        question_id=asked.question.id,
        option_id=option.id if option else None,
        file_id=stored.id,
        width=stored.width,
        height=stored.height,
        seen=seen,
        words=dict(words),
    )
    try:
        with work.session.begin_nested():
            work.session.add(picture)
    except IntegrityError:  # somebody else was faster
        raise HasPicture from None
    return picture


def _check_place(poll: Poll, asked: Asked, option: Option | None) -> None:
    check_free(poll)
    if (option.id if option else None) in asked.pictures:
        raise HasPicture


def remove_picture(work: Work, poll: Poll, picture: Picture, *, seen: int) -> None:
    """Take it away for good. Raises PollChanged, QuestionFrozen."""
    check(poll, seen)
    check_free(poll)
    forget_pictures(work, [picture])
    touch(work, poll)
    tell(work, PollEdited, poll)


def picture_named(work: Work, picture_id: UUID) -> Picture:
    """For staff. Raises NoSuchFile."""
    picture = work.session.get(Picture, picture_id)
    if picture is None:
        raise NoSuchFile
    return picture


def picture_for(work: Work, picture_id: UUID, *, width: int | None = None) -> StoredFile:
    """The file that may be sent to who asks: staff who write polls see those of drafts too.

    `width` asks for a smaller copy. Raises NoSuchFile.
    """
    wanted = select(Picture).join(Question, Question.id == Picture.question_id)
    wanted = wanted.where(Picture.id == picture_id)
    if not work.principal.may(PollsPermission.WRITE):
        seen = public().order_by(None).with_only_columns(Poll.id)
        wanted = wanted.where(Question.poll_id.in_(seen))
    picture = work.session.scalar(wanted)
    if picture is None:
        raise NoSuchFile
    copies = copies_of(work, [picture.file_id])[picture.file_id] if width else []
    smaller = next((copy for copy in copies if copy.width == width), None)
    return smaller or file_of(work, picture.file_id)


def shown_to_all(work: Work, picture_id: UUID) -> tuple[str, BytesIO] | None:
    """Name and content of a picture as a visitor gets it, whole; None where it is gone."""
    try:
        file = picture_for(work, picture_id)
    except NoSuchFile:
        return None
    return file.name, BytesIO(b"".join(pieces_of(work, file)))


def hand_over(work: Work, asked: Asked, now: Mapping[UUID, UUID]) -> int:
    """The pictures of old options go on with those that stand for them; the others are gone.

    Answers how many.
    """
    gone = []
    for option_id, picture in asked.pictures.items():
        if option_id and option_id not in now:
            gone.append(picture)
        elif option_id:
            picture.option_id = now[option_id]
    forget_pictures(work, gone)
    work.session.flush()
    return len(gone)


def forget_pictures(work: Work, pictures: Collection[Picture]) -> None:
    """They are gone for good, their files with them."""
    if not pictures:
        return
    forget_files(work, [picture.file_id for picture in pictures])
    ids = [picture.id for picture in pictures]
    work.session.execute(delete(Picture).where(Picture.id.in_(ids)))
