"""The demonstration of council and meetings as programs read it; a checker of OParl 1.1.

Objects are checked by the standard's own schemas (`tests/data/oparl-1.1`), and by a table of ours,
which also wants what its text asks of everything: when it was made and changed.
"""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from sqlalchemy import create_engine, text

from obshto.modules.council.seeds import seed as seed_council
from obshto.modules.meetings.seeds import seed as seed_meetings
from obshto.modules.oparl.seeds import seed

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DATA = Path(__file__).parents[2] / "data"
OFFICIAL, OURS = DATA / "oparl-1.1", DATA / "oparl-1.1.json"
PATTERNS = {
    "url": r"^https?://[^\s]+$",
    "date": r"^\d{4}-\d\d-\d\d$",
    "date-time": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$",
}
VENDOR = {"^[A-Za-z]+:[A-Za-z]+$": {"type": "string"}}


@pytest.fixture(autouse=True)
def modules_on(house, config):
    """In both villages; the neighbour has no content."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        modules = "'{meetings,council,videos,oparl}'"
        connection.execute(text(f"UPDATE shared.tenant SET modules = {modules}"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def demonstration(uow_in, memory):
    def write():
        with uow_in(VILLAGE) as uow:
            for sow in (seed_meetings, seed_council, seed):
                sow(uow)
            uow.session.commit()

    memory.of("oparl", write)


@pytest.fixture
def read(client, at):
    """read(path): JSON of a path or an address in the village, with its status."""

    def fetch(path, where=VILLAGE, status=200):
        home = at(where)
        answer = client.get(path.removeprefix(home), base_url=home)
        assert answer.status_code == status, answer.text
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.mimetype == "application/json"
        return answer.json

    return fetch


@pytest.fixture(scope="session")
def faults():
    """faults(object): what is wrong with it, by the official schemas and by our table."""
    official = {f.stem: json.loads(f.read_text("utf-8")) for f in OFFICIAL.glob("*.json")}
    official = {name: _closed(schema) for name, schema in official.items()}
    assert len(official) == 12
    checkers = [
        (schemas, Registry().with_resources(_resources(schemas))) for schemas in (official, _ours())
    ]

    def check(thing):
        kind = thing["type"].rpartition("/")[2]
        return [
            f"{kind}{list(error.path)}: {error.message}"
            for schemas, registry in checkers
            for error in Draft7Validator(
                schemas[kind], registry=registry, format_checker=FormatChecker()
            ).iter_errors(thing)
        ]

    return check


def _resources(schemas):
    for name, schema in schemas.items():
        yield f"{name}.json", Resource(contents=schema, specification=DRAFT7)


def _ours():
    told = json.loads(OURS.read_text("utf-8"))
    return {name: _schema(name, one, told["every"]) for name, one in told["types"].items()}


def _schema(name, one, every):
    properties = {word: _of(value) for word, value in {**every, **one["properties"]}.items()}
    properties["type"] = {"const": f"https://schema.oparl.org/1.1/{name}"}
    return {
        "type": "object",
        "required": ["id", "type", "created", "modified", *one["required"]],
        "properties": properties,
        "patternProperties": VENDOR,
        "additionalProperties": False,
    }


def _of(value):
    if isinstance(value, list):
        return {"type": "array", "items": _of(value[0])}
    if value in PATTERNS:
        return {"type": "string", "pattern": PATTERNS[value]}
    return {"type": value} if value.islower() else {"$ref": f"{value}.json"}


def _closed(schema):
    """An official schema as the standard's own script reads it: what stands whole is checked by
    its own schema, what is not named is refused unless a vendor's name stands before it.
    """

    def read(part):
        if isinstance(part, dict):
            inside = part.get("schema", "")
            if part.get("type") == "object" and inside:
                return {"$ref": inside}
            if part.get("references") == "externalList":
                return {"type": "string", "pattern": PATTERNS["url"]}
            pattern = PATTERNS.get(part.get("format")) if part.get("type") == "string" else None
            told = {name: read(value) for name, value in part.items() if name != "format"}
            return told | ({"pattern": pattern} if pattern else {})
        return [read(one) for one in part] if isinstance(part, list) else part

    closed = {"patternProperties": VENDOR, "additionalProperties": False}
    return {"properties": read(schema["properties"]), "required": schema["required"], **closed}
