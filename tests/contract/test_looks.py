"""No page of staff decrypts personal columns without a recorded look at the thing they stand in.

An entity decrypts all its columns when it is loaded, also those that its page does not show: a page
that is found here lacks a look, or its query asks for too much. Each role walks alone.
"""

import re
from collections import Counter
from functools import wraps
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Response, g, request, request_finished, stream_with_context
from sqlalchemy import event, inspect, select
from support.console import START, link_of, opened, shape
from support.contract import ONLY
from support.thorough import IS_THOROUGH

from obshto.modules.reports.console import desk
from obshto.modules.reports.models import Report
from obshto.platform.db.base import TenantModel
from obshto.platform.keys.decryption_log import DECRYPTED
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.purposes.guard import UNRECORDED, is_impersonal
from obshto.platform.purposes.services import looked_objects
from obshto.platform.scope import NoMunicipality
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"
#: Looked at under another thing than the row itself or what it belongs to.
ELSEWHERE = {
    "billing_charge.payer": "under the line of the bank statement, or the statement as a whole",
    "forum_post.hidden_words": "under the moderator's decision that is appealed",
}
# A page of one shape, whatever stands behind its question mark, is opened by so many roles.
ROLES = len(STAFF_ROLES) if IS_THOROUGH else 2


@pytest.fixture
def unrecorded(app):
    """Endpoints met while pages are opened, each with what was decrypted there."""
    met = {}

    def note(endpoint, columns):
        met.setdefault(endpoint, set()).update(columns)

    before, app.extensions[UNRECORDED] = app.extensions[UNRECORDED], note
    yield met
    app.extensions[UNRECORDED] = before


@pytest.fixture
def strayed(app):
    """Endpoints that load a person's row beside the things at which the page says it looks."""
    met = {}

    def note(row, *_context):
        columns = _personal(row) if DECRYPTED.get() is not None else ()
        if columns:
            g.setdefault("personal_rows", []).append((columns, _ids(row)))

    def judge(sender, **_more):
        looked = looked_objects(g.uow) if g.get("uow") is not None else ()
        for columns, ids in g.get("personal_rows", ()) if looked else ():
            if not ids.intersection(looked):
                met.setdefault(request.endpoint, set()).update(columns)

    for moment in ("load", "refresh"):
        event.listen(TenantModel, moment, note, propagate=True)
    request_finished.connect(judge, app)
    yield met
    request_finished.disconnect(judge, app)
    for moment in ("load", "refresh"):
        event.remove(TenantModel, moment, note)


def _personal(row):
    """Encrypted columns of a person that the row holds decrypted."""
    return {
        column.type.column
        for column in inspect(type(row)).local_table.columns
        if isinstance(column.type, Encrypted)
        and row.__dict__.get(column.key)
        and not is_impersonal(column.type.column)
        and column.type.column not in ELSEWHERE
    }


def _ids(row):
    """What the row is and belongs to."""
    return {value for value in row.__dict__.values() if isinstance(value, UUID)}


@pytest.fixture(scope="module")
def met():
    """How many roles have opened a page of each shape."""
    return Counter()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_no_page_of_a_role_opens_data_of_people_unrecorded(
    role, seeded, sign_in, unrecorded, strayed, met
):
    open_all(sign_in(VILLAGE, role, name="Проба Сама"), met)
    assert {endpoint: sorted(columns) for endpoint, columns in unrecorded.items()} == {}
    assert {endpoint: sorted(columns) for endpoint, columns in strayed.items()} == {}


def open_all(person, met):
    """A page and a file of each shape that the role is led to, read to its end."""
    waiting, own = [START], set()
    while waiting:
        page, answer = opened(person, waiting.pop())
        body = answer.get_data()
        answer.close()
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        text = body.decode()
        read = text if page == START else text.partition("<main")[2]
        for href in re.findall(r'<a[^>]* href="([^"]+)"', read):
            link = link_of(page, href)
            way = shape(urlsplit(link).path)
            if link.startswith(START) and way not in own and met[way] < ROLES:
                own.add(way)
                met[way] += 1
                waiting.append(link)


@pytest.mark.skipif(ONLY not in ("", "personaldata"), reason="a page of another part")
def test_a_page_that_opens_data_for_a_purpose_is_not_told(seeded, unrecorded):
    """The officer's page of a request records its look and shows a name."""
    page = seeded.get("/console/personaldata/?list=all").text
    case = re.search(r"/console/personaldata/[0-9a-f-]{36}", page)[0]
    unrecorded.clear()
    assert "Проба Пробова" in seeded.get(case).text
    assert unrecorded == {}


@pytest.fixture
def report(seeded):
    """Path of a report on the desk."""
    page = seeded.get("/console/reports/?list=all").text
    return re.search(r"/console/reports/[0-9a-f-]{36}", page)[0]


@pytest.mark.skipif(ONLY not in ("", "reports"), reason="a page of another part")
def test_a_look_at_one_does_not_excuse_another(seeded, report, strayed, monkeypatch):
    """The mutant: the page of a report records its look at some other report."""
    whole = desk.access_log.look_at_told

    class Other:
        def __init__(self, row):
            self.__dict__ |= {key: getattr(row, key) for key in ("email", "phone", "applicant")}
            self.person_id, self.id = None, uuid4()

    monkeypatch.setattr(desk.access_log, "look_at_told", lambda uow, row: whole(uow, Other(row)))
    assert seeded.get(report).status_code == 200
    assert "reports_console.report" in strayed


@pytest.mark.skipif(ONLY not in ("", "reports"), reason="a page of another part")
def test_nothing_is_decrypted_while_an_answer_streams(app, seeded, report, monkeypatch):
    """The guard judges before the first byte leaves: what comes later has no municipality."""
    endpoint = "reports_console.report"

    @wraps(app.view_functions[endpoint])
    def streamed(report_id):
        rows = current_uow().session.scalars(select(Report))
        return Response(stream_with_context(row.words or "" for row in rows))

    monkeypatch.setitem(app.view_functions, endpoint, streamed)
    with pytest.raises(NoMunicipality):
        seeded.get(report).get_data()
