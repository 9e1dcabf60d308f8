"""No page of staff decrypts personal columns without a recorded look.

An entity decrypts all its columns when it is loaded, also those that its page does not show: a page
that is found here lacks a look, or its query asks for too much.
"""

import re

import pytest
from support.console import walk

from obshto.platform.purposes.guard import UNRECORDED

#: No person stands behind them: words of the municipality and what is said to everybody, secrets
#: of machines.
NOBODYS = re.compile(
    r"documents_seal\.|eservices_seal\.|feeds_|polls_|payments_import\.|storage_chunk\.|notify_text\."
    r"|courses_note\."  # a teacher's own, shown to nobody else
    r"|eservices_dog\.answers"  # how an animal looks; its chip and who keeps it stand apart
    r"|proposals_line\."  # what staff decided and why; a person's words are the proposal itself
    r"|consultations_opinion\.(words|organisation|salt|author_salt)|consultations_group\.words"
)


@pytest.fixture
def unrecorded(app):
    """Endpoints met while pages are opened, each with what was decrypted there."""
    met = {}

    def note(endpoint, columns):
        found = {column for column in columns if not NOBODYS.match(column)}
        if found:
            met.setdefault(endpoint, set()).update(found)

    before, app.extensions[UNRECORDED] = app.extensions[UNRECORDED], note
    yield met
    app.extensions[UNRECORDED] = before


def test_no_page_of_staff_opens_data_of_people_unrecorded(seeded, unrecorded):
    walk(seeded, deep=1)
    assert {endpoint: sorted(columns) for endpoint, columns in unrecorded.items()} == {}


def test_a_page_that_opens_data_for_a_purpose_is_not_told(seeded, unrecorded):
    """The officer's page of a request records its look and shows a name."""
    page = seeded.get("/console/personaldata/?list=all").text
    case = re.search(r"/console/personaldata/[0-9a-f-]{36}", page)[0]
    unrecorded.clear()
    assert "Проба Пробова" in seeded.get(case).text
    assert unrecorded == {}
