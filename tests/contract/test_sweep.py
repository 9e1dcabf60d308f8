"""The sweep: every rule with a variable, every object of one village, asked from the other."""

from collections import defaultdict
from uuid import uuid4

import pytest
from support.contract import ONLY

from obshto.ops.compose import all_components
from obshto.ops.seed import every_module
from obshto.platform.db.base import TenantModel
from obshto.platform.web.hosts import Host
from obshto.tenants.people.roles import STAFF_ROLES

FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
# Read out by whoever entered it, or open to whoever said what for: tests of the modules open them.
OF_ONE = {
    "courses_console.certificate_file",  # the name on it must have been opened
    "courses_console.slip",
    "crisis_console.call",  # who took it calls
    "eservices_console.approval",  # nobody approves what they prepared, and one person wrote it
    "eservices_console.approver",
    "eservices_console.recorded_case",  # a case is of one service
    "forum_console.slip",
    "mandates_console.act",  # the assistant whom it names
    "meetings_console.guest_file",
    "meetings_console.guest_slip",
    *(f"polling_console.{page}" for page in ("vote", "packing", "seals", "notices", "letters")),
    *(f"polling_console.{page}" for page in ("pack", "commission", "member")),  # none was called
    "proposals_console.slip",
    "reports_console.slip",
    "training_console.certificate_file",  # a mission must have been done
    "videos_citizen.file",  # the seeds bring no film
    "videos_console.file",
    "voters_console.give",  # a roll must have been frozen
    "voters_console.take",
}
BY_WORDS = {f"eservices_console.design_{part}" for part in ("question", "group", "column")}
OF_EACH = 5  # rows of a table; those beyond are kept and asked for in no other way
SIBLING = {"Sec-Fetch-Site": "same-site", "Origin": "http://dolno-selo.localhost:8000"}


def rules_of_a_municipality(app):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.subdomain == Host.MUNICIPALITY
        and (not ONLY or rule.endpoint.startswith(f"{ONLY}_"))
    ]


def paths(rule, ids):
    """The addresses of a rule: one for each object and each language or part it may name.

    An argument that is called as a table is names its rows; any other may name whatever its
    part has.
    """
    words = {
        "language": ["en", "ro"],
        "slug": sorted({part.slug for part in all_components()}),
        "fingerprint": ["0" * 10],
        "code": ["0" * 20],
        "step": ["discard", "send", "call", "new"],
        "place": ["decision"],
        # Of a design: that it is nobody else's is found before its parts are looked for.
        "what": ["question", "step", "paper"],
        "name": ["anything"],
        "part": ["promises"],
        "page": ["1"],
        "which": ["document", "refusal"],
    }
    found, part = [rule.rule], rule.endpoint.partition("_")[0]
    for name in sorted(rule.arguments - {"municipality"}):
        values = words.get(name) or ids.get(f"{part}_{name[:-3]}") or ids[part]
        found = [
            path.replace(f"<uuid:{name}>", str(value))
            .replace(f"<any(en, ro):{name}>", str(value))
            .replace(f"<any(document, refusal):{name}>", str(value))
            .replace(f"<{name}>", str(value))
            for path in found
            for value in values
        ]
    return found


@pytest.fixture
def ids(owner, seeded):
    """By part and by table, ids of what stands in the first village: of a long table the first."""
    found = defaultdict(list)
    for table in TenantModel.metadata.sorted_tables:
        if "id" in table.c:
            rows = owner(f'select id from t_gorno_selo."{table.name}" order by id limit {OF_EACH}')
            found[table.name] = [row[0] for row in rows]
            found[table.name.partition("_")[0]] += found[table.name]
    tickets = owner("select id from shared.ticket where municipality = 'gorno-selo'")
    found["helpdesk"] += [row[0] for row in tickets]
    # One of a part is enough; services of the catalogue are everybody's.
    asked = "select distinct on (part) part, object_id from t_gorno_selo.search_entry"
    for part, object_id in owner(f"{asked} where part in ('news', 'notices', 'polls')"):
        found["posters"].append(object_id)
        printed = seeded.press(f"/console/posters/{part}/{object_id}", size="a4", language="bg")
        assert printed.status_code == 303
    name_the_others(owner, found)
    people = owner("select distinct person_id from t_gorno_selo.tenants_appointment")
    found["training_person"] = [row[0] for row in people]
    found["tenants"] += found["training_person"]
    return found


