"""What was kept comes back as it was, and goes without a trace."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, text, update

from obshto.platform.storage import child
from obshto.platform.storage import services as storage
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import NoSuchFile, NothingInside, TooBig
from obshto.platform.storage.kinds import PIECE
from obshto.platform.storage.models import StoredFile

VILLAGE = "gorno-selo"


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def sent(app: Flask, uow, file, path="/", **headers):
    with app.test_request_context(path, headers=headers) as context:
        answer = send_file(uow, file)
        return answer, b"".join(answer.get_app_iter(context.request.environ))


def test_a_document_comes_back_as_it_was(app, uow, samples):
    for name, content in samples.items():
        file = storage.keep_document(uow, BytesIO(content), name=name)
        uow.session.commit()
        answer, body = sent(app, uow, file)
        assert body == content and file.sha256 == sha256(content).digest()
        assert answer.headers["Content-Length"] == str(len(content)) == str(file.size)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_long_document_lies_in_pieces_and_comes_back_whole(app, uow, owner):
    content = b"%PDF-1.7\n" + bytes(range(256)) * (3 * PIECE // 256)
    file = storage.keep_document(uow, BytesIO(content), name="дълъг.pdf")
    uow.session.commit()
    lengths = "select length(content) from t_gorno_selo.storage_chunk order by number"
    assert [row[0] for row in owner(lengths)] == [PIECE, PIECE, PIECE, 9]
    answer, body = sent(app, uow, file)
    assert body == content
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_who_has_it_already_gets_it_no_second_time(app, uow, samples):
    file = storage.keep_document(uow, BytesIO(samples["a.pdf"]), name="a.pdf")
    uow.session.commit()
    first, _ = sent(app, uow, file)
    again, body = sent(app, uow, file, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, body) == (304, b"")


AVIF_TAKEN = {"Accept": "image/avif,image/webp,*/*"}


def keep(uow, content, **said):
    """A picture that is kept, without what its job does."""
    file = storage.keep_picture(uow, BytesIO(content), name="чешма.png", **said)
    [job] = uow.jobs
    assert (job.name, job.arguments) == (storage.DRAW_COPIES, {"file_id": str(file.id)})
    uow.session.commit()
    return file


def test_a_picture_is_sent_whole_until_a_job_has_drawn_its_copies(app, uow, make):
    file = keep(uow, make.image((1000, 500)))
    assert (file.name, file.mime, file.width, file.height) == (
        "чешма.webp", "image/webp", 1000, 500,
    )  # fmt: skip
    answer, whole = sent(app, uow, file, "?width=480")
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert Image.open(BytesIO(whole)).width == 1000
    storage.draw_copies(uow, str(file.id))
    uow.session.commit()
    for asked, width in ((480, 480), (500, 960), (960, 960), (1600, 1000)):
        answer, body = sent(app, uow, file, f"?width={asked}")
        assert (answer.mimetype, Image.open(BytesIO(body)).width) == ("image/webp", width)
        assert answer.headers["Vary"] == "Accept"
    _, fine = sent(app, uow, file, "?width=480", **AVIF_TAKEN)
    _, plain = sent(app, uow, file, "?width=480")
    assert Image.open(BytesIO(fine)).width == 480 and len(fine) <= len(plain) < len(whole)
    assert sent(app, uow, file)[1] == whole


def clear():
    """A picture through which the page is seen."""
    made = BytesIO()
    Image.new("RGBA", (700, 500), (20, 83, 45, 60)).save(made, "PNG")
    return made.getvalue()


def test_copies_drawn_twice_are_there_once_and_those_of_a_gone_file_never(uow, owner):
    file = keep(uow, clear())
    for _ in range(2):
        storage.draw_copies(uow, str(file.id))
    kept = storage.copies_of(uow, [file.id])[file.id]
    assert {(copy.width, copy.mime) for copy in kept} == {(480, "image/webp"), (480, "image/avif")}
    assert len(kept) == 2
    for copy in kept:
        drawn = Image.open(BytesIO(b"".join(storage.pieces_of(uow, copy))))
        assert drawn.convert("RGBA").getpixel((5, 5))[3] < 128, copy.mime
    storage.forget_files(uow, [file.id])
    uow.session.expire_all()
    storage.draw_copies(uow, str(file.id))
    uow.session.commit()
    assert owner("select count(*) from t_gorno_selo.storage_file") == [(0,)]


def test_a_photograph_of_a_person_has_sealed_copies(app, uow, make, owner):
    content = BytesIO(make.image((1000, 500)))
    paper = storage.keep_photo(uow, content, name="a.png")
    assert not uow.jobs
    photo = storage.keep_photo(uow, content, name="a.png", has_copies=True)
    storage.draw_copies(uow, str(photo.id))
    uow.session.commit()
    assert owner("select distinct is_sealed from t_gorno_selo.storage_file") == [(True,)]
    assert Image.open(BytesIO(sent(app, uow, photo, "?width=480")[1])).width == 480
    assert Image.open(BytesIO(sent(app, uow, paper, "?width=480")[1])).width == 1000


def test_what_takes_too_much_to_draw_is_shown_whole(app, uow, make, monkeypatch):
    file = keep(uow, make.image((1000, 500)))
    monkeypatch.setattr(child, "MEMORY", 1024 * 1024)  # of addresses: no program fits
    storage.draw_copies(uow, str(file.id))
    assert not storage.copies_of(uow, [file.id])[file.id]
    answer, body = sent(app, uow, file, "?width=480")
    assert answer.status_code == 200 and Image.open(BytesIO(body)).width == 1000


def test_memory_is_bounded_by_the_piece_and_not_by_the_file(app, uow):
    with TemporaryFile() as stream:
        stream.write(b"%PDF-1.7\n")
        for _ in range(20):
            stream.write(b"x" * storage.MB)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        file = storage.keep_document(uow, stream, name="a.pdf")
        uow.session.commit()
        with app.test_request_context():
            answer = send_file(uow, file)
            assert sum(map(len, answer.response)) == file.size
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most - before < 8 * storage.MB


def test_too_much_and_nothing_are_refused(uow):
    with pytest.raises(NothingInside):
        storage.keep_document(uow, BytesIO(b""), name="a.txt")
    with TemporaryFile() as stream:
        stream.truncate(storage.LARGEST + 1)
        for keep in (storage.keep_document, storage.keep_picture):
            with pytest.raises(TooBig):
                keep(uow, stream, name="a.pdf")


def test_what_is_forgotten_leaves_nothing(uow, make, samples, owner):
    kept = storage.keep_document(uow, BytesIO(samples["a.pdf"]), name="a.pdf")
    gone = storage.keep_picture(uow, BytesIO(make.image((1000, 500))), name="a.png")
    uow.session.commit()
    storage.forget_files(uow, [gone.id])
    uow.session.commit()
    assert owner("select id from t_gorno_selo.storage_file") == [(kept.id,)]
    assert owner("select distinct file_id from t_gorno_selo.storage_chunk") == [(kept.id,)]
    uow.session.expire_all()
    with pytest.raises(NoSuchFile):
        storage.file_of(uow, gone.id)


def test_two_who_forget_the_same_files_never_wait_for_each_other(uow_in, owner):
    """One plan reads the rows as they lie, another as an index has them."""
    with uow_in(VILLAGE) as uow:
        texts = [BytesIO(b"text") for _ in range(3)]
        ids = sorted(storage.keep_document(uow, one, name="a.txt").id for one in texts)
        for one in reversed(ids):  # so they lie the other way round
            uow.session.execute(update(StoredFile).filter_by(id=one).values(size=5))
        uow.commit()

    def forget(plan):
        with uow_in(VILLAGE) as uow:
            uow.session.execute(text(f"SET LOCAL enable_{plan} = off"))
            uow.session.execute(text("SET LOCAL enable_bitmapscan = off"))
            storage.forget_files(uow, ids)
            uow.commit()

    with uow_in(VILLAGE) as uow, ThreadPoolExecutor(2) as pool:
        uow.session.scalars(select(StoredFile.id).filter_by(id=ids[1]).with_for_update()).one()
        both = [pool.submit(forget, plan) for plan in ("seqscan", "indexscan")]
        while owner("SELECT count(*) FROM pg_locks WHERE NOT granted") != [(2,)]:
            assert not any(one.done() for one in both)
        uow.session.rollback()
        assert [one.result() for one in both] == [None, None]
    assert owner("select count(*) from t_gorno_selo.storage_file") == [(0,)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Наредба № 1.PDF", "Наредба № 1.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\a.b.docx", "a.b.pdf"),
        ('a"; x="b.pdf', "a ; x= b.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "a b Set-Cookie x.pdf"),
        ("exe.\u202efdp.exe", "exe. fdp.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("я" * 500 + ".pdf", "я" * 100 + ".pdf"),
    ],
)
def test_a_name_is_fit_for_every_system(name, expected):
    assert storage.clean_name(name, "pdf") == expected


def test_a_file_of_a_neighbour_does_not_exist(uow, uow_in, samples):
    file = storage.keep_document(uow, BytesIO(samples["a.pdf"]), name="a.pdf")
    uow.session.commit()
    with uow_in("dolno-selo") as there, pytest.raises(NoSuchFile):
        storage.file_of(there, file.id)
