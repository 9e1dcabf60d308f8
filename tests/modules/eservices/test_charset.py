"""Every sign that is let in can be printed, and what cannot is refused where it is typed."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from unicodedata import category

import pytest
from flask_babel import force_locale

from obshto.modules.eservices.forms.acts import printable_with_boxes
from obshto.modules.eservices.services.offers import offer_of
from obshto.platform.documents.errors import CannotBePrinted
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset
from obshto.platform.errors import InvalidValue
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.charset import PRINTED, checked_signs

NO_FONT = ["你", "\u0378", "😀", "\ue000", "ⴰ", "\x07", "\ud800"]


@pytest.fixture
def bulgarian(app):
    with app.test_request_context(), force_locale("bg"):
        yield


def sheet(*texts):
    return DocumentSheet(
        title="Проба",
        municipality="Община Проба",
        lines=[[Piece(text)] for text in texts],
        foot=["Изх. № 1"],
        check_url="https://kula.example/eservices/verify/1",
        is_trial=True,
    )


def test_each_sign_that_is_let_in_can_be_printed(bulgarian):
    known = [chr(code) for first, last in PRINTED for code in range(first, last + 1)]
    kept = [sign for sign in known if category(sign) not in ("Cn", "Cf")]
    assert all(checked_signs(sign) for sign in kept) and len(kept) > 1_500
    assert typeset(sheet(*kept), at=datetime(2026, 11, 24, tzinfo=UTC)).startswith(b"%PDF-")


@pytest.mark.parametrize("sign", NO_FONT)
def test_a_sign_that_no_font_has_is_refused(bulgarian, sign):
    with pytest.raises(InvalidValue, match="Махнете"):
        checked_signs(f"Пена {sign}")


def test_what_nobody_sees_is_left_out_and_letters_are_spelled_in_one_way():
    assert checked_signs("\ufeffПе\u00adна\u200b\tи\u0306\r\n") == "Пена й\n"


def test_what_cannot_be_printed_is_a_refusal_and_no_fault():
    with pytest.raises(CannotBePrinted):
        typeset(sheet("你"), at=datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize("page", ["identity", "address"])
def test_a_citizen_is_told_which_sign_to_take_out(citizen, walking, page):
    ref = walking.begin(citizen)
    walking.fill(citizen, ref, {"acting": walking.answers["acting"]})
    typed = walking.answers[page]
    odd = {name: f"{value} 你" if "name" in name else value for name, value in typed.items()}
    if page == "address":
        odd["address_settlement"] = "гр. 你, община Кула, област Видин"
    path = f"/eservices/drafts/{ref}/{page}"
    answer = citizen.post(path, {**odd, "expected_version": walking.seen_on(citizen.get(path))})
    assert answer.status_code == 422
    assert "Махнете знака „你“" in answer.text.replace("\xa0", " ")


def test_a_refusal_with_such_a_sign_is_mended_and_not_lost(clerk, taken, owner):
    answer = clerk.press(f"/console/eservices/{taken}/refuse", words="Няма имот 😀")
    assert answer.status_code == 422 and re.search("Махнете знака „😀“", answer.text)
    assert owner("select state from t_gorno_selo.eservices_case") == [("in_work",)]


def test_a_case_whose_clerk_is_called_so_is_no_fault_of_ours(offered, sign_in, sent, uow_in):
    odd = sign_in("gorno-selo", Role.REGISTRY_CLERK, name="Веска 😀", email="w@v.example")
    with uow_in("gorno-selo") as uow:
        offer_of(uow, "1998").official = ""
        uow.commit()
    odd.press(f"/console/eservices/{sent}", to="/take")
    answer = odd.press(f"/console/eservices/{sent}/refuse", words="Няма имот")
    assert answer.status_code == 422 and "не може да се отпечата" in answer.text.replace(
        "\xa0", " "
    )


def test_a_paper_form_keeps_the_boxes_that_it_came_with():
    """A service copied of another one brings them along; who changes its document keeps them."""
    box = SimpleNamespace(data="☐{delivery:office} на гише\u200b\n☒ по пощата")
    printable_with_boxes(None, box)
    assert box.data == "☐{delivery:office} на гише\n☒ по пощата"
