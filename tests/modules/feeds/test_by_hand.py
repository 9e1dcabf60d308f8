"""Posts that somebody puts on a network; villages whose mayor chose the profile of the province."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from obshto.modules.feeds import privacy
from obshto.modules.feeds.errors import NoSuchVillage, PostChanged
from obshto.modules.feeds.models import Post, VillageChoice
from obshto.modules.feeds.services import by_hand, posts, queries, villages
from obshto.modules.feeds.services.channel_text import tags_of
from obshto.modules.feeds.services.channels import remove_channel
from obshto.modules.feeds.services.posts import draft_of
from obshto.modules.feeds.services.source_changes import follow
from obshto.modules.feeds.services.targets import (
    every_target,
    looks_of,
    targets_for,
    targets_here,
)
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.errors import Conflict
from obshto.platform.permissions import Role
from obshto.platform.search.models import SearchEntry
from obshto.platform.settings.services import checked, save_settings, version_of

HAND = "hand:facebook"


@pytest.fixture
def settlements(switched_on, config):
    """Two settlements of the village, gone afterwards."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(add, {"slug": "gorno-selo"})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


def waiting(uow):
    return list(uow.session.scalars(queries.lists(uow.now)["hands"]))


def test_it_waits_for_somebody_and_again_after_each_change(uow, sent, delivered, stand):
    post = sent(uow, targets=(HAND,))
    delivered()
    assert (stand(post).state, waiting(uow)) == ("by_hand", [post])
    by_hand.confirm_by_hand(uow, post, stand(post), edition=1, address="https://f.example/1")
    by_hand.confirm_by_hand(uow, post, stand(post), edition=1)  # the same form, sent twice
    uow.commit()
    row = stand(post)
    assert (row.state, row.edition, row.remote_address) == ("delivered", 1, "https://f.example/1")
    better = replace(draft_of(post), title="Поправено")
    posts.edit_post(uow, post, better, expected_version=post.version)
    uow.commit()
    delivered()
    assert (stand(post).state, waiting(uow)) == ("by_hand", [post])
    with pytest.raises(PostChanged):  # of a page that showed the text before it
        by_hand.confirm_by_hand(uow, post, stand(post), edition=1)
    by_hand.confirm_by_hand(uow, post, stand(post), edition=2)
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert (stand(post).state, waiting(uow)) == ("by_hand", [post])
    by_hand.confirm_by_hand(uow, post, stand(post), edition=0)
    assert (stand(post).state, stand(post).remote_address, waiting(uow)) == ("withdrawn", "", [])


def test_what_nobody_has_put_there_is_withdrawn_without_anybody(uow, sent, delivered, stand):
    post = sent(uow, targets=(HAND,))
    delivered()
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert stand(post).state == "withdrawn" and waiting(uow) == []


def test_before_its_hour_nobody_is_asked_to_put_it_there(uow, sent, delivered, stand):
    post = sent(uow, targets=(HAND,), send_at=uow.now.replace(year=uow.now.year + 1))
    delivered()
    assert (stand(post).state, waiting(uow)) == ("waiting", [])


def chosen(uow, *settings):
    """By-hand networks as an editor is offered them, with these settings on."""
    told = checked(FeedsSettings, {f"hand_{name}": True for name in settings})
    save_settings(uow, "feeds", told, expected_version=version_of(uow, "feeds"))
    return {word for word in targets_here(uow) if word.startswith("hand:")}


def test_a_municipality_chooses_the_networks_that_somebody_serves(uow):
    assert chosen(uow) == {HAND}
    every = ("instagram", "viber", "telegram", "bluesky", "mastodon")
    assert chosen(uow, *every) == {HAND} | {f"hand:{name}" for name in every}


def test_a_connected_network_is_not_offered_by_hand_and_what_goes_there_stays(uow, page):
    assert chosen(uow, "viber") == {"hand:viber"}  # the page in Facebook is connected
    page.is_regional = True  # of the province: their own is still done by hand
    uow.session.flush()
    assert chosen(uow) == {HAND}
    page.is_regional = False
    uow.session.flush()
    offered = [target.word for target in targets_for(uow, [HAND])]
    assert HAND in offered and str(page.id) in offered


def test_a_text_by_hand_fits_the_network(uow, sent):
    post = sent(uow, summary="дума " * 100, targets=("hand:bluesky",))
    [_feeds, look, _sms] = looks_of(uow, post, [every_target(uow)["hand:bluesky"]])
    assert look.length <= look.limit == 300 and look.is_cut


def test_what_a_network_refused_somebody_puts_there(uow, page, facebook, sent, delivered, stand):
    facebook.fails["put"] = [100]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    row = stand(post)
    assert row.state == "failed" and by_hand.can_take_over(row)
    for _ in range(2):
        by_hand.confirm_by_hand(uow, post, row, edition=1, address="https://f.example/1")
    uow.commit()
    row = stand(post)
    assert (row.state, row.trouble, row.remote_address) == (
        *("delivered", ""),
        "https://f.example/1",
    )
    posts.edit_post(
        uow, post, replace(draft_of(post), title="Поправено"), expected_version=post.version
    )
    uow.commit()
    delivered()
    assert (stand(post).state, facebook.puts) == ("by_hand", 0)  # from now on in their hands


