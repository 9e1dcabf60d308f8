"""A designed service as a file: to a neighbour, and from somebody hostile."""

import json

from jsonschema import Draft202012Validator
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
        broken(lambda d: d["document"].update(lines=["текст\x00"] * 3)),
        broken(lambda d: d.update(destinations=[{"to": "everybody"}])),
        broken(lambda d: d.update(destinations=[{"to": "role:mayor", "when": {"log": 1}}])),
        broken(lambda d: d.update(register={"fields": [], "law": "Закон"})),
        broken(lambda d: d["offer"].update(speeds={"fast": {"days": 0, "cents": -1}})),
        broken(lambda d: d["offer"].update(keep_years=1000)),
    )


def test_a_hostile_file_fails_with_a_sentence(hall, designer, owner):
    before = owner("select count(*) from t_gorno_selo.eservices_designed")
    for files in hostile(designer.get(f"{hall.path}/file").data):
        for content in files:
            answer = carried(designer, content)
            assert answer.status_code == 422, content[:200]
            assert "Файлът не е услуга" in text(answer) or "Изберете файл" in text(answer)
    assert owner("select count(*) from t_gorno_selo.eservices_designed") == before


def test_the_published_schema_is_the_one_that_an_import_is_held_to(hall, designer, visitor):
    hall.save("register", fields=["data_na_polzvane"], law="Закон")
    hall.save("destinations/new", to="role:registry_clerk")
    hall.save("terms", fast_fee="20", fast_days="2", keep_years="10", keep_law="Закон")
    content = designer.get(f"{hall.path}/file").data
    given = json.loads(content)
    address = given["$schema"]
    assert address == "http://gorno-selo.localhost:8000/eservices/schemas/service-definition-1.json"
    answer = visitor.get(address.removeprefix("http://gorno-selo.localhost:8000"))
    assert answer.mimetype == "application/schema+json"
    Draft202012Validator.check_schema(answer.json)
    judge = Draft202012Validator(answer.json)
    assert [error.message for error in judge.iter_errors(given)] == []
    assert carried(designer, content).status_code == 303
    name = next(iter(given["design"]["fields"]))
    for change in (
        lambda file: file.update(extra=1),
        lambda file: file.update(number=2),
        lambda file: file["design"].update(pages=[{"use": "shoes.1"}]),
        lambda file: file["design"]["fields"][name].update(type="script"),
        lambda file: file["design"]["offer"].update(fee_cents="12"),
        lambda file: file["design"].pop("document"),
    ):
        broken = json.loads(content)
        change(broken)
        assert next(judge.iter_errors(broken), None) is not None
        assert carried(designer, json.dumps(broken).encode()).status_code == 422
