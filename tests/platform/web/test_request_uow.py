"""One commit, after the view has answered."""

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint

from obshto.modules.news.services import Text, count, drafts, write_item
from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import Component, NoPersonalData
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow

writing = Blueprint("writing_citizen", __name__)
TEXT = Text(title="Заглавие", summary="Накратко", markdown="Текст")


@writing.post("/<int:status>")
@open_to_all
def write(status):
    write_item(current_uow(), TEXT, request_id=uuid4())
    return "", status


@writing.post("/late")
@open_to_all
def late():
    """Forgets to lock the row, which somebody else changes before the commit."""
    item = current_uow().session.scalars(drafts()).one()
    with open_uow(current_uow().within, Principal.system("a colleague")) as other:
        other.session.scalars(drafts()).one().title = "Тяхното"
    item.title = "Моето"
    return ""


@pytest.fixture
def post(make_app, at):
    """post("late"): the answer of that view of a part of this test's own."""
    privacy = NoPersonalData(because="a test")
    part = Component(slug="writing", folder=Path(), citizen=writing, privacy=privacy)
    client = make_app(parts=(*all_components(), part)).test_client()
    own = {"Sec-Fetch-Site": "same-origin"}
    return lambda path: client.post(f"/writing/{path}", base_url=at("gorno-selo"), headers=own)


def test_who_meets_another_at_the_commit_is_told_so(post, owner):
    post("200")
    answer = post("late")
    assert answer.status_code == 409 and "Междувременно някой промени това" in answer.text
    assert owner("select title from t_gorno_selo.news_item") == [("Тяхното",)]


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (422, 0), (500, 0)])
def test_only_what_succeeded_is_kept(post, uow_in, owner, status, kept):
    post(status)
    with uow_in("gorno-selo") as uow:
        assert count(uow, drafts()) == kept
    logged = owner("select act from t_gorno_selo.audit_entry")
    assert logged == [("news:item.written",)] * kept