def test_what_waited_for_a_profile_that_was_removed_goes_on_by_hand(
    uow, page, facebook, sent, delivered, stand
):
    gone = str(page.id)
    there = sent(uow, targets=(gone,))
    delivered()
    facebook.token = "other"
    waits = sent(uow, targets=(gone, "region"))
    later = sent(uow, targets=(gone,), send_at=uow.now.replace(year=uow.now.year + 1))
    delivered()
    remove_channel(uow, page, expected_version=page.version)
    uow.commit()
    delivered()
    assert stand(there).state == "stays" and there.targets == [gone]
    assert waits.targets == [HAND, "region"] and waiting(uow) == [waits]
    assert (stand(later).target, stand(later).state) == (HAND, "waiting")


def test_what_may_stand_there_is_not_put_there_a_second_time(
    uow, page, facebook, sent, delivered, stand
):
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    row = stand(post)
    row.state = "failed"  # after its tries: it was asked and nobody knows
    assert row.asked_at and not by_hand.can_take_over(row)
    with pytest.raises(PostChanged):
        by_hand.confirm_by_hand(uow, post, row, edition=1)


def test_an_editor_copies_text_and_picture_and_says_it_is_there(
    uow, delivered, stand, picture, sign_in, apart
):
    draft = posts.Draft(title="Пазарът е на стадиона", picture_alt="Площадът", targets=(HAND,))
    post = posts.write_post(uow, draft, request_id=uuid4(), picture=picture("red"))
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    apart(copy_and_tick, sign_in, f"/console/feeds/{post.id}", stand(post).id)
    assert stand(post).state == "delivered"


def copy_and_tick(sign_in, home, delivery_id):
    editor = sign_in("gorno-selo", Role.EDITOR)
    assert "Пазарът е на стадиона" in editor.get("/console/feeds/?list=hands").text
    path = f"{home}/deliveries/{delivery_id}"
    assert path in editor.get(home).text
    page = editor.get(path).text
    ready = re.search(r"<textarea[^>]+readonly[^>]*>([^<]+)<", page)[1]
    assert "Пазарът е на стадиона" in ready and home.removeprefix("/console") in ready
    assert editor.get(f"{home}/picture.jpg").data.startswith(b"\xff\xd8\xff")
    answer = editor.post(path, {"expected_version": "1"})
    assert answer.status_code == 422 and "Отбележете, след като сте готови" in answer.text
    answer = editor.post(
        path, {"expected_version": "1", "is_done": "y", "address": "javascript:alert(1)"}
    )
    assert answer.status_code == 422 and "javascript:alert(1)" in answer.text
    for edition in ("x", "-1", "7"):  # a page that was meddled with, or is older
        assert editor.post(path, {"expected_version": edition, "is_done": "y"}).status_code == 422
    for _ in range(2):
        assert editor.post(path, {"expected_version": "1", "is_done": "y"}).status_code == 303
    stranger = sign_in("dolno-selo", Role.EDITOR)
    assert stranger.get(path).status_code == 404
    assert stranger.post(path, {"expected_version": "1", "is_done": "y"}).status_code == 404
    assert stranger.get(f"{home}/picture.jpg").status_code == 404
    finance = sign_in("gorno-selo", Role.FINANCE_OFFICER)
    assert finance.get(path).status_code == 403


def test_a_person_decides_in_the_console_what_nobody_knows(
    uow, page, facebook, sent, delivered, stand, again, sign_in, apart
):
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    facebook.statuses.clear()
    again()
    apart(say_it_is_absent, sign_in, f"/console/feeds/{post.id}/deliveries/{stand(post).id}")
    again()
    assert (stand(post).state, facebook.puts) == ("delivered", 2)


def say_it_is_absent(sign_in, path):
    editor = sign_in("gorno-selo", Role.EDITOR)
    assert "Не се знае дали е излязла" in editor.get(path).text
    assert editor.post(path, {}).status_code == 422
    assert editor.post(path, {"answer": "absent", "expected_version": "1"}).status_code == 422
    assert editor.press(path, answer="absent").status_code == 303


def entry(uow, place):
    row = SearchEntry(
        **{"part": "notices", "object_id": uuid4(), "language": "bg", "kind": "notice"},
        **{"title": "Няма вода", "text": "Няма вода от 9 часа.", "place": place},
        **{"path": "/notices/1", "published_at": uow.now, "until": None},
        **{"title_tokens": "", "tokens": "", "picture": None},
    )
    uow.session.add(row)
    uow.commit()
    return row


def test_news_of_a_village_go_to_the_province_by_choice_of_its_mayor(
    settlements, uow, delivered, visit
):
    here = villages.villages_here(uow)[0]
    told = entry(uow, here.name)
    follow(uow, part="notices", object_id=str(told.object_id))
    assert uow.session.scalars(select(Post)).all() == []
    villages.choose(uow, here.ekatte, is_on=True, expected_version=here.version)
    uow.commit()
    other = entry(uow, "с. Другаде")
    for one in (told, told, other):
        follow(uow, part="notices", object_id=str(one.object_id))
    uow.commit()
    [post] = uow.session.scalars(select(Post)).all()
    assert (post.targets, post.place) == (["region"], here.name)
    delivered()
    delivered()
    assert "Няма вода" in visit("/feeds/", "").text


