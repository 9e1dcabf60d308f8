"""A guide shows its film where there is one, and its steps in any case."""

from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text
from support.webm_writer import whole_webm

from obshto.modules.videos.models import PRESENTATION
from obshto.modules.videos.services.caption_file import Cue
from obshto.modules.videos.services.captions import put_captions
from obshto.modules.videos.services.videos import VideoDetails, publish_video, write_video
from obshto.platform.permissions import Role
from obshto.platform.storage.media import MEDIA_STORE
from obshto.platform.storage.media_folder import MediaFolder

VILLAGE = "gorno-selo"
FILM = whole_webm([(0, True, b"picture")], width=480, height=800, length=9_000)
TYPED = {
    "title": "Как да подам",
    "summary": "За всеки.",
    "markdown": "## Отворете портала\n\nНапишете адреса.\n\n## Изпратете\n\nГотово.",
    "leads_to": "/go/help/",
}


@pytest.fixture(autouse=True)
def both_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{guides,videos}'"))
    yield
    engine.dispose()


@pytest.fixture
def store(app, tmp_path):
    before = app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = MediaFolder(tmp_path)
    yield app.extensions[MEDIA_STORE]
    app.extensions[MEDIA_STORE] = before


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def show(client, at):
    return lambda path, **more: client.get(path, base_url=at(VILLAGE), **more)


@pytest.fixture
def film(uow_in, store):
    """film(link): a presentation about that page, with its file and a caption; its path."""

    def made(link, *, title="Филм", is_public=True, has_file=True):
        with uow_in(VILLAGE) as uow:
            details = VideoDetails(
                kind=PRESENTATION, title=title, recorded_on=date(2026, 11, 1), link=link
            )
            video = write_video(uow, details, request_id=uuid4())
            if has_file:
                video.file_key, video.mime, video.size = uuid4(), "video/webm", len(FILM)
                store.write_part(VILLAGE, video.file_key, 0, BytesIO(FILM))
            uow.session.flush()
            put_captions(
                uow,
                video,
                [Cue(start_ms=0, end_ms=6_000, text="Отворете портала")],
                expected_version=video.version,
            )
            uow.session.flush()
            if is_public:
                publish_video(uow, video, expected_version=video.version)
            uow.commit()
            return video.path

    return made


def guide(editor, **changed):
    """The path of a guide that everybody reads."""
    answer = editor.post("/console/guides/new", TYPED | {"request_id": uuid4()} | changed)
    written = answer.location.partition("?")[0].rpartition("/")[2]
    assert editor.press(f"/console/guides/{written}", to="publish").status_code == 303
    return f"/guides/{UUID(written)}"


def test_a_film_plays_with_captions_by_ranges_and_never_by_itself(editor, film, show):
    path = guide(editor)
    video = film(path)
    page = show(path).text
    assert f'src="{video}/file"' in page and f'src="{video}/captions.vtt"' in page
    assert "<video" in page and " controls" in page and "autoplay" not in page
    assert f'href="{video}/text"' in page and "Отворете портала" in page
    part = show(f"{video}/file", headers={"Range": "bytes=0-99"})
    assert (part.status_code, len(part.data)) == (206, 100)
    part.close()
    # In another language the film is the same one, its address keeps the language.
    assert f'src="/ro{video}/file"' in show(f"/ro{path}").text


@pytest.mark.parametrize("missing", [{"is_public": False}, {"has_file": False}])
def test_without_a_film_to_play_the_steps_are_there_alone(editor, film, show, missing):
    path = guide(editor)
    film(path, **missing)
    page = show(path).text
    assert "<video" not in page and "Стъпка" in page and "Отворете портала" in page


def test_the_film_that_staff_chose_comes_before_others(editor, film, show):
    other = film("/go/help/", title="За друго")
    path = guide(editor)
    assert f'src="{other}/file"' in show(path).text  # it is about where the guide leads
    own = film(path, title="За упътването")
    assert f'src="{own}/file"' in show(path).text
    chosen = film("", title="Избраният")
    assert f'src="{chosen}/file"' in show(guide(editor, video=chosen, title="Друго")).text


def test_without_the_part_of_videos_a_guide_is_whole(editor, film, show, config):
    path = guide(editor)
    film(path)
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        off = "UPDATE shared.tenant SET modules = '{guides}', version = version + 1"
        connection.execute(text(off))
    engine.dispose()
    page = show(path).text
    assert "<video" not in page and "Стъпка" in page
