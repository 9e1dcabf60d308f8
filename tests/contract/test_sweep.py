"""The sweep: every rule with a variable, every object of one village, asked from the other."""

from collections import defaultdict
from itertools import islice, zip_longest
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from support.contract import ONLY
from support.thorough import IS_THOROUGH

from obshto.ops.compose import all_components
from obshto.ops.seed import every_module
from obshto.platform.db.base import TenantModel
from obshto.platform.web.access import Open
from obshto.platform.web.hosts import Host
from obshto.tenants.people.roles import STAFF_ROLES

FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
# Read out by whoever entered it, or open to whoever said what for: tests of the modules open them.
OF_ONE = {
    "courses_console.certificate_file",  # the name on it must have been opened
    "courses_console.slip",
    "centres_console.video_token",  # there is no video server
    "crisis_console.call",  # who took it calls
    "eservices_console.approval",  # nobody approves what they prepared, and one person wrote it
    "eservices_console.approver",
    "eservices_console.correction",  # who has the case in hand: `test_corrections`
    "eservices_console.decline_version",  # nothing was taken over from a neighbour yet
    "eservices_console.new_version",
    "eservices_console.offered_service",  # by its id in the region's register: `test_inheritance`
    "eservices_console.recorded_case",  # a case is of one service
    "eservices_console.for_region",  # the region's team: `test_regional`
    "events_console.suggestions.picture",  # the seeds bring no photograph
    "places_citizen.gallery",  # pictures lie in the row of their place: `test_gallery`
    "places_console.gallery.file",
    "feeds_citizen.jpeg",  # no post of the seeds went to Viber: `test_networks`
    "forum_console.slip",
    "mandates_console.act",  # the assistant whom it names
    "meetings_console.guest_file",
    "meetings_console.guest_slip",
    "assembly_console.scanned",  # no minutes of the seeds were signed
    "polling_console.member",  # nobody sits in a commission yet
    "proposals_console.slip",
    "reports_console.decision",  # it names the sender: `test_signal_decision`
    "reports_console.slip",
    "results_console.photo",  # no protocol of the seeds was photographed
    "personaldata_console.printed_copy",  # a look of who pressed
    # The seeds bring no photograph: `test_photo`.
    *(f"tenants_console.appearance.photo.{name}" for name in ("edit", "whole")),
    "tenants_console.people.edit_role",  # `test_own_roles`
    "tenants_portal.photo",
    "tenants_portal.awaited_answer",  # a kind beside an id: `tests/tenants/portal/test_answers.py`
    "training_console.certificate_file",  # a mission must have been done
    "videos_citizen.file",  # the seeds bring no film
    "videos_console.file",
    "voters_console.give",  # a roll must have been frozen
    "voters_console.take",
}
BY_WORDS = {f"eservices_console.design_{part}" for part in ("question", "group", "column", "paper")}
# An object by its type or its part, too.
BY_WORDS |= {"eservices_console.design_destination"}  # by its place in the list
BY_WORDS |= {"oparl_citizen.show", "oparl_citizen.meetings", "usefulness_citizen.ask"}
OF_EACH = 5  # rows of a table; those beyond are kept and asked for in no other way
# Addresses of one rule that are read, whose they are is asked in one place; and written to, where
# which table of their part has the row is not known by its name.
ENOUGH, WRITTEN = (None, None) if IS_THOROUGH else (1, 3)
UUID = "UUIDConverter"
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
        "step": ["discard", "send", "call", "new", "order"],
        "place": ["decision"],
        # Of a design: that it is nobody else's is found before its parts are looked for.
        "what": ["question", "step", "paper"],
        "name": ["anything"],
        "paper": ["minutes"],
        "part": ["promises"],
        "page": ["1"],
        "which": ["document", "refusal"],
        "decision": ["return", "accept", "absent"],
        "act": ["announce", "publish"],
        "word": ["admit", "mute"],
        "column": ["anything"],
        "then": ["promises"],
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
    found, of_parts = defaultdict(list), defaultdict(list)
    for table in TenantModel.metadata.sorted_tables:
        if "id" in table.c:
            rows = owner(f'select id from t_gorno_selo."{table.name}" order by id limit {OF_EACH}')
            found[table.name] = [row[0] for row in rows]
            of_parts[table.name.partition("_")[0]].append(found[table.name])
    for part, tables in of_parts.items():  # one of each table first: most are shown or none
        found[part] += [row for rank in zip_longest(*tables) for row in rank if row]
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
    called = "select id from t_gorno_selo.referendum_proposal where state = 'called' order by id"
    found["polling_vote"] = [row[0] for row in owner(called)]
    found["thread_thread"] = found["promises_promise"]
    # Proofs and holds are the platform's, their pages retention's.
    found["retention_run"] = found["privacy_retention_run"]
    found["retention_hold"] = found["privacy_legal_hold"]
    # A count names the vote and the section of other parts.
    for name, table in (("vote", "night"), ("section", "protocol")):
        named = f"select distinct {name}_id from t_gorno_selo.results_{table}"
        found[f"results_{name}"] = [row[0] for row in owner(named)]


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
        # `test_designer`, `test_approvals` and `test_oparl` ask.
        and not rule.endpoint.startswith("eservices_console.try_")
        and rule.endpoint != "eservices_console.record_trial"
        and rule.endpoint not in BY_WORDS
    ]