def name_the_others(owner, found):
    """Rows whose pages are another part's than their table's."""
    # Rows of the bookings belong to the part whose pages show them.
    things = "from t_gorno_selo.bookings_resource r"
    for part, thing in owner(f"select part, r.id {things}"):
        found[f"{part}_resource"].append(thing)
    seats = f"{things} join t_gorno_selo.bookings_slot s on s.resource_id = r.id"
    seats += " join t_gorno_selo.bookings_booking b on b.slot_id = s.id"
    for part, seat in owner(f"select part, b.id {seats} order by b.id"):
        found[f"{part}_booking"].append(seat)
    # A session of the council is a row of the meetings.
    sessions = "select id from t_gorno_selo.meetings_meeting where kind = 'council'"
    found["council_session"] = [row[0] for row in owner(f"{sessions} order by id")]
    points = f"select id from t_gorno_selo.meetings_item where meeting_id in ({sessions})"
    found["council_item"] = [row[0] for row in owner(points)]
    found["voters_vote"] = found["voting_election"]
    found["thread_thread"] = found["promises_promise"]


def everything(owner):
    """All rows of the first village by table."""
    names = [table.name for table in TenantModel.metadata.sorted_tables]
    # In an order of their own: rows that are equal in the first column have none.
    return {name: sorted(owner(f'select * from t_gorno_selo."{name}"'), key=repr) for name in names}


def with_objects(app):
    return [
        rule
        for rule in rules_of_a_municipality(app)
        # A code beside the id is a secret of its own: whose page it is proves what it opens.
        if "GET" in rule.methods
        and "uuid" in rule.rule
        and "code" not in rule.arguments
        and rule.endpoint not in OF_ONE
        # A trial is its designer's alone; a question and a group are named by their words.
        # `test_designer` and `test_approvals` ask.
        and not rule.endpoint.startswith("eservices_console.try_")
        and rule.endpoint != "eservices_console.record_trial"
        and rule.endpoint not in BY_WORDS
    ]


def test_an_object_of_one_village_does_not_exist_in_the_other(app, ids, seeded, sign_in):
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    found = {
        rule.rule: [path for path in paths(rule, ids) if seeded.get(path).status_code in (200, 303)]
        for rule in with_objects(app)
    }
    assert [rule for rule, there in found.items() if not there] == [], "shown to nobody"
    asked = [path for there in found.values() for path in there]
    assert [path for path in asked if stranger.get(path).status_code != 404] == []
    assert len(asked) > (0 if ONLY else 20)


def test_a_write_to_an_object_of_the_other_village_does_nothing(app, ids, seeded, sign_in, owner):
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    before = everything(owner)
    rules = [rule for rule in rules_of_a_municipality(app) if "POST" in rule.methods]
    for rule in rules:
        if "uuid" in rule.rule:
            for path in paths(rule, ids):
                assert stranger.post(path).status_code == 404, path
    assert everything(owner) == before
    assert sum(map(bool, before.values())) > 20


@pytest.mark.parametrize("headers", [FOREIGN, SIBLING], ids=["foreign", "sibling"])
def test_a_write_from_elsewhere_is_refused(app, chief, headers):
    for rule in rules_of_a_municipality(app):
        if "POST" in rule.methods:
            path = paths(rule, defaultdict(lambda: [uuid4()]))[0]
            assert chief.post(path, headers=headers).status_code == 403, path


def test_every_page_without_a_variable_opens_for_who_holds_every_role(app, seeded, sign_in):
    opened, lately = 0, sign_in("gorno-selo", *STAFF_ROLES)  # a few ask who signed in long ago
    for rule in rules_of_a_municipality(app):
        # Leads those who are in elsewhere.
        is_way_in = rule.endpoint.startswith(("sso_front", "tenants_portal.change_password"))
        if "GET" in rule.methods and rule.arguments == {"municipality"} and not is_way_in:
            opened += 1
            assert lately.get(rule.rule).status_code == 200, rule.rule
    assert opened >= (1 if ONLY else 10)


def test_the_neighbour_has_the_same_modules_for_the_sweep(everything_on, owner):
    rows = owner("select modules from shared.tenant")
    assert all(set(row[0]) == set(every_module()) for row in rows)
