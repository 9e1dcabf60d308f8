"""The receipt as a file: for who sent the application, and for nobody else."""

from uuid import UUID

from obshto.modules.eservices.services import receipts
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.official_text import plain
from obshto.modules.eservices.services.receipts import receipt_sheet
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import SOFIA
from obshto.platform.documents.sheets import typeset, written


def test_who_sent_it_keeps_a_receipt_and_nobody_else_gets_it(citizen, sent, sign_in, client, at):
    path = f"/eservices/cases/{sent}/receipt"
    assert f'href="{path}.pdf"' in citizen.get(path).text
    answer = citizen.get(f"{path}.pdf")
    assert (
        answer.data.startswith(b"%PDF-") and "receipt-20" in answer.headers["Content-Disposition"]
    )
    assert "no-store" in answer.headers["Cache-Control"]
    other = sign_in("gorno-selo", name="Друга Пробова", email="d@v.example")
    neighbour = sign_in("dolno-selo", name="Съседка Пробова", email="s@v.example")
    for stranger in (other, neighbour):
        assert stranger.get(f"{path}.pdf").status_code == 404
    assert "/sign-in?" in client.get(f"{path}.pdf", base_url=at("gorno-selo")).location


def test_with_the_code_alone_it_is_had_as_well(visitor, walking):
    code = walking.begin(visitor)
    walking.fill(visitor, code)
    receipt = walking.send(visitor, code).location
    answer = visitor.get(f"{receipt}.pdf")
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert code not in answer.headers["Content-Disposition"]


def test_the_file_carries_the_code_it_speaks_of(visitor, walking, monkeypatch):
    code = walking.begin(visitor)
    walking.fill(visitor, code)
    walking.send(visitor, code)
    printed = []

    def note(sheet, *, at):
        printed.append(sheet)
        return typeset(sheet, at=at)

    monkeypatch.setattr(receipts, "typeset", note)
    assert visitor.get(f"/eservices/cases/{code}/receipt.pdf").status_code == 200
    [sheet] = printed
    assert any(grouped(code) in line and "/eservices/resume" in line for line in sheet.foot)
    assert code not in sheet.check_url  # who photographs the square is not let in


def test_it_says_number_moment_term_with_its_ground_and_what_was_sent(sent, uow_in):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, UUID(sent))
        sheet = receipt_sheet(uow, case)
        said, came = plain(sheet.lines), case.sent_at.astimezone(SOFIA)
        assert f"Входящ номер: {case.number}" in said
        assert f"Получено: {written(came.date())}, {came:%H:%M} ч., през портала" in said
        assert f"Отговор до: {written(case.due_on)} (ДОПК чл. 87, ал. 6)" in said
        assert "Такса: 2,50 €" in said
        assert any("Пена Иванова Пробова" in line for line in said)
        assert sheet.check_url.endswith(f"/eservices/cases/{sent}")
