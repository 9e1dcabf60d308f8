"""What is accepted of a paper: kind, size and number, as the designer said."""

import io
from uuid import uuid4

import pytest
from PIL import Image
from support.designer_pages import carried, text

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photo():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return drawn.getvalue()


def attach(person, path, content, paper):
    file = (io.BytesIO(content), "a.pdf")
    return person.post(path, {"request_id": uuid4(), "paper": paper, "file": file})


@pytest.fixture
def limited(hall):
    """Two papers: a drawing as one PDF of 1 MB at most, a photograph."""
    limits = {"accepts": "pdf", "most": "1", "megabytes": "1"}
    hall.save("add/papers", label="Скица", kind="file", **limits)
    hall.save("add/step-1", label="Снимка на залата", kind="file", accepts="photo")
    return hall


def test_the_person_is_told_what_is_accepted_and_nothing_else_is(limited, citizen, walking):
    limited.publish()
    ref = walking.begin(citizen, limited.key)
    path = f"/eservices/drafts/{ref}/files"
    told = text(citizen.get(path))
    assert "Скица (само PDF, до 1 MB, най-много 1 файл)" in told
    assert "Снимка на залата (само снимка)" in told
    drawing, picture = "0", "1"
    wrong = attach(citizen, path, photo(), drawing)
    assert wrong.status_code == 422 and "приемаме само PDF" in text(wrong)
    assert "приемаме само снимка" in text(attach(citizen, path, PDF, picture))
    large = attach(citizen, path, PDF + b" " * 1_100_000, drawing)
    assert large.status_code == 422 and "до 1 MB" in text(large)
    assert attach(citizen, path, PDF, drawing).status_code == 303
    second = attach(citizen, path, PDF, drawing)
    assert second.status_code == 422 and "най-много 1. Махнете" in text(second)
    assert attach(citizen, path, photo(), picture).status_code == 303


def test_a_document_is_changed_and_carried_to_a_neighbour(limited, designer):
    at = [n for n in range(3) if f"{limited.path}/papers/{n}" in limited.page.text]
    limited.save(f"papers/{at[0]}", label="Скица на имота", most="2")
    page = text(limited.page)
    assert "Скица на имота</a>" in page and "до 1 MB, най-много 2 файла" in page
    assert designer.get(f"{limited.path}/papers/77").status_code == 404
    file = designer.get(f"{limited.path}/file").data
    taken = carried(designer, file)
    assert "най-много 2 файла" in text(designer.get(taken.location))
    broken = file.replace(b'"megabytes": 1', b'"megabytes": 900')
    assert broken != file and carried(designer, broken).status_code == 422


@pytest.mark.parametrize("typed", [{"most": "0"}, {"megabytes": "90"}, {"accepts": "exe"}])
def test_limits_that_are_none_are_told_and_the_words_stay(hall, typed):
    sent = {"label": "Акт за собственост", "kind": "file", **typed}
    answer = hall.save("add/papers", status=422, **sent)
    assert "Акт за собственост" in text(answer)
