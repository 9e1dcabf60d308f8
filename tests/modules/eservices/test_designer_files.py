"""A designed service as a file: to a neighbour, and from somebody hostile."""

import json

from support.designer_pages import HALL, NEIGHBOUR, carried, text

from obshto.platform.permissions import Role


def test_a_service_goes_to_another_municipality_as_a_file(hall, designer, sign_in):
    there = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед", email="s@n.example")
    content = designer.get(f"{hall.path}/file").data
    answer = carried(there, content)
    assert answer.status_code == 303, text(answer)
    page = text(there.get(answer.location))
    assert HALL in page and "Колко души ще дойдат?" in page and "поправете" not in page


def hostile(design):
    """Files that nobody exports: each does nothing but fail with a sentence."""

    def broken(change):
        given = json.loads(design)
        change(given["design"])
        return json.dumps(given).encode()

    name = next(iter(json.loads(design)["design"]["fields"]))
    deep = {"==": [1, 1]}
    for _ in range(30):
        deep = {"!": [deep]}
    yield b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"1" * 5000
    yield b'{"format": "obshto-service", "number": 1, "design": {}}', b" " * 300_000
    yield (
        broken(lambda d: d.update(extra=1)),
        broken(lambda d: d["fields"][name].update(when=deep)),
        broken(lambda d: d["fields"][name].update(when={"log": "x"})),
        broken(lambda d: d["fields"][name].update(when={"map": [[1], {"var": ""}]})),
        broken(lambda d: d["fields"][name].update(when={"or": [{"==": [1, 1]}] * 300})),
        broken(lambda d: d["fields"][name].update(type="script")),
        broken(lambda d: d["fields"][name]["label"].update(bg="{applicant_id}")),
        broken(lambda d: d["fields"][name]["label"].update(bg="а" * 5000)),
        broken(lambda d: d["about"].update(need="nothing")),
        broken(lambda d: d.update(term="apk_general:0:days")),
        broken(lambda d: d.update(term="forever")),
        broken(lambda d: d.update(procedure="mine")),
        broken(lambda d: d.update(pages=[1])),
        broken(lambda d: d.update(pages=[{"use": "shoes.1"}])),
        broken(lambda d: d.pop("document")),
        broken(lambda d: d["document"].update(lines=['#read("/etc/passwd")\x00'] * 3)),
    )


def test_a_hostile_file_fails_with_a_sentence(hall, designer, owner):
    before = owner("select count(*) from t_gorno_selo.eservices_designed")
    for files in hostile(designer.get(f"{hall.path}/file").data):
        for content in files:
            answer = carried(designer, content)
            assert answer.status_code == 422, content[:200]
            assert "Файлът не е услуга" in text(answer) or "Изберете файл" in text(answer)
    assert owner("select count(*) from t_gorno_selo.eservices_designed") == before
