"""Earlier texts of news, and the pictures and files that stand beside them."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import text as sql

from obshto.modules.news import services as news
from obshto.modules.news.errors import NoSuchItem, StaleVersion
from obshto.modules.news.models import Version
from obshto.modules.news.privacy import erase
from obshto.modules.news.services import Text
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial import attachments
from obshto.platform.editorial import revisions as kept
from obshto.platform.permissions import Role
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.services import DRAW_COPIES
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TEXT = Text(title="Водата спира", summary="За два часа", markdown="В **петък** няма вода.")
OTHER = replace(TEXT, markdown="В **събота** няма вода.")


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=Principal(person_id=uuid4(), name="Росица Пенкова"))


@pytest.fixture
def item(uow):
    return news.write_item(uow, TEXT, request_id=uuid4())


def picture(width=1000, height=500):
    made = BytesIO()
    Image.new("RGB", (width, height), "#14532d").save(made, "JPEG")
    made.seek(0)
    return made


def attach(uow, item, *, title="Чешмата на площада", **more):
    given = {"name": "a.jpg", "title": title, "as_picture": True, "request_id": uuid4()} | more
    return attachments.add_file(uow, NEWS, item, given.pop("stream", None) or picture(), **given)


# -- versions --------------------------------------------------------------------------------


def test_each_text_that_stood_before_is_kept_with_whose_it_was(uow, item):
    other = replace(uow, principal=Principal(name="Мая"))
    news.edit_item(other, item, OTHER, expected_version=item.version)
    uow.session.flush()
    [version] = uow.session.scalars(kept.versions_of(NEWS, item))
    assert (version.markdown, version.saved_by) == (TEXT.markdown, "Росица Пенкова")


def test_a_note_to_readers_alone_makes_no_version(uow, item):
    news.publish_item(uow, item, expected_version=item.version)
    uow.session.flush()
    news.edit_item(uow, item, TEXT, expected_version=item.version, correction="Денят беше друг")
    uow.session.flush()
    assert item.correction == "Денят беше друг"
    assert uow.session.query(Version).count() == 0


def test_an_earlier_text_stands_again_and_the_one_of_today_is_kept(uow, item):
    news.edit_item(uow, item, OTHER, expected_version=item.version)
    uow.session.flush()
    [first] = uow.session.scalars(kept.versions_of(NEWS, item))
    kept.revert_text(uow, NEWS, item, first, expected_version=item.version)
    uow.session.flush()
    assert item.html == "<p>В <strong>петък</strong> няма вода.</p>\n"
    assert uow.session.scalars(kept.versions_of(NEWS, item)).first().markdown == OTHER.markdown
    assert uow.facts[-1].name == "news:item.reverted"
    number = len(uow.facts)
    kept.revert_text(uow, NEWS, item, first, expected_version=0)  # the same form, sent twice
    assert len(uow.facts) == number


def test_who_did_not_see_the_text_of_today_does_not_put_another_over_it(uow, item):
    news.edit_item(uow, item, OTHER, expected_version=item.version)
    uow.session.flush()
    [first] = uow.session.scalars(kept.versions_of(NEWS, item))
    with pytest.raises(StaleVersion):
        kept.revert_text(uow, NEWS, item, first, expected_version=item.version - 1)


def test_a_person_who_goes_is_named_beside_no_version(uow, item):
    news.edit_item(uow, item, OTHER, expected_version=item.version)
    uow.session.flush()
    erase(uow, uow.principal.person_id)
    uow.session.expire_all()
    [version] = uow.session.scalars(kept.versions_of(NEWS, item))
    assert (version.saved_by, version.saved_by_id) == ("", None)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_was_deleted_goes_with_versions_and_files(uow, item, owner, days, left):
    news.edit_item(uow, item, OTHER, expected_version=item.version)
    attach(uow, item, stream=picture(100, 100))
    news.delete_item(uow, item, expected_version=item.version)
    uow.session.flush()
    news.erase_deleted(replace(uow, now=uow.now + timedelta(days=days)))
    uow.session.commit()
    tables = ("news_item", "news_version", "news_attachment", "storage_file")
    counts = [owner(f"select count(*) from t_gorno_selo.{table}")[0][0] for table in tables]
    assert counts == [left] * 4


# -- pictures --------------------------------------------------------------------------------


def test_the_first_picture_leads_in_one_query_with_its_smaller_copies(uow, item, statements_of):
    first, _ = attach(uow, item), attach(uow, item, title="Друга")
    uow.session.flush()
    found = {}
    asked = statements_of(lambda: found.update(attachments.leads_of(uow, NEWS, [item.id])))
    lead = found[item.id]
    assert (lead.attachment.id, lead.whole.width) == (first.id, 1000)
    assert [width for width, _ in lead.copies] == [480, 960]
    assert len(asked) == 1


def test_a_picture_of_a_draft_is_not_there_for_strangers(uow, item):
    file = attach(uow, item)
    stranger = replace(uow, principal=Principal())
    with pytest.raises(NoSuchItem):
        attachments.file_for(stranger, NEWS, file.id)
    news.publish_item(uow, item, expected_version=item.version)
    uow.session.flush()
    assert attachments.file_for(stranger, NEWS, file.id).width == 1000


def test_a_neighbour_has_neither_the_picture_nor_the_version(uow, item, uow_in):
    file = attach(uow, item)
    news.edit_item(uow, item, OTHER, expected_version=item.version)
    uow.session.flush()
    [version] = uow.session.scalars(kept.versions_of(NEWS, item))
    uow.session.commit()
    with uow_in(NEIGHBOUR) as there:
        with pytest.raises(NoSuchFile):
            attachments.file_for(there, NEWS, file.id)
        with pytest.raises(NoSuchItem):
            kept.version_of(there, NEWS, version.id)


# -- the ways of an editor and a reader -------------------------------------------------------


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")


@pytest.fixture
def path(editor):
    typed = {"title": TEXT.title, "summary": TEXT.summary, "markdown": TEXT.markdown}
    answer = editor.press("/console/news/new", **typed)
    assert answer.status_code == 303
    return re.search(r"/console/news/[0-9a-f-]{36}", answer.location)[0]


def test_an_editor_pictures_a_news_item_and_readers_see_it_everywhere(editor, path, client, at):
    assert f'href="{path}/picture"' in editor.get(path).text
    answer = editor.press(f"{path}/picture", file=(picture(), "IMG_1.jpg"), title="Чешмата")
    assert answer.status_code == 303, answer.text
    editor.press(path, f"{path}/publish")
    page = client.get(path.removeprefix("/console"), base_url=at(VILLAGE)).text
    [shown] = re.findall(r'<img class="ob-lead"[^>]*>', page)
    assert 'alt="Чешмата"' in shown and "480w" in shown
    src = re.search(r'src="([^"]+)"', shown)[1]
    sent = client.get(src, base_url=at(VILLAGE))
    assert sent.mimetype == "image/webp"
    assert re.search(rf'og:image" content="http[^"]+{src}"', page)
    assert f'{src}"' in re.search(r'ld\+json">(.*?)</script>', page)[1]
    listed = client.get("/news/", base_url=at(VILLAGE)).text
    assert f'<img src="{src}?width=480" alt=""' in listed


def test_its_job_makes_a_picture_lighter_and_a_neighbour_has_none(
    editor, path, client, at, queued, draw_pictures
):
    editor.press(f"{path}/picture", file=(picture(), "IMG_1.jpg"), title="Чешмата")
    editor.press(path, f"{path}/publish")
    page = client.get(path.removeprefix("/console"), base_url=at(VILLAGE)).text
    sources = re.findall(r"(/news/files/\S+) (\d+)w", page)
    assert [width for _, width in sources] == ["480", "960", "1000"]
    taken = {"Accept": "image/avif,image/webp,*/*"}
    before = [client.get(one, base_url=at(VILLAGE), headers=taken).data for one, _ in sources]
    assert DRAW_COPIES in [name for name, _ in queued()]
    draw_pictures()
    answers = [client.get(one, base_url=at(VILLAGE), headers=taken) for one, _ in sources]
    assert len(set(before)) == 1  # whole, so that nothing is broken meanwhile
    assert [Image.open(BytesIO(one.data)).width for one in answers] == [480, 960, 1000]
    assert len(answers[0].data) < len(answers[1].data) < len(before[0])
    assert not Image.open(BytesIO(answers[0].data)).getexif()
    assert {client.get(one, base_url=at(NEIGHBOUR)).status_code for one, _ in sources} == {404}


def test_a_picture_without_words_is_not_taken(editor, path):
    assert TEXT.title in editor.get(f"{path}/picture").text.partition("<main")[2]
    answer = editor.press(f"{path}/picture", file=(picture(), "IMG_1.jpg"), title="")
    assert answer.status_code == 422
    assert "Въведете какво се вижда" in answer.text


def test_an_editor_compares_an_earlier_text_and_puts_it_back(editor, path):
    editor.press(path, markdown="В събота няма вода.")
    listed = editor.get(f"{path}/versions").text
    version = re.search(r"/console/news/versions/[0-9a-f-]{36}", listed)[0]
    beside = editor.get(version).text
    assert "<del>" in beside and "<ins>" in beside
    assert editor.press(version, f"{version}/revert").status_code == 303
    assert TEXT.markdown in editor.get(path).text


def test_feeds_carry_the_picture(editor, path, client, at, migrator):
    switched = "UPDATE shared.tenant SET modules = '{news,feeds}' WHERE slug = 'gorno-selo'"
    with migrator.begin() as connection:
        connection.execute(sql(switched))
    editor.press(f"{path}/picture", file=(picture(), "IMG_1.jpg"), title="Чешмата")
    editor.press(path, f"{path}/publish")
    [one] = json.loads(client.get("/feeds/feed.json", base_url=at(VILLAGE)).data)["items"]
    assert re.search(r"/news/files/[0-9a-f-]{36}$", one["image"])
    rss = client.get("/feeds/rss.xml", base_url=at(VILLAGE)).text
    found = re.search(r"<enclosure [^>]+>", rss)[0]
    size = int(re.search(r'length="(\d+)"', found)[1])
    sent = client.get(re.sub(r"^https?://[^/]+", "", one["image"]), base_url=at(VILLAGE))
    assert one["image"] in found and 'type="image/webp"' in found and size == len(sent.data)
    assert 'rel="enclosure"' in client.get("/feeds/atom.xml", base_url=at(VILLAGE)).text
