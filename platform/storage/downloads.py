"""A file on its way to somebody who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote
from uuid import UUID

from flask import Flask, Response, current_app, request
from sqlalchemy import select

from obshto.platform.db.session import TenantSession, db
from obshto.platform.scope import Scope, in_municipality
from obshto.platform.storage.kinds import AVIF, PIECE, WEBP
from obshto.platform.storage.models import Chunk, StoredFile, open_piece
from obshto.platform.storage.services import copies_of
from obshto.platform.unit_of_work import UnitOfWork

# Opened by itself, a file is nobody's: no script, no form, no cookie of ours (CSP, sandbox).
POLICY = "sandbox; default-src 'none'"


def send_file(
    uow: UnitOfWork, file: StoredFile, *, is_shown: bool = False, width: int | None = None
) -> Response:
    """Its bytes, a piece in memory at a time; 304 for who has them, 206 for a range.

    Documents are saved, not shown, unless `is_shown` says otherwise. Of a picture `width`, else
    `?width=` in the address, asks for a copy at least so wide, as AVIF for who takes it; the
    picture is sent whole until a job has drawn one.

    The caller has found out that this person may see what the file belongs to.
    """
    width = width or request.args.get("width", type=int)
    is_sized = width is not None and file.kind.is_picture
    if width and is_sized:
        file = _copy_of(uow, file, width)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # past the request
    pieces = _pieces(app, uow.scope, file.id, file.size, is_sealed=file.is_sealed)
    answer = Response(pieces, mimetype=file.mime)
    answer.headers["Content-Type"] = file.kind.header
    answer.headers["Content-Length"] = str(file.size)
    manner = "inline" if file.kind.is_picture or is_shown else "attachment"
    answer.headers["Content-Disposition"] = f"{manner}; {_named(file)}"
    answer.headers["Content-Security-Policy"] = POLICY
    if is_sized:
        answer.vary.add("Accept")
    answer.set_etag(file.sha256.hex()[:32])
    answer.make_conditional(request, accept_ranges=True, complete_length=file.size)
    return answer


def _copy_of(uow: UnitOfWork, file: StoredFile, width: int) -> StoredFile:
    """The lightest copy at least so wide that this browser takes, else the whole picture."""
    kinds = [AVIF, WEBP] if AVIF.mime in request.accept_mimetypes.values() else [WEBP]
    fitting = [
        one for one in copies_of(uow, [file.id], kinds)[file.id] if (one.width or 0) >= width
    ]
    narrowest = [one for one in fitting if one.width == fitting[0].width]
    return min(narrowest, key=lambda one: one.size, default=file)


def _named(file: StoredFile) -> str:
    """The name in the letters of its language, with a plain one for old browsers (RFC 6266)."""
    return f"filename=\"file.{file.kind.suffix}\"; filename*=UTF-8''{quote(file.name, safe='')}"


def _pieces(
    app: Flask, scope: Scope, file_id: UUID, size: int, *, is_sealed: bool
) -> Iterator[bytes]:
    """Each in a transaction of its own: a slow reader holds no connection while they read."""
    for number in range(-(-size // PIECE)):
        with app.app_context(), TenantSession(db, scope=scope) as session:
            piece = select(Chunk.content).filter_by(file_id=file_id, number=number)
            content = session.scalars(piece).one()
            if is_sealed:
                with in_municipality(scope.slug):
                    content = open_piece(file_id, number, content)
        yield content
