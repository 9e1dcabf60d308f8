"""The code on paper says the address."""

import html5lib
import pytest
from segno.helpers import make_epc_qr

from obshto.platform.content.qr import qr_code, transfer_code

ADDRESS = "https://kula.obshto.example/pages/01a21014-2d17-7140-b725-23231afbd6d7"


@pytest.mark.parametrize("address", [ADDRESS, "https://x.example/?a=<script>&b='\""])
def test_a_code_is_one_drawing_that_holds_nothing_of_the_address_as_text(address):
    drawing = qr_code(address)
    tree = html5lib.parseFragment(drawing, namespaceHTMLElements=False)
    [code] = tree
    assert all(part.tag.endswith("}path") for part in code) and code.attrib["class"] == "ob-qr"
    assert "example" not in drawing and "script" not in drawing


def test_two_addresses_are_two_codes_and_one_address_is_one():
    assert qr_code(ADDRESS) == qr_code(ADDRESS) != qr_code(f"{ADDRESS}0")


def test_a_transfer_is_what_banks_read(monkeypatch):
    told = {}
    monkeypatch.setattr("obshto.platform.content.qr.make_epc_qr", _listening(told))
    drawing = transfer_code(
        holder="Община Кула", iban="BG80BNBG96611020345678", bic="", cents=1205, reason="123456"
    )
    assert drawing.startswith("<svg") and 'aria-hidden="true"' in drawing
    assert str(told["amount"]) == "12.05" and told["bic"] is None


def _listening(told):
    def make(**asked):
        told.update(asked)
        return make_epc_qr(**asked)

    return make
