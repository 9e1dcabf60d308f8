"""Media store in a bucket that speaks S3: files are multipart uploads until they are whole.

A part of S3 has 5 MB or more, what comes from a browser may have less. So small ones lie as
objects of their own (`<municipality>/<key>/<offset>`) until they make a part together. What counts
is what the caller confirms by the next offset: everything behind it is written over. The state of
an upload is read from the store each time; nothing of it is kept here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from uuid import UUID

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session
from flask import Response, redirect

from obshto.platform.storage.encoder import Recipe, encode
from obshto.platform.storage.errors import StorageAway, StorageFull
from obshto.platform.storage.media import (
    SPARE,
    MediaFile,
    MediaStore,
    VideoFile,
    disposition,
    shown_in_page,
    told_of_video,
)
from obshto.platform.storage.sparse_copy import copy_head

MB = 1024**2
LEAST = 5 * MB  # of a part that is not the last (S3)
LARGE = 64 * MB  # of a file that we send ourselves: its parts
SIGNED_FOR_NGINX = 300  # seconds: it asks at once, its clock may differ
SIGNED_FOR_READER = 4 * 3600  # seconds: a browser asks the same address while a film is watched
_FULL = {"QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull", "507"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketAddress:
    """Where the bucket is and by which key: `url` is https://host/bucket."""

    url: str
    key: str
    secret: str = field(repr=False)
    region: str = "us-east-1"

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def bucket(self) -> str:
        return urlsplit(self.url).path.strip("/")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of S3 as it lists it, and where it ends in the file."""

    number: int
    etag: str
    end: int


class MediaBucket(MediaStore):
    """`accel` is the inner location of nginx that fetches a signed address; without it readers are
    led to that address. `scratch` is a folder for what ffmpeg reads and writes.
    """

    def __init__(
        self,
        address: BucketAddress,
        *,
        accel: str = "",
        encoder: Path | None = None,
        scratch: Path | None = None,
    ) -> None:
        super().__init__(encoder)
        self._address, self._accel, self._scratch = address, accel, scratch

    @cached_property
    def _client(self) -> Any:
        """Made by the process that uses it: connections do not survive a fork."""
        return get_session().create_client(
            "s3",
            endpoint_url=self._address.origin,
            region_name=self._address.region,
            aws_access_key_id=self._address.key,
            aws_secret_access_key=self._address.secret,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=30,
                retries={"mode": "standard", "max_attempts": 3},
                # Checksums of newer S3 are unknown to many of those that speak it.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def write_part(self, slug: str, key: UUID, offset: int, stream: BinaryIO) -> int:
        name, content = f"{slug}/{key}", stream.read()
        with _refusals():
            if not offset:
                self._forget(name)
            upload = self._running(name) or self._begin(name, offset)
            parts = self._parts(name, upload, offset)
            joined = self._pieces(name, _end(parts), offset) + content
            if len(joined) >= LEAST:
                self._put_part(name, upload, len(parts) + 1, joined)
            else:
                self._call("put_object", _piece(name, offset), Body=content)
        return offset + len(content)

    def finish(self, slug: str, key: UUID, size: int) -> None:
        name = f"{slug}/{key}"
        with _refusals():
            upload = self._running(name)
            if upload is None:
                if self._size(name) == size:
                    return
                upload = self._begin(name, size)
            parts = self._parts(name, upload, size)
            if rest := self._pieces(name, _end(parts), size):
                parts.append(self._put_part(name, upload, len(parts) + 1, rest))
            self._complete(name, upload, parts)
            self._forget_pieces(name)

    def read_video(self, slug: str, key: UUID) -> VideoFile:
        name = f"{slug}/{key}"
        with TemporaryDirectory() as folder, open(Path(folder) / "head", "w+b", 0) as file:
            with _refusals():
                copy_head(lambda at, length: self._bytes(name, at, length), self._size(name), file)
            return told_of_video(file)

    def encode(self, slug: str, source: UUID, mime: str, target: UUID, recipe: Recipe) -> int:
        assert self.encoder
        name, made = f"{slug}/{source}", f"{slug}/{target}"
        with TemporaryDirectory(dir=self._scratch) as folder:
            read, written = Path(folder) / "read", Path(folder) / "written"
            with _refusals():
                if shutil.disk_usage(folder).free < 2 * self._size(name) + SPARE:
                    raise StorageFull
                self._fetch(name, read)
            encode(self.encoder, read, mime, written, recipe)
            with _refusals():
                self._store(made, written)
            return written.stat().st_size

    def send(self, slug: str, key: UUID, mime: str, *, name: str) -> Response:
        address = self._client.generate_presigned_url(
            "get_object",
            Params={
                **self._named(f"{slug}/{key}"),
                "ResponseContentType": mime,
                "ResponseContentDisposition": disposition(name),
            },
            ExpiresIn=SIGNED_FOR_NGINX if self._accel else SIGNED_FOR_READER,
        )
        if not self._accel:
            answer = redirect(address)
            answer.headers["Cache-Control"] = "private, no-store"
            return answer  # type: ignore[return-value]
        answer = Response(mimetype=mime)
        answer.headers["X-Accel-Redirect"] = self._accel + address.replace("://", "/", 1)
        return shown_in_page(answer, name)

    def list_files(self, slug: str) -> Sequence[MediaFile]:
        with _refusals():
            whole = self._pages("list_objects_v2", f"{slug}/", "Contents")
            begun = self._pages("list_multipart_uploads", f"{slug}/", "Uploads")
            objects = [_file(slug, one["Key"], one["LastModified"], one["Key"]) for one in whole]
            return objects + [
                _file(slug, one["Key"], one["Initiated"], f"{one['Key']}?{one['UploadId']}")
                for one in begun
            ]

    def delete_file(self, slug: str, file: MediaFile) -> bool:
        name, _, upload = file.place.partition("?")
        with _refusals():
            if upload:
                self._abort(name, upload)
            else:
                self._call("delete_object", name)
        return True

    def _begin(self, name: str, offset: int) -> str:
        """A new upload; its first `offset` bytes are taken from the file, had that been finished:
        the commit after it never happened.
        """
        upload: str = self._call("create_multipart_upload", name)["UploadId"]
        if offset >= LEAST:
            self._call(
                "upload_part_copy",
                name,
                UploadId=upload,
                PartNumber=1,
                CopySource=self._named(name),
                CopySourceRange=f"bytes=0-{offset - 1}",
            )
        elif offset:
            self._call("put_object", _piece(name, 0), Body=self._bytes(name, 0, offset))
        return upload

    def _running(self, name: str) -> str | None:
        found = self._pages("list_multipart_uploads", name, "Uploads")
        running = [one for one in found if one["Key"] == name]
        return max(running, key=lambda one: one["Initiated"])["UploadId"] if running else None

    def _parts(self, name: str, upload: str, offset: int) -> list[_Part]:
        """Those that are confirmed: they lie before `offset` from end to end."""
        kept: list[_Part] = []
        for page in self._client.get_paginator("list_parts").paginate(
            **self._named(name), UploadId=upload
        ):
            for one in page.get("Parts", ()):
                end = _end(kept) + one["Size"]
                if one["PartNumber"] != len(kept) + 1 or end > offset or one["Size"] < LEAST:
                    return kept
                kept.append(_Part(one["PartNumber"], one["ETag"], end))
        return kept

    def _pieces(self, name: str, start: int, end: int) -> bytes:
        """What lies between as small objects."""
        found = bytearray()
        while start + len(found) < end:
            piece = self._call("get_object", _piece(name, start + len(found)))["Body"].read()
            if not piece:
                raise StorageAway
            found += piece[: end - start - len(found)]
        return bytes(found)

    def _put_part(self, name: str, upload: str, number: int, content: bytes) -> _Part:
        told = self._call("upload_part", name, UploadId=upload, PartNumber=number, Body=content)
        return _Part(number, told["ETag"], 0)

    def _complete(self, name: str, upload: str, parts: Sequence[_Part]) -> None:
        named = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
        self._call(
            "complete_multipart_upload", name, UploadId=upload, MultipartUpload={"Parts": named}
        )

    def _store(self, name: str, path: Path) -> None:
        with open(path, "rb") as file:
            if path.stat().st_size <= LARGE:
                self._call("put_object", name, Body=file)
                return
            upload, parts = self._begin(name, 0), list[_Part]()
            while piece := file.read(LARGE):
                parts.append(self._put_part(name, upload, len(parts) + 1, piece))
            self._complete(name, upload, parts)

    def _fetch(self, name: str, path: Path) -> None:
        body = self._call("get_object", name)["Body"]
        with open(path, "wb") as file:
            shutil.copyfileobj(body, file, MB)

    def _bytes(self, name: str, at: int, length: int) -> bytes:
        told = self._call("get_object", name, Range=f"bytes={at}-{at + length - 1}")
        content: bytes = told["Body"].read()
        return content

    def _size(self, name: str) -> int:
        return int(self._call("head_object", name)["ContentLength"])

    def _forget(self, name: str) -> None:
        """What an upload of that key left, when it begins anew."""
        while upload := self._running(name):
            self._abort(name, upload)
        self._forget_pieces(name)

    def _forget_pieces(self, name: str) -> None:
        for one in self._pages("list_objects_v2", f"{name}/", "Contents"):
            self._call("delete_object", one["Key"])

    def _abort(self, name: str, upload: str) -> None:
        with suppress(self._client.exceptions.NoSuchUpload):
            self._call("abort_multipart_upload", name, UploadId=upload)

    def _pages(self, word: str, prefix: str, of: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator(word)
        for page in pages.paginate(Bucket=self._address.bucket, Prefix=prefix):
            yield from page.get(of, ())

    def _call(self, word: str, name: str, **more: Any) -> Any:
        return getattr(self._client, word)(**self._named(name), **more)

    def _named(self, name: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": name}


def _piece(name: str, offset: int) -> str:
    return f"{name}/{offset:014d}"


def _end(parts: Sequence[_Part]) -> int:
    return parts[-1].end if parts else 0


def _file(slug: str, name: str, changed: Any, place: str) -> MediaFile:
    return MediaFile(name.removeprefix(f"{slug}/").partition("/")[0], place, changed.timestamp())


@contextmanager
def _refusals() -> Iterator[None]:
    """What the store answers in its own words, in ours."""
    try:
        yield
    except ClientError as refusal:
        code = str(refusal.response.get("Error", {}).get("Code", ""))
        raise (StorageFull if code in _FULL else StorageAway) from refusal
    except BotoCoreError as failure:
        raise StorageAway from failure
