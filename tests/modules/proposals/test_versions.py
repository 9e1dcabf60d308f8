"""Old versions of a proposal: one that breaks a rule is hidden alone, its author may object."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.proposals.errors import StaleProposal, VersionHiddenBefore, VersionStands
from obshto.modules.proposals.notifications import versions as letters
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.moderated_part import ProposalModeration
from obshto.modules.proposals.services.moderation import hide_proposal, show_proposal
from obshto.modules.proposals.services.submission import ProposalWords, improve_proposal
from obshto.modules.proposals.services.version_moderation import (
    decided_versions,
    hide_version,
    lift_version,
    version_at,
)
from obshto.platform.moderation import services as decisions
from obshto.platform.moderation.rules import PERSONAL
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PRIVATE, MENDED = "Болният Иван Пробов иска пейка", "Пейка пред магазина"
BETTER = ProposalWords(title=MENDED, text="Да.")
REASON = Reason(rule=PERSONAL, words="Има чужди лични данни.")


@pytest.fixture
def mended(switched_on, uow_in, make):
    """A proposal whose first text named somebody: its id and its author's code."""
    with uow_in(VILLAGE) as uow:
        row = make(uow, title=PRIVATE, email="author@villages.example")
        row.person_id = None
        uow.session.flush()
        improve_proposal(uow, row, BETTER, expected_version=row.version)
        found = row.id, code_of(row.request_id)
        uow.commit()
    return found


@pytest.fixture
def put_away(mended, sign_in, uow_in):
    """The same, its old text hidden by a clerk; the fact about it."""
    clerk = Principal(person_id=sign_in(VILLAGE, Role.REGISTRY_CLERK).person_id, name="Проба")
    with uow_in(VILLAGE) as uow:
        object.__setattr__(uow, "principal", clerk)
        row = queries.proposal_of(uow, mended[0], to_change=True)
        version = version_at(uow, row, 1)
        hide_version(uow, row, version, REASON, expected_version=row.version)
        fact = {"subject_id": str(row.id), "version_id": str(version.id)}
        uow.commit()
    return *mended, fact


@pytest.fixture
def twice(uow, make):
    """The same within the unit of work of a clerk."""
    row = make(uow, title=PRIVATE)
    improve_proposal(uow, row, BETTER, expected_version=row.version)
    return row


def seen_by(client, at, path):
    return client.get(path, base_url=at(VILLAGE)).text.replace("\xa0", " ")


def test_an_old_text_is_hidden_alone_and_shown_again(mended, sign_in, client, at):
    proposal_id, code = mended
    public = f"/proposals/{proposal_id}/versions"
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    page = clerk.get(f"/console{public}").text.replace("\xa0", " ")
    [hide] = re.findall(r"/console/proposals/versions/[\w-]+/hide", page)  # never what stands
    assert PRIVATE in page and PRIVATE in seen_by(client, at, public)
    [(path, fields)] = [form for form in clerk.forms(hide) if "expected_version" in form[1]]
    empty = clerk.post(path, fields | {"rule": "", "words": ""})
    assert empty.status_code == 422 and PRIVATE in seen_by(client, at, public)
    typed = fields | {"rule": PERSONAL, "words": REASON.words}
    assert [clerk.post(path, typed).status_code for _ in range(2)] == [303, 303]
    shown = seen_by(client, at, public)
    assert PRIVATE not in shown and MENDED in shown and REASON.words in shown
    log = seen_by(client, at, "/moderation/")
    assert "Версия 1 на предложение" in log and public in log and PRIVATE not in log
    own = seen_by(client, at, f"/proposals/case/{code}")
    assert "Скрихме стария текст, версия 1." in own
    assert f"/proposals/case/{code}/versions/1/appeal" in own
    assert own.count("Общината скри стар текст на предложението.") == 1
    assert clerk.press(f"/console{public}", to="/show-again").status_code == 303
    assert PRIVATE in seen_by(client, at, public)


def test_others_find_nothing(mended, sign_in, uow_in):
    with uow_in(VILLAGE) as uow:
        version = version_at(uow, queries.proposal_of(uow, mended[0]), 1)
        hide = f"/console/proposals/versions/{version.id}/hide"
    neighbour = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    editor = sign_in(VILLAGE, Role.EDITOR)
    for path in (f"/console/proposals/{mended[0]}/versions", hide):
        assert neighbour.get(path).status_code == 404
        assert editor.get(path).status_code == 403


def test_its_author_objects_and_another_person_decides(put_away, client, at, uow_in):
    proposal_id, code, fact = put_away
    with uow_in(VILLAGE) as uow:
        subject, text = letters.hidden(uow, fact)
    assert "стар текст" in subject and REASON.words in text and PRIVATE not in subject + text
    path = f"/proposals/case/{code}/versions/1/appeal"
    form = client.get(path, base_url=at(VILLAGE)).text
    names = r'name="(csrf_token|request_id)"[^>]*value="([^"]+)"'
    typed = dict(re.findall(names, form)) | {"words": "Съгласил се е да го напиша."}
    assert client.post(path, data=typed, base_url=at(VILLAGE)).status_code == 303
    assert client.post(f"{path}9", data=typed, base_url=at(VILLAGE)).status_code == 404
    with uow_in(VILLAGE) as uow:
        [(version, decision)] = decided_versions(uow, queries.proposal_of(uow, proposal_id))
        port = ProposalModeration()
        assert port.author(uow, version.id).email == "author@villages.example"
        assert PRIVATE in port.words(uow, version.id)
        other = replace(uow, principal=Principal(person_id=uuid4(), name="Друг"))
        seen = decision.version
        decisions.review(other, decision.id, decisions.RESTORED, "Така е.", expected_version=seen)
        uow.session.flush()
        assert version.hidden_at is None
        assert "Версия 1 отново се вижда." in letters.reviewed(uow, fact)[1]


def test_once_and_never_what_stands(uow, twice):
    old, now = version_at(uow, twice, 1), version_at(uow, twice, 2)
    seen = twice.version
    with pytest.raises(VersionStands):
        hide_version(uow, twice, now, REASON, expected_version=seen)
    with pytest.raises(StaleProposal):
        hide_version(uow, twice, old, REASON, expected_version=seen - 1)
    for _ in range(2):
        hide_version(uow, twice, old, REASON, expected_version=seen)
    with pytest.raises(VersionHiddenBefore):
        hide_version(uow, twice, old, Reason(rule=PERSONAL, words="Друго."), expected_version=seen)
    for _ in range(2):
        lift_version(uow, twice, old, expected_version=twice.version)
    assert old.hidden_at is None
    names = [line.name for line in queries.lines_of(uow, twice)]
    assert names.count("version-hidden") == names.count("version-shown") == 1


def test_what_was_put_away_with_the_whole_is_not_shown_by_it(uow, twice):
    """Hidden alone, then with the whole and mended: taking the first back shows nothing."""
    old = version_at(uow, twice, 1)
    hide_version(uow, twice, old, REASON, expected_version=twice.version)
    later = replace(uow, now=uow.now.replace(microsecond=uow.now.microsecond ^ 1))
    hide_proposal(later, twice, REASON, expected_version=twice.version)
    uow.session.flush()
    words = ProposalWords(title="Пейка", text="Нова.")
    improve_proposal(later, twice, words, expected_version=twice.version)
    show_proposal(later, twice, expected_version=twice.version)
    uow.session.flush()
    uow.session.expire(old)
    lift_version(later, twice, old, expected_version=twice.version)
    assert old.hidden_at is not None