def shown(paths, seeded):
    """Those of the addresses that the village itself shows."""
    return (path for path in paths if seeded.get(path).status_code in (200, 303))


def written(rule, ids):
    """Addresses of a rule to write to: one where its arguments name their tables, some from the
    first to the last where any row of the part may be meant."""
    found = paths(rule, ids)
    if IS_THOROUGH:
        return found
    part = rule.endpoint.partition("_")[0]
    named = [name for name, kind in rule._converters.items() if type(kind).__name__ == UUID]
    many = 1 if all(ids.get(f"{part}_{name[:-3]}") for name in named) else WRITTEN
    return found[:: max(1, len(found) // many)][:many]


def test_an_object_of_one_village_does_not_exist_in_the_other(
    app, ids, seeded, sign_in, client, at
):
    """Nor for whoever is signed out: the address of a letter or of a colleague leads to sign-in,
    and after it to that very page."""
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    rules = with_objects(app)
    found = {rule.rule: list(islice(shown(paths(rule, ids), seeded), ENOUGH)) for rule in rules}
    assert [rule for rule, there in found.items() if not there] == [], "shown to nobody"
    asked = [path for there in found.values() for path in there]
    assert [path for path in asked if stranger.get(path).status_code != 404] == []
    assert ONLY or len(asked) > 20  # a part may have no objects of its own; the others have
    of_console = [found[rule.rule][0] for rule in rules if "_console" in rule.endpoint]
    for path in of_console:
        answer = client.get(f"{path}?x=1", base_url=at("gorno-selo"))
        assert answer.status_code == 302, (path, answer.status_code)
        there = urlsplit(answer.location)
        assert (there.path, parse_qs(there.query)["next"]) == ("/sign-in", [f"{path}?x=1"])
    assert ONLY or len(of_console) > 100


def test_a_write_to_an_object_of_the_other_village_does_nothing(app, ids, seeded, sign_in, owner):
    stranger = sign_in("dolno-selo", *STAFF_ROLES)
    before = everything(owner)
    rules = [rule for rule in rules_of_a_municipality(app) if "POST" in rule.methods]
    for rule in rules:
        if "uuid" in rule.rule:
            for path in written(rule, ids):
                assert stranger.post(path).status_code == 404, path
    assert everything(owner) == before
    assert sum(map(bool, before.values())) > 20


@pytest.mark.parametrize("headers", [FOREIGN, SIBLING], ids=["foreign", "sibling"])
def test_a_write_from_elsewhere_is_refused(app, chief, headers):
    entries = app.extensions["obshto"].entries
    for rule in rules_of_a_municipality(app):
        # A program brings no cookie and proves itself by what it sends.
        is_for_machines = entries[rule.endpoint].access.who is Open.TO_MACHINES
        if "POST" in rule.methods and not is_for_machines:
            path = paths(rule, defaultdict(lambda: [uuid4()]))[0]
            assert chief.post(path, headers=headers).status_code == 403, path


def test_the_neighbour_has_the_same_modules_for_the_sweep(everything_on, owner):
    rows = owner("select modules from shared.tenant")
    assert all(set(row[0]) == set(every_module()) for row in rows)