def test_a_no_of_the_mayor_holds_where_all_else_is_automatic(settlements, uow):
    wanted = FeedsSettings(is_automatic=True, second_eyes_region=False)
    save_settings(uow, "feeds", wanted, expected_version=version_of(uow, "feeds"))
    here = villages.villages_here(uow)[0]
    villages.choose(uow, here.ekatte, is_on=False, expected_version=here.version)
    uow.commit()
    refused, other = entry(uow, here.name), entry(uow, "")
    for one in (refused, other):
        follow(uow, part="notices", object_id=str(one.object_id))
    [post] = uow.session.scalars(select(Post)).all()
    assert (post.object_id, post.targets) == (other.object_id, ["region"])


def test_what_a_mayor_chose_is_in_what_the_house_knows_of_them(settlements, uow):
    here = villages.villages_here(uow)[0]
    villages.choose(uow, here.ekatte, is_on=True, expected_version=here.version)
    mayor = uow.session.get_one(VillageChoice, here.ekatte).decided_by_id = uuid4()
    uow.session.flush()
    [choice] = privacy.export(uow, mayor)["village_choices"]
    assert choice["ekatte"] == here.ekatte
    privacy.erase(uow, mayor)
    assert privacy.export(uow, mayor)["village_choices"] == []


def test_what_a_mayor_chose_is_not_undone_by_an_older_page(settlements, uow):
    here = villages.villages_here(uow)[0]
    villages.choose(uow, here.ekatte, is_on=True, expected_version=here.version)
    villages.choose(uow, here.ekatte, is_on=True, expected_version=here.version)
    with pytest.raises(Conflict):
        villages.choose(uow, here.ekatte, is_on=False, expected_version=here.version)
    with pytest.raises(NoSuchVillage):
        villages.choose(uow, "00000", is_on=True, expected_version=0)


def test_the_mayor_chooses_in_the_console_and_an_editor_does_not(settlements, sign_in):
    mayor = sign_in("gorno-selo", Role.MAYOR)
    page = mayor.get("/console/feeds/villages").text
    ekatte = re.search(r"/console/feeds/villages/(\d+)", page)[1]
    path = f"/console/feeds/villages/{ekatte}"
    assert mayor.post(path, {"is_on": "y", "expected_version": "0"}).status_code == 303
    assert "Излиза" in mayor.get("/console/feeds/villages").text
    assert sign_in("gorno-selo", Role.EDITOR).get("/console/feeds/villages").status_code == 403
    stranger = sign_in("dolno-selo", Role.MAYOR)
    assert stranger.post(path, {"is_on": "n", "expected_version": "1"}).status_code == 404


def test_the_mayor_of_a_village_chooses_for_it_alone(settlements, sign_in, uow_in):
    """Bound by the mayor of the municipality; the other village is none to them."""
    mayor = sign_in("gorno-selo", Role.MAYOR, name="Кмет на общината")
    own = sign_in("gorno-selo", Role.ADMIN, name="Кмет на Поле")
    page, path = "/console/feeds/villages", "/console/feeds/villages/00002"
    typed = {"mayor": str(own.person_id), "expected_version": "0"}
    assert mayor.post(f"{path}/mayor", typed | {"mayor": str(uuid4())}).status_code == 400
    for _ in range(2):
        assert mayor.post(f"{path}/mayor", typed).status_code == 303
    assert mayor.post(f"{path}/mayor", typed | {"mayor": ""}).status_code == 409
    seen = own.get(page).text
    assert "/villages/00002" in seen and "/villages/00001" not in seen and "никой" not in seen
    chosen = {"is_on": "y", "expected_version": "0"}
    assert own.post("/console/feeds/villages/00001", chosen).status_code == 404
    assert own.post(path, chosen).status_code == 303
    assert own.post(f"{path}/mayor", {"mayor": "", "expected_version": "1"}).status_code == 403
    assert "/villages/00001" in mayor.get(page).text
    stranger = sign_in("dolno-selo", Role.MAYOR)
    assert stranger.post(f"{path}/mayor", {"mayor": "", "expected_version": "1"}).status_code == 404
    with uow_in("gorno-selo") as begun:
        assert privacy.export(begun, own.person_id)["mayor_of"] == [{"ekatte": "00002"}]
        privacy.erase(begun, own.person_id)
        assert privacy.export(begun, own.person_id)["mayor_of"] == []


@pytest.mark.parametrize(
    ("names", "tags"),
    [
        (("Община Ново село", "с. Ясен"), "#ОбщинаНовоСело #СЯсен"),
        (("Община Кула", ""), "#ОбщинаКула"),
    ],
)
def test_tags_are_one_word_each(names, tags):
    assert tags_of(*names) == tags
