"""Limits of networks for pictures: one that is too large is drawn smaller, else it is refused.

What a network takes stands with its connector (`PictureLimits`). Editors hear of a shape that is
not taken before the post leaves; what leaves by itself fails on that network alone.
"""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from obshto.modules.feeds.errors import PictureTooLarge, PictureTooLong
from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services.port import PictureLimits
from obshto.modules.feeds.services.targets import targets_for
from obshto.platform.fetching.services import MB
from obshto.platform.storage.kinds import WEBP
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.pictures import draw_jpeg
from obshto.platform.storage.services import copies_of, file_of, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

WIDTHS = (960, 720, 540, 405)  # pixels of a picture that is handed over, until it is small enough
UNLIMITED = PictureLimits(size=25 * MB)  # whatever we keep


def picture_of(
    uow: UnitOfWork, picture_id: UUID, limits: PictureLimits, *, is_jpeg: bool
) -> tuple[bytes, str]:
    """Content and kind of a picture as a network takes it: at most `limits.size` bytes.

    Raises FileRefused, PictureTooLarge, PictureTooLong.
    """
    whole = file_of(uow, picture_id)
    if is_too_long(whole, limits):
        raise PictureTooLong(ratio=limits.ratio)
    copies = copies_of(uow, [picture_id], [WEBP])[picture_id]
    fitting = [one for one in (*copies, whole) if (one.width or 0) <= WIDTHS[0]]
    file = fitting[-1] if fitting else whole
    content = b"".join(pieces_of(uow, file))
    if not is_jpeg and len(content) <= limits.size:
        return content, file.mime
    for width in WIDTHS:
        drawn = draw_jpeg(BytesIO(content), width=width)
        if len(drawn) <= limits.size:
            return drawn, "image/jpeg"
    raise PictureTooLarge


def is_too_long(file: StoredFile, limits: PictureLimits) -> bool:
    """Whether one side is more times as long as the other than the network takes."""
    sides = sorted((file.width or 1, file.height or 1))
    return limits.ratio is not None and sides[1] > limits.ratio * sides[0]


def check_picture(uow: UnitOfWork, post: Post) -> None:
    """Against each network that the post shall go to. Raises PictureTooLong."""
    if post.picture_id is None:
        return
    file = file_of(uow, post.picture_id)
    for target in targets_for(uow, post.targets):
        limits = target.pictures if target.word in post.targets else None
        if limits and is_too_long(file, limits):
            raise PictureTooLong(ratio=limits.ratio)
