"""One commit, after the view has answered."""

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint

from obshto.modules.news.services import Text, count, drafts, write_item
from obshto.ops.compose import all_parts
from obshto.platform.modularity.manifest import NoPersonalData, Part
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work

writing = Blueprint("writing_citizen", __name__)
TEXT = Text(title="Заглавие", summary="Накратко", markdown="Текст")


@writing.post("/<int:status>")
@open_to_all
def write(status):
    write_item(current_work(), TEXT, request_id=uuid4())
    return "", status


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (422, 0), (500, 0)])
def test_only_what_succeeded_is_kept(make_app, work_in, at, owner, status, kept):
    privacy = NoPersonalData(because="a test")
    part = Part(slug="writing", folder=Path(), citizen=writing, privacy=privacy)
    client = make_app(parts=(*all_parts(), part)).test_client()
    own = {"Sec-Fetch-Site": "same-origin"}
    client.post(f"/writing/{status}", base_url=at("gorno-selo"), headers=own)
    with work_in("gorno-selo") as work:
        assert count(work, drafts()) == kept
    logged = owner("select act from t_gorno_selo.audit_entry")
    assert logged == [("news:item.written",)] * kept
