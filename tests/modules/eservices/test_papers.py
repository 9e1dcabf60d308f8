"""Papers as files: photographed, checked, sealed, seen where the application is seen."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from obshto.modules.eservices.forms.papers import PaperForm
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.counter_entry import send_entered, start_for
from obshto.modules.eservices.services.drafts import sweep_drafts
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.retention import YEARS, empty_old_cases
from obshto.modules.eservices.services.states import CLOSED
from obshto.platform.cases.channels import COUNTER
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n" + b"deed of the house " * 40_000
PAPERS = "select count(*) from t_gorno_selo.eservices_attachment"
FILES = "select count(*) from t_gorno_selo.storage_file"


def text(page):
    return page.text.replace("\xa0", " ")


def photo():
    drawn = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "white")
    exif = picture.getexif()
    exif[0x010F] = "Secret camera"
    picture.save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def attach(person, path, content, name="Пена 0307159274.jpg", **typed):
    form = {"request_id": uuid4(), "paper": "0", "file": (io.BytesIO(content), name), **typed}
    return person.post(path, form)


def files_on(page):
    return re.findall(r'href="([^"]*/files/[0-9a-f-]{36})"', page.text)


def begun(person, walking):
    ref = walking.begin(person)
    walking.fill(person, ref)
    return ref


def test_after_the_last_question_papers_are_asked_for(citizen, walking):
    ref = walking.begin(citizen)
    answer = walking.fill(citizen, ref)
    assert answer.location.endswith(f"/drafts/{ref}/files")
    assert citizen.get(answer.location).status_code == 200


def test_a_photo_is_drawn_anew_and_goes_with_the_application(citizen, walking, owner):
    ref = begun(citizen, walking)
    path = f"/eservices/drafts/{ref}/files"
    assert attach(citizen, path, photo()).status_code == 303
    (of_draft,) = files_on(citizen.get(path))
    assert citizen.get(of_draft).mimetype == "image/webp"
    case = walking.send(citizen, ref).location.removesuffix("/receipt")
    (of_case,) = files_on(citizen.get(case))
    answer = citizen.get(of_case)
    assert answer.status_code == 200 and b"Secret camera" not in answer.data
    assert "no-store" in answer.headers["Cache-Control"]
    assert "0307159274" not in str(answer.headers)
    assert citizen.get(of_draft).status_code == 404


def test_a_pdf_comes_back_as_it_was_and_lies_sealed(citizen, walking, owner):
    ref = begun(citizen, walking)
    path = f"/eservices/drafts/{ref}/files"
    assert attach(citizen, path, PDF, "a.pdf").status_code == 303
    (address,) = files_on(citizen.get(path))
    assert citizen.get(address).data == PDF
    pieces = [bytes(row[0]) for row in owner("select content from t_gorno_selo.storage_chunk")]
    assert len(pieces) == 3 and not any(b"deed of the house" in piece for piece in pieces)


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00 program", b"<html><script>", b"\x89PNG broken", b"PK\x03\x04"]
)
def test_what_is_no_photo_and_no_pdf_says_how_to_mend_it(citizen, walking, owner, content):
    path = f"/eservices/drafts/{begun(citizen, walking)}/files"
    answer = attach(citizen, path, content)
    assert answer.status_code == 422 and re.search("Изберете (снимка|друг)", text(answer))
    assert attach(citizen, path, photo(), paper="77").status_code == 422
    assert owner(PAPERS) == owner(FILES) == [(0,)]


def test_attaching_twice_keeps_one_file(citizen, walking, owner):
    path = f"/eservices/drafts/{begun(citizen, walking)}/files"
    request_id = uuid4()
    sent = [attach(citizen, path, photo(), request_id=request_id) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 303]
    assert owner(PAPERS) == owner(FILES) == [(1,)]


def test_a_file_is_taken_off_before_sending(citizen, walking, owner):
    path = f"/eservices/drafts/{begun(citizen, walking)}/files"
    attach(citizen, path, photo())
    assert citizen.press(path, to="/remove").status_code == 303
    assert owner(PAPERS) == owner(FILES) == [(0,)]


def test_a_file_opens_for_nobody_else(citizen, clerk, colleague, visitor, walking, sign_in):
    ref = begun(citizen, walking)
    path = f"/eservices/drafts/{ref}/files"
    attach(citizen, path, photo())
    (of_draft,) = files_on(citizen.get(path))
    case = walking.send(citizen, ref).location.removesuffix("/receipt")
    (of_case,) = files_on(citizen.get(case))
    other = begun(colleague, walking)
    name = of_case.rpartition("/")[2]
    for who in (colleague, sign_in(VILLAGE)):
        assert who.get(of_draft).status_code == who.get(of_case).status_code == 404
    for address in (of_draft, of_case):  # signed out: to sign-in, whether it exists or not
        assert visitor.get(address).headers["Location"].startswith("/sign-in?")
    assert colleague.get(f"/eservices/drafts/{other}/files/{name}").status_code == 404
    console = f"/console{case.replace('/cases', '')}"
    assert (
        colleague.get(f"/console/eservices/files/{name}").status_code == 403
    )  # first says what for
    colleague.press(console, to="/look", purpose="control")
    assert colleague.get(f"/console/eservices/files/{name}").status_code == 200
    neighbour = sign_in("dolno-selo", *walking.everyone)
    assert neighbour.get(f"/console/eservices/files/{name}").status_code == 404


def test_what_is_asked_for_is_answered_with_a_file(citizen, clerk, taken, walking):
    clerk.press(f"/console/eservices/{taken}/ask", words="Снимка на акта?")
    path = f"/eservices/cases/{taken}"
    form = {"expected_version": walking.seen_on(citizen.get(path)), "words": "Ето го."}
    for _ in range(2):
        sent = {**form, "file": (io.BytesIO(photo()), "a.jpg")}
        assert citizen.post(path, sent).status_code == 303
    assert len(files_on(citizen.get(path))) == 1
    assert len(files_on(clerk.get(f"/console/eservices/{taken}"))) == 1


def test_several_files_answer_at_once_and_all_or_none_of_them_stay(
    citizen, clerk, taken, owner, walking
):
    """A second click brings none of them twice; one that is refused keeps the others out."""
    clerk.press(f"/console/eservices/{taken}/ask", words="Скица и акт?")
    path = f"/eservices/cases/{taken}"

    def sent(*files):
        form = {
            "expected_version": expected_version,
            "words": "Ето ги.",
            "file": [(io.BytesIO(f), "a.pdf") for f in files],
        }
        return citizen.post(path, form)

    expected_version = walking.seen_on(citizen.get(path))
    refused = sent(PDF, b"MZ")
    assert refused.status_code == 422 and files_on(refused) == []
    assert owner(PAPERS) == owner(FILES) == [(0,)]
    assert [sent(photo(), PDF).status_code for _ in range(2)] == [303, 303]
    assert owner(PAPERS) == owner(FILES) == [(2,)]
    assert len(files_on(citizen.get(path))) == 2


def test_an_answer_whose_file_is_refused_is_not_lost(citizen, clerk, taken, owner, walking):
    clerk.press(f"/console/eservices/{taken}/ask", words="Снимка на акта?")
    path = f"/eservices/cases/{taken}"
    form = {"expected_version": walking.seen_on(citizen.get(path)), "words": "Ето го."}
    answer = citizen.post(path, {**form, "file": (io.BytesIO(b"MZ"), "a.exe")})
    assert answer.status_code == 422 and "Ето го." in text(answer)
    assert owner("select state from t_gorno_selo.eservices_case") == [("asked",)]


def test_a_clerk_scans_what_was_brought_and_the_person_sees_who(citizen, clerk, colleague, taken):
    path = f"/console/eservices/{taken}/files"
    assert attach(clerk, path, photo()).status_code == 303
    assert "Добави: Веска Деловодна" in text(citizen.get(f"/eservices/cases/{taken}"))
    assert attach(colleague, path, photo()).status_code == 403


def test_who_has_no_profile_is_braked(visitor, walking, monkeypatch):
    monkeypatch.setattr(PaperForm, "rate_limit", RateLimit(thing="eservices:paper.attach", most=1))
    path = f"/eservices/drafts/{begun(visitor, walking)}/files"
    assert attach(visitor, path, photo()).status_code == 303
    asked = attach(visitor, path, photo())
    assert asked.status_code == 422 and "sum_answer" in asked.text


def test_files_go_with_their_draft(citizen, walking, owner, uow_in):
    for end in ("discard", "sweep", "erase"):
        ref = begun(citizen, walking)
        attach(citizen, f"/eservices/drafts/{ref}/files", PDF)
        assert owner(FILES) == [(1,)]
        if end == "discard":
            citizen.press(f"/eservices/drafts/{ref}/discard")
        with uow_in(VILLAGE) as uow:
            if end == "sweep":
                uow.session.scalars(select(Draft)).one().saved_at -= timedelta(days=40)
                uow.session.flush()
                sweep_drafts(uow)
            elif end == "erase":
                erase(uow, citizen.person_id)
            uow.commit()
        assert owner(PAPERS) == owner(FILES) == [(0,)], end


def test_files_of_a_draft_are_told_in_the_export(citizen, walking, uow_in):
    attach(citizen, f"/eservices/drafts/{begun(citizen, walking)}/files", photo())
    with uow_in(VILLAGE) as uow:
        (draft,) = export(uow, citizen.person_id)["application_drafts"]
    (path,) = draft["files"]
    assert citizen.get(path).status_code == 200


def test_files_are_told_in_the_export_and_go_after_their_term(citizen, taken, clerk, uow_in, owner):
    attach(clerk, f"/console/eservices/{taken}/files", photo())
    with uow_in(VILLAGE) as uow:
        (told,) = export(uow, citizen.person_id)["application_files"]
    assert citizen.get(told["file"]).status_code == 200
    citizen.press(f"/eservices/cases/{taken}/withdraw")
    with uow_in(VILLAGE) as uow:
        case_of(uow, taken).ended_at = uow.now - timedelta(days=366 * YEARS) - timedelta(days=1)
        uow.session.flush()
        empty_old_cases(uow)
        uow.commit()
    assert owner(PAPERS) == owner(FILES) == [(0,)]


def test_a_protocol_that_names_nobodys_number_is_emptied_as_well(clerk, owner, uow_in):
    """What was said aloud at the counter is under a name and an address alone."""
    told = latest("2015").cases[0]["answers"]
    with (
        clerk.app.app_context(),
        open_uow(scope_named(VILLAGE), Principal(person_id=uuid4(), name="Веска")) as uow,
    ):
        draft = start_for(uow, catalogue_services()["2015"], channel=COUNTER, request_id=uuid4())
        draft.keep(told)
        uow.session.flush()
        case = send_entered(uow, draft.id, expected_version=draft.version)
        case.state = CLOSED
        case.ended_at = uow.now - timedelta(days=366 * YEARS) - timedelta(days=1)
    with uow_in(VILLAGE) as uow:
        empty_old_cases(uow)
        uow.commit()
        emptied = case_of(uow, case.id)
        assert (emptied.applicant, emptied.read(), emptied.is_emptied) == ("", {}, True)


def test_what_nobody_asked_for_gets_a_name_of_its_own(citizen, walking):
    ref = begun(citizen, walking)
    path = f"/eservices/drafts/{ref}/files"
    other = re.findall(r'name="paper"[^>]*value="(\d+)"', citizen.get(path).text)[-1]
    nameless = attach(citizen, path, photo(), paper=other, title=" ")
    assert nameless.status_code == 422 and "Напишете как се казва" in text(nameless)
    for title in ("Скица на имота", "Служебна бележка"):
        assert attach(citizen, path, photo(), paper=other, title=title).status_code == 303
    said = text(citizen.get(path)).partition("Прикачени файлове")[2].partition("<form")[0]
    assert "Скица на имота" in text(citizen.get(f"/eservices/drafts/{ref}"))
    assert "Скица на имота" in said and "Друг документ" not in said
