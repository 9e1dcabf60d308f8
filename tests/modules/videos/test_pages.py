"""Pages of videos: who may, what citizens see, how a file is sent."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from support.video_files import mp4

from obshto.modules.videos.services.uploads import PART
from obshto.platform.permissions import Role
from obshto.platform.storage.media import MEDIA_STORE
from obshto.platform.storage.media_folder import MediaFolder

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nГоворим за водопровода\n"


@pytest.fixture
def editor(sign_in, videos_on):
    return sign_in(VILLAGE, Role.EDITOR)


def describe(editor, **changed):
    typed = {"kind": "recording", "title": "Сесия за водата", "recorded_on": ["1", "10", "2026"]}
    answer = editor.post("/console/videos/new", typed | {"request_id": uuid4()} | changed)
    assert answer.status_code == 303, answer.text
    return UUID(answer.location.partition("?")[0].rpartition("/")[2])


def version(editor, video_id):
    page = editor.get(f"/console/videos/{video_id}").text
    return page.partition('name="expected_version" value="')[2].partition('"')[0]


def upload(editor, video_id, content):
    spoken = {"Tus-Resumable": "1.0.0"}
    length = spoken | {"Upload-Length": len(content)}
    begun = editor.post(f"/console/videos/{video_id}/tus", headers=length)
    part = {"content_type": "application/offset+octet-stream", "data": content}
    return editor.patch(begun.location, headers=spoken | {"Upload-Offset": 0}, **part)


def read(reader, path, **more):
    """A file to its end: an answer that nobody closes holds it open."""
    answer = reader.get(path, **more)
    assert answer.data is not None
    answer.close()
    return answer


def captions(editor, video_id, words=VTT):
    form = editor.get(f"/console/videos/{video_id}/captions/file").text
    seen = form.partition('name="expected_version"')[2].partition('value="')[2].partition('"')[0]
    file = (BytesIO(words.encode()), "a.vtt")
    path = f"/console/videos/{video_id}/captions/file"
    return editor.post(path, {"expected_version": seen, "file": file})


def test_a_video_comes_to_citizens_with_captions_and_text(editor, client, at, store):
    video_id, here = describe(editor), {"base_url": at(VILLAGE)}
    content = mp4(padding=500)
    assert upload(editor, video_id, content).headers["Upload-Offset"] == str(len(content))
    assert captions(editor, video_id).status_code == 303
    path = f"/videos/{video_id}"
    assert client.get(path, **here).status_code == 404
    assert client.get(f"{path}/file", **here).status_code == 404
    assert read(editor, f"/console{path}/file").status_code == 200
    seen = version(editor, video_id)
    assert editor.post(f"/console{path}/publish", {"expected_version": seen}).status_code == 303
    page = client.get(f"{path}?from=75", **here).text
    assert f"{path}/file#t=75" in page and f"{path}/captions.vtt" in page
    assert "1:15" in page
    assert "Говорим за водопровода" in client.get(f"{path}/text", **here).text
    found = client.get(f"{path}/text?q=ВОДОПРОВОДА", **here).text
    assert "?from=1#player" in found
    assert "Сесия за водата" in client.get("/videos/?q=водопровода", **here).text
    assert "Сесия за водата" not in client.get("/videos/?q=гората", **here).text
    part = read(client, f"{path}/file", headers={"Range": "bytes=4-7"}, **here)
    assert (part.status_code, part.data) == (206, b"ftyp")
    assert part.headers["Content-Range"] == f"bytes 4-7/{len(content)}"
    assert part.mimetype == "video/mp4" and "sandbox" in part.headers["Content-Security-Policy"]
    assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404
    assert client.get(f"{path}/file", base_url=at(NEIGHBOUR)).status_code == 404


def test_nginx_is_told_which_file_to_send(editor, app, store, tmp_path):
    video_id = describe(editor)
    upload(editor, video_id, mp4())
    [file] = store.list_files(VILLAGE)
    app.extensions[MEDIA_STORE] = MediaFolder(tmp_path, accel="/media-files/")
    answer = editor.get(f"/console/videos/{video_id}/file")
    assert answer.headers["X-Accel-Redirect"] == f"/media-files/{VILLAGE}/{file.key}"
    assert answer.data == b""


def test_what_is_no_video_is_told_and_given_up(editor, store):
    video_id = describe(editor)
    answer = upload(editor, video_id, b"no video" * 50)
    assert answer.status_code == 422 and "Изберете видео MP4 или WEBM" in answer.text
    assert "Качено е" not in editor.get(f"/console/videos/{video_id}").text


def test_a_small_file_goes_without_scripts(editor, store):
    video_id = describe(editor)
    path = f"/console/videos/{video_id}/upload"
    form = editor.get(path).text
    seen = form.partition('name="expected_version"')[2].partition('value="')[2].partition('"')[0]
    bad = editor.post(path, {"expected_version": seen, "file": (BytesIO(b"x" * 99), "a.mp4")})
    assert bad.status_code == 422 and "Изберете видео MP4 или WEBM" in bad.text
    sent = {"expected_version": seen, "file": (BytesIO(mp4()), "a.mp4")}
    assert editor.post(path, sent).status_code == 303
    assert f'data-size="{PART}"' in editor.get(path).text


def test_without_a_folder_the_console_says_so_and_goes_on(editor, app, store):
    app.extensions[MEDIA_STORE] = None
    video_id = describe(editor)
    assert "няма място за видео" in editor.get("/console/videos/").text
    assert "няма място за видео" in editor.get(f"/console/videos/{video_id}/upload").text
    length = {"Tus-Resumable": "1.0.0", "Upload-Length": 5}
    assert editor.post(f"/console/videos/{video_id}/tus", headers=length).status_code == 503
    assert captions(editor, video_id).status_code == 303


def test_faults_of_captions_stand_one_below_the_other(editor):
    video_id = describe(editor)
    bad = "WEBVTT\n\n00:05.000 --> 00:04.000\nа\n\n00:06.000 --> 00:07.000\n"
    answer = captions(editor, video_id, bad)
    assert answer.status_code == 422
    assert "Ред 3: надписът свършва" in answer.text.replace("\u00a0", " ")
    assert "Ред 6: под времето няма текст" in answer.text.replace("\u00a0", " ")


def test_a_meeting_leads_to_its_minute(editor, client, at, uow_in, meet):
    with uow_in(VILLAGE) as uow:
        meeting, [mill, _road] = meet(uow)
        meeting_id, mill_id = meeting.id, mill.id
        uow.commit()
    video_id = describe(editor, meeting_id=str(meeting_id))
    captions(editor, video_id)
    path = f"/console/videos/{video_id}"
    form = editor.get(f"{path}/chapters").text
    assert "Наемът на мелницата" in form and "Пътят" in form
    seen = form.partition('name="expected_version"')[2].partition('value="')[2].partition('"')[0]
    typed = {"lines-0-time": "0:02", "lines-0-title": "Наемът на мелницата"}
    typed |= {"lines-0-item": str(mill_id), "expected_version": seen}
    assert editor.post(f"{path}/chapters", typed | {"lines-0-time": "2"}).status_code == 422
    assert editor.post(f"{path}/chapters", typed).status_code == 303
    seen = version(editor, video_id)
    editor.post(f"{path}/publish", {"expected_version": seen})
    page = client.get(f"/meetings/{meeting_id}", base_url=at(VILLAGE)).text
    assert f"/videos/{video_id}/text#at-2" in page and "Гледайте от 0:02" in page


@pytest.mark.parametrize("role", [Role.MAYOR, Role.REGISTRY_CLERK])
def test_others_may_not(sign_in, editor, role):
    video_id, other = describe(editor), sign_in(VILLAGE, role)
    for path in ("", "new", f"{video_id}", f"{video_id}/captions", f"{video_id}/file"):
        assert other.get(f"/console/videos/{path}").status_code == 403
    assert other.post(f"/console/videos/{video_id}/publish", {}).status_code == 403
    sent = {"upload": uuid4(), "offset": 0, "part": (BytesIO(b"x"), "blob")}
    assert other.post(f"/console/videos/{video_id}/parts", sent).status_code == 403


def test_a_secretary_may_and_a_neighbour_finds_nothing(sign_in, editor):
    video_id = describe(editor)
    assert sign_in(VILLAGE, Role.SECRETARY).get(f"/console/videos/{video_id}").status_code == 200
    neighbour = sign_in(NEIGHBOUR, Role.EDITOR)
    for path in ("", "/file"):
        assert neighbour.get(f"/console/videos/{video_id}{path}").status_code == 404


def test_hiding_asks_why_and_a_late_copy_undoes_nothing(editor):
    video_id = describe(editor)
    captions(editor, video_id)
    path = f"/console/videos/{video_id}"
    seen = version(editor, video_id)
    editor.post(f"{path}/publish", {"expected_version": seen})
    bare = editor.post(f"{path}/hide", {"expected_version": int(seen) + 1, "because": " "})
    assert bare.status_code == 422 and "Напишете защо" in bare.text
    late = editor.post(f"{path}/hide", {"expected_version": seen, "because": "Адрес"})
    assert late.status_code == 422
    done = editor.post(f"{path}/hide", {"expected_version": int(seen) + 1, "because": "Адрес"})
    assert done.status_code == 303
    assert "Адрес" in editor.get("/console/videos/?list=hidden").text
