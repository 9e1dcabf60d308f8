"""`obshto mail ingest-bounce`: what a mail server pipes into the house."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.keys import key_cache
from obshto.platform.notify.bounces.address import return_address
from obshto.platform.notify.models import Message, State
from obshto.platform.unit_of_work import ANONYMOUS, open_uow
from obshto.tenants.api import scope_named

SHAPE = Path(__file__).parents[1] / "data" / "bounces" / "postfix.eml"
WHO, ID = "ivanka@example.org", UUID(int=7)
NOTED = "SELECT state, (SELECT count(*) FROM t_kula.notify_suppression) FROM t_kula.notify_message"


@pytest.fixture
def came_back(obshto, monkeypatch):
    """What the mail server says of a letter of Kula's, which has a neighbour."""
    monkeypatch.setattr(key_cache, "_ring", key_cache._ring)  # that of the other tests comes back
    for slug, name in (("kula", "Кула"), ("bregovo", "Брегово")):
        obshto.done("tenants", "add", slug, "--name", name, "--modules", "")
    app = compose(read_config(obshto.environ | {"BOUNCE_TO": "bounces@obshto.example"}))
    letter = Message(id=ID, cause=ID, fact="test", language="bg", recipient=WHO)
    letter.state = State.HANDED_OVER
    with app.app_context(), open_uow(scope_named("kula"), ANONYMOUS) as uow:
        letter.accepted_at = uow.now
        uow.session.add(letter)
        to = return_address(uow, ID)
    said = {"who": WHO, "action": "failed", "status": "5.1.1", "said": "550 5.1.1 unknown"}
    return SHAPE.read_text().format(to=to, **said)


def test_a_report_is_noted_with_its_letter_once_the_database_is_there(obshto, came_back):
    nobody = "postgresql://app_login:x@127.0.0.1:1/obshto"
    answer = obshto("mail", "ingest-bounce", typed=came_back, DATABASE_URL=nobody)
    assert answer.returncode == os.EX_TEMPFAIL and "Traceback" not in answer.stderr
    forged = came_back.replace("bounces+", "bounces+a")
    for letter in (forged, "Subject: Good day\n\nAnswer me.", "", "x" * 600_000):
        assert "Nothing to do" in obshto.done(
            "mail", "ingest-bounce", "someone@obshto.example", typed=letter
        )
    assert obshto.owner(NOTED) == [("handed over", 0)]
    assert obshto.done("mail", "ingest-bounce", typed=came_back) == "Noted.\n"
    assert obshto.owner(NOTED) == [("refused", 1)]
    assert "Nothing to do" in obshto.done("mail", "ingest-bounce", typed=came_back)
