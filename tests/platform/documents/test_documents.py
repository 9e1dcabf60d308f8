"""Documents: one a thing, numbers without a gap, checked by anybody, never a name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.eservices.models import FormerSeal
from obshto.modules.eservices.services.seal_move import move_seals
from obshto.platform.documents.errors import CannotBePrinted, NoSuchDocument, StaleDocument
from obshto.platform.documents.models import Document, DocumentCounter, Seal
from obshto.platform.documents.seals import KEPT_AS
from obshto.platform.documents.services import (
    DocumentText,
    document_of,
    forget,
    issue,
    read_file,
    revoke,
)
from obshto.platform.documents.verification import (
    document_by_code,
    is_valid,
    seal_is_untouched,
)
from obshto.platform.keys.encryption import decrypt_bytes_for, encrypt_bytes_for

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME = "Пенка Пробна"
TEXT = DocumentText(
    title="Удостоверение за завършен курс",
    municipality="Община Горно село",
    lines=["УДОСТОВЕРЕНИЕ", f"{NAME} завърши курса."],
)


def made(uow, object_id=None, text=TEXT, **more):
    return issue(
        uow,
        text,
        part="toy",
        object_id=object_id or uuid4(),
        series="certificate",
        is_trial=True,
        **more,
    )


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def issued(uow_in):
    """A document that lies there, after whatever else was done to it; code and number."""

    def make(act=lambda uow, document: None):
        with uow_in(VILLAGE) as begun:
            document = made(begun)
            act(begun, document)
            begun.commit()
            return document.code, document.number

    return make


def test_a_document_has_the_next_number_and_a_whole_seal(uow):
    first, second = made(uow), made(uow)
    assert second.sequence == first.sequence + 1
    assert read_file(first).startswith(b"%PDF")
    assert seal_is_untouched(first) is True
    assert document_by_code(uow, f"{first.code[:4]} {first.code[4:]}") is first


def test_the_same_thing_is_issued_once(uow):
    about = uuid4()
    first = made(uow, about)
    assert made(uow, about) is first
    revoke(uow, first, "Грешка в името", expected_version=first.version)
    uow.session.flush()
    assert made(uow, about).id != first.id


def test_eight_at_once_about_one_thing_are_one_document_and_one_number(uow, uow_in, owner):
    about, gate = uuid4(), Barrier(8)
    made(uow)
    uow.commit()  # the key and the seal are there

    def press(_):
        with uow_in(VILLAGE) as other:
            gate.wait(timeout=120)
            found = made(other, about)
            other.commit()
            return found.id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(press, range(8)))) == 1
    uow.commit()
    last = uow.session.scalar(select(DocumentCounter.last))
    assert uow.session.scalar(select(func.count()).select_from(Document)) == last == 2


def test_what_cannot_be_printed_takes_no_number(uow):
    first = made(uow)
    with pytest.raises(CannotBePrinted), uow.session.begin_nested():
        made(uow, text=DocumentText(title="х", municipality="х", lines=["\U0001f9ff"]))
    assert made(uow).sequence == first.sequence + 1


def test_a_check_needs_no_account_and_names_nobody(issued, client, at):
    code, number = issued()
    page = client.get(f"/documents/verify/{code}", base_url=at(VILLAGE))
    assert page.status_code == 200
    assert number in page.text
    assert NAME not in page.text
    assert "Пробен документ" in page.text
    assert client.get(f"/documents/verify/{code}", base_url=at(NEIGHBOUR)).status_code == 404
    asked = client.get("/documents/verify", query_string={"code": code}, base_url=at(VILLAGE))
    assert asked.location.endswith(f"/documents/verify/{code}")
    assert client.get("/documents/verify?code=12", base_url=at(VILLAGE)).status_code == 422


def test_a_paper_of_services_leads_to_the_same_answer(issued, client, at):
    code, number = issued()
    assert number in client.get(f"/eservices/verify/{code}", base_url=at(VILLAGE)).text


def test_a_revoked_document_says_so_and_not_why(issued, client, at):
    def take_back(uow, document):
        with pytest.raises(StaleDocument):
            revoke(uow, document, "Грешка", expected_version=document.version + 1)
        revoke(uow, document, "Не е присъствала", expected_version=document.version)
        assert not is_valid(document, uow.now.date())

    code, _ = issued(take_back)
    page = client.get(f"/documents/verify/{code}", base_url=at(VILLAGE)).text
    assert "Общината отмени този документ" in page
    assert "Не е присъствала" not in page


def test_a_lapsed_document_is_valid_no_more(uow):
    today = uow.now.date()
    document = made(uow, valid_until=today)
    assert is_valid(document, today)
    assert not is_valid(document, today + timedelta(days=1))


def test_a_forgotten_file_leaves_the_number(issued, client, at):
    def leave(uow, document):
        forget(uow, "toy", [document.object_id])
        assert read_file(document) == b""

    code, number = issued(leave)
    assert number in client.get(f"/documents/verify/{code}", base_url=at(VILLAGE)).text


def test_another_part_and_another_municipality_have_no_such_document(uow, uow_in):
    document = made(uow)
    uow.commit()
    with pytest.raises(NoSuchDocument):
        document_of(uow, "other", document.id)
    with uow_in(NEIGHBOUR) as neighbour, pytest.raises(NoSuchDocument):
        document_by_code(neighbour, document.code)


def test_a_former_seal_moves_once_and_opens(uow):
    made(uow)
    seal = uow.session.scalars(select(Seal)).one()
    content = decrypt_bytes_for(KEPT_AS, seal.id, seal.content)
    uow.session.delete(seal)
    uow.session.flush()
    former = FormerSeal(
        id=uuid4(),
        kind="trial",
        subject=seal.subject,
        issuer=seal.issuer,
        valid_until=seal.valid_until,
        fingerprint=seal.fingerprint,
        put_at=uow.now,
        put_by="",
    )
    former.content = encrypt_bytes_for("eservices_seal.content", former.id, content)
    uow.session.add(former)
    uow.session.flush()
    move_seals(uow)
    move_seals(uow)
    moved = uow.session.scalars(select(Seal)).one()
    assert decrypt_bytes_for(KEPT_AS, moved.id, moved.content) == content
    assert uow.session.scalar(select(FormerSeal)) is None
    assert seal_is_untouched(made(uow)) is True
