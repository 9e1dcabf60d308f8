"""No form is done twice, none is done to what has changed since; every form of every part."""

import html
import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from lxml.html import fromstring
from PIL import Image
from support.browsing import SignedIn, visitor
from support.console import ALIKE, PORTAL, START, walk
from support.contract import ONLY
from support.generator import Generator
from support.people import SURE
from support.thorough import IS_THOROUGH

from obshto.modules.voting.services import tool
from obshto.ops.compose import all_components
from obshto.platform.clock import now
from obshto.platform.web.hosts import Host
from obshto.tenants.api import STAFF, end_session, open_session
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"
HOST = f"{VILLAGE}.localhost"
MEANS = {"request_id", "expected_version"}
NEW, OLD = "request_id", "expected_version"
REFUSED = (404, 409, 422)
# What is said where a form asks for a means that its page does not send: nobody could save it.
UNSENT = "отворена твърде дълго"
# Who leads a live room looks at what is seconds old, and a press must count: each says how it shall
# be, not what to change. `test_room` presses twice.
LIVE = "/room/"
# One box and nothing to type: sent as it is it asks for what is so already.
A_BOX = "/console/settings/training"
# What the walk through the console does not meet; everything is on there, nobody asks for what is
# off.
UNMET = {"tenants_console.turn_on", "tenants_console.note"}
# A request served outside the portal stands on the desk of who asked it alone; the event that
# was cancelled lies deeper in its list than this walk goes. Both have tests of their own.
# A copy is put together for a request from an account; those of the seeds come from a counter.
UNMET |= {"eservices_console.serve", "events_console.reinstate"}
UNMET |= {"personaldata_console.assemble"}
# A script's alone, and of a meeting that is being recorded: `test_recordings`.
UNMET |= {"videos_console.begin_recording", "videos_console.end_recording"}
# Nothing was retired in the seeds: `test_own_kinds`.
UNMET |= {"reports_console.take_kind"}
# A row of a petition opens to who said what for, and nobody does on this walk.
UNMET |= {"referendum_console.edit_row", "initiatives_console.edit_row"}
UNMET |= {"assembly_console.petition_edit_row"}
# No petition of the seeds has the twenty signatures of law: `tests/modules/assembly`.
UNMET |= {"assembly_console.petition_protocol", "assembly_console.call"}
# A trial of a service is its designer's alone: `test_designer` walks through it.
UNMET |= {f"eservices_console.try_{page}" for page in ("page", "check", "decision")}
# Whose permit ends has a profile in these seeds, so the portal tells them: `test_renewals`.
UNMET |= {"eservices_console.tell_expiry"}
# So is keeping one; a decision is taken back by who prepared it, and a recorded case accepted
# where something changed: `test_approvals` does all three.
UNMET |= {f"eservices_console.{act}" for act in ("record_trial", "take_back", "accept_case")}
UNMET |= {f"eservices_console.{act}" for act in ("approve", "approver", "return_decision")}
# Nothing was taken over from a neighbour yet: `test_inheritance`.
UNMET |= {f"eservices_console.{act}" for act in ("new_version", "decline_version")}
# Only the region's team publishes for all, and nobody of it takes this walk: `test_regional`.
UNMET |= {"eservices_console.for_region"}
# No proposal of the seeds is hidden: `tests/modules/proposals`.
UNMET |= {"proposals_console.show_again", "consultations_console.show_again"}
# Of a consultation that is decided, behind the first of the list: `test_untold_authors`.
UNMET |= {f"consultations_console.{act}" for act in ("appeal", "look_to_tell", "told_many")}
# The question of a merge stands deeper in the list than this walk goes: `test_merges`.
UNMET |= {"proposals_console.answer_merge", "proposals_console.take_merge_back"}
# States of a booking that its hour brings, or that lie deeper in the list of a day.
UNMET |= {f"centres_console.{act}" for act in ("accept_one", "attended", "tell_swallowed")}
# Acts of a visit on its day, and where no word came: `tests/modules/assistants` walks those.
UNMET |= {f"assistants_console.{act}" for act in ("act", "clear", "alarm_address", "called")}
# The assistant of a mandate alone acts under it, who holds a call alone says what came of it:
# `tests/modules/mandates`, `tests/modules/crisis`.
UNMET |= {"mandates_console.act", "crisis_console.end"}
# A place on offer, a certificate after a name was opened, a lesson to come: `test_pages` there.
UNMET |= {f"courses_console.{act}" for act in ("accept", "certify", "cancel_meeting")}
UNMET |= {f"courses_console.{act}" for act in ("see_proof", "full_price")}
# No letter of the seeds was tried yet, so no call is owed; their groups begin later than in the
# days in which a small one is decided about: `test_calls`, `test_small_groups`.
UNMET |= {
    f"{part}_console.{act}"
    for part in ("centres", "courses", "meetings")
    for act in ("look_to_call", "call_ended")
}
# The form of a call back appears once its name was opened: `tests/modules/eservices`.
UNMET |= {"eservices_console.call_ended"}
UNMET |= {"courses_console.go_on"}
# No practice municipality stands beside these; the minutes of the seeded session are published.
# `tests/modules/training` and `tests/modules/council` press them.
UNMET |= {f"training_console.{act}" for act in ("start", "check", "certificate", "reset")}
UNMET |= {"council_console.session"}
# What follows is written after minutes, which lie deeper than this walk goes: `test_reports`.
UNMET |= {"meetings_console.report"}
# No file of the seeds is so large that a job looks at it. A roll of voters is frozen by hand, and
# paper follows a roll: `tests/modules/voters`.
UNMET |= {f"voters_console.{act}" for act in ("drop", "find_voter", "give")}
UNMET |= {"payments_console.look_again"}
# What followed a thing is found by a word of its title first: `tests/modules/promises`.
UNMET |= {"promises_console.follow"}
# Who hid something does not decide the appeal; the test villages have no place to choose.
UNMET |= {"moderation_console.decide", "feeds_console.choose_village", "feeds_console.bind_mayor"}
# Nobody of the seeds left a telephone alone; a finding of the seeds names nobody who is known:
# `test_phones`, `test_detection`.
UNMET |= {"forum_console.announce", "forum_console.open_author"}
UNMET |= {"dataprotection_console.acquainted", "dataprotection_console.strangers"}
# The walk of the seeds stands over places of a settlement, and the test villages have none; nobody
# sits in a commission yet; a large video is sent by a script.
UNMET |= {"places_console.walks.hide", "polling_console.member", "polling_console.remove"}
UNMET |= {"videos_console.create", "videos_console.resume", "videos_console.part"}
# Several opinions are hidden at once, or none of them; by day nobody confirms a warning of their
# own; the places with pictures lie deeper in their list: tests of those modules.
UNMET |= {"consultations_console.hide_many", "crisis_console.confirm"}
UNMET |= {"places_console.pictures.remove"}
# The report of the seeds is published, and its figures stay: `tests/modules/participation`.
UNMET |= {f"participation_console.{act}" for act in ("count", "publish")}
# The test villages have no settlements, and who asks gets the letter: tests of `tenants`.
UNMET |= {f"tenants_console.settlements.{act}" for act in ("edit", "revert", "picture")}
UNMET |= {"tenants_console.settlements.remove_picture", "tenants_console.weekly_letter.resume"}
# A vote is announced by the tool that makes its keys.
UNMET |= set() if tool.is_here() else {"voting_console.announce"}
# A review of access lasts there, and ends when nothing waits in it: `tests/modules/accessreview`.
UNMET |= {"accessreview_console.begin", "accessreview_console.end"}

# Behind the eighth page of its view that looks like those before it; `make test-all` goes there.
UNMET |= {"eservices_console.close", "consultations_console.told"} if ALIKE else set()


def typed(fields):
    """The fields with another text in each box: what a form asks for must not stand already."""
    hidden = {*MEANS, "csrf_token"}
    return {
        name: value if name in hidden or is_file(value) else another(value)
        for name, value in fields.items()
    }


def is_file(value):
    return type(value) is not str


def another(value):
    return "9" if value.isdigit() else f"{value} …"


@pytest.fixture
def acts(owner):
    """How much stands in the two logs."""
    village = "select count(*) from t_gorno_selo.audit_entry"
    return lambda: owner(f"{village} union all select count(*) from shared.audit_entry")


@pytest.fixture
def deleted(request, everything_on, app, owner, memory):
    """Of each part something to be brought back, a notice and a seal to take down, news with two
    files, a dog whose keeper is looked up; somebody to do it, and all forms that they meet."""

    def write():
        person = request.getfixturevalue("seeded")
        # While nothing is gone yet: a page of the seeds leads to another.
        on_portal = walk(person, deep=1, start=PORTAL)
        prepare(person, owner)
        delete_one_of_each(app, person)
        pages = set()
        return person, walk(person, pages=pages), on_portal, pages

    person, forms, on_portal, pages = memory.of("deleted", write)
    person = person.again()
    person.on_portal, person.pages = on_portal, pages
    return person, forms


def delete_one_of_each(app, person):
    """Of each list and its tabs the first that can be deleted, by the form of its page."""
    rules = [rule for rule in rules_of(app, "GET") if rule.rule.endswith("/delete")]
    done = [
        any(delete(person, page) for page in listed(person, rule.rule.partition("<uuid:")[0]))
        for rule in rules
        if not ONLY or rule.endpoint.startswith(f"{ONLY}_")
    ]
    assert ONLY or sum(done) >= 10


def listed(person, where):
    """The pages to delete what a list and its tabs show, or the start page of its part."""
    first = person.get(where).text
    tabs = dict.fromkeys(re.findall(f'href="({where}\\?[^"]+)"', first))
    part = "/".join(where.split("/")[:3])
    for text in (first, *(person.get(html.unescape(it)).text for it in [*tabs, f"{part}/"])):
        for page in dict.fromkeys(re.findall(f'href="({where}[0-9a-f-]{{36}})["/]', text)):
            yield f"{page}/delete"


def delete(person, page):
    """Whether that page has the form, and what it asks was done."""
    answer = person.get(page)
    offered = dict(person.forms_in(answer.text, page)) if answer.status_code == 200 else {}
    return page in offered and person.post(page, offered[page]).status_code == 303


def prepare(seeded, owner):
    until = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    notice = {"text_bg": "Авария", "place": "", "until": until}
    assert seeded.press("/console/tenants/appearance/notice", **notice).status_code == 303
    emblem = "/console/tenants/appearance/emblem/"
    assert seeded.press(emblem, emblem, file=(coat_of_arms(), "a.png")).status_code == 303
    photo = "/console/tenants/appearance/photo/"
    for _ in ("the one before", "the one that is shown"):
        taken = {"file": (coat_of_arms(1200), "a.png"), "alt_text": "Площадът"}
        assert seeded.press(photo, photo, **taken).status_code == 303
    seal = "/console/eservices/seal"
    assert seeded.press(seal, seal, file=(certificate(), "a.p12")).status_code == 303
    news = owner("select item_id from t_gorno_selo.news_attachment")[0][0]
    document = f"/console/news/{news}/document"
    file = (BytesIO(b"9:00"), "programa.txt")
    assert seeded.press(document, document, title="Програма", file=file).status_code == 303
    dog = owner("select id from t_gorno_selo.eservices_dog")[0][0]  # the other one stays closed
    found = seeded.press(f"/console/eservices/dogs/{dog}", "/look", purpose="stray")
    assert found.status_code == 303


def coat_of_arms(side=200):
    content = BytesIO()
    Image.new("RGB", (side, side)).save(content, "PNG")
    content.seek(0)
    return content


def certificate():
    """An invented seal with its key, as a file without a password."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Проба")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now()).not_valid_after(now() + timedelta(days=2))
    made = builder.sign(key, hashes.SHA256())
    return BytesIO(pkcs12.serialize_key_and_certificates(None, key, made, None, NoEncryption()))


NO_CONSOLE = ONLY in {part.slug for part in all_components() if part.console is None}


@pytest.mark.skipif(NO_CONSOLE, reason="this part has no console")
def test_no_form_of_the_console_does_anything_blindly(app, deleted, acts):
    """Nothing is changed here, so one walk is enough for all of it."""
    (person, forms), before = deleted, acts()
    assert len(forms) >= (1 if ONLY else 9)
    forms = [form for form in forms if LIVE not in form[1] and form[1] != A_BOX]
    assert without(MEANS, forms) == []
    assert without({"nothing"}, forms), "a form that carries neither would not be noticed"
    assert taking_forms(app) - met(app, deleted[1]) <= UNMET
    assert acting(person, forms, bare) == []
    drawn = [form for form in forms if form[2].get(OLD)]  # of what is new there is no version
    assert acting(person, drawn, stale, lacking=UNSENT) == []
    assert acts() == before


def test_whoever_saves_too_late_has_both_texts_before_them(deleted, acts):
    """Of every form of the console with more than one text: what was typed is still there, beside
    it what is stored; a page without the form would lose it. Nothing is changed here either: what
    the forms were found with is stored."""
    person, forms = deleted
    before = acts()
    late = [form for form in forms if form[2].get(OLD) and len(texts_in(form[2])) > 1]
    assert ONLY or len(late) > 20
    assert [it for page, to, fields in late if (it := lost(person, page, to, fields))] == []
    assert acts() == before


def test_a_form_is_done_once_however_often_it_is_sent(deleted, acts):
    person, forms = deleted
    for page, to, fields in forms:
        first = person.post(to, typed(fields))
        if first.status_code in REFUSED:
            continue  # the one before it changed what this one saw
        done = acts()
        again = person.post(to, typed(fields))
        assert (again.status_code, acts()) in ((303, done), (404, done)), (page, to)


def test_a_session_that_ends_while_somebody_types_loses_nothing(deleted, acts, returning):
    """Sent when it is over: nothing is done, all that was typed is on the page with the way to
    sign in, and one press after that does what the form was sent for."""
    loses_nothing(*deleted, acts, returning)


# What touches no row of the municipality is done whoever sends it.
NOBODYS = "/for-me"
ENDS_SESSIONS = "/account/sign-out-everywhere"


def test_nor_does_a_citizens_on_the_portal(seeded, acts, returning):
    """Among them forms that are open to all and filled in by somebody signed in: steps of a draft,
    polls, reports, proposals; `test_signed_out` asks every one of those, drawn or not."""
    forms = [form for form in walk(seeded, deep=1, start=PORTAL) if form[1] != NOBODYS]
    assert ONLY or len(forms) > 90
    loses_nothing(seeded, forms, acts, returning)


# One in five of a page, the others of a form; each hundred whoever may everything signs in anew,
# for among what they sent is the end of their rights.
GENERATED, ANEW = 100_000 if IS_THOROUGH else 300 if ONLY else 2_000, 100


def test_nothing_that_could_be_sent_is_an_error_of_ours(app, deleted, sign_in):
    """No answer is a 500, whatever stands in the fields of forms and in the addresses of pages."""
    person, forms = deleted
    found = [*forms, *person.on_portal]
    nobody = SignedIn(app, VILLAGE, person.base, token="", person_id=None)
    people = {"nobody": nobody, "citizen": sign_in(VILLAGE)}
    people |= {role.value: sign_in(VILLAGE, role) for role in STAFF_ROLES}
    sent = Generator(found, person.pages, seed=26).requests(GENERATED, ["all", *people])
    broken = []
    for n, (role, method, address, data) in enumerate(sent):
        if n % ANEW == 0:
            people["all"] = sign_in(VILLAGE, *STAFF_ROLES)
        one = people[role]
        asks = method == "GET"
        if not asks:
            data["csrf_token"] = one.form_token()
        answer = one.get(address, query_string=data) if asks else one.post(address, data)
        if answer.status_code >= 500:
            broken.append((n, role, method, address, answer.status_code, repr(data)[:400]))
    assert broken == []


# Led to sign in, not let in, no such page: what an address of staff says to whoever has it.
CLOSED = (302, 401, 404)


def test_no_address_that_staff_reached_shows_anything_to_a_stranger(deleted):
    """Rows that are there, files and pages of files among them: an address is no key."""
    person, _ = deleted
    assert ONLY or len(person.pages) > 300
    asked = asked_by_a_stranger(person, person.pages)
    assert {page: said for page, said in asked.items() if said not in CLOSED} == {}


def asked_by_a_stranger(person, pages):
    """What each of these pages answers to somebody without a session."""
    stranger = visitor(person.app)
    return {page: stranger.get(page, base_url=person.base).status_code for page in sorted(pages)}


def loses_nothing(person, forms, acts, returning):
    before = acts()
    returning.leaves(person)
    found = [(to, *given_back(person, to, typed(fields))) for _, to, fields in forms]
    assert [(to, filled) for to, filled, kept, _ in found if not told(filled) <= told(kept)] == []
    assert [page for page, *_ in forms if not is_answered(person, page)] == []
    assert acts() == before
    returning.enters(person)
    for to, _, kept, form_cookie in found if IS_THOROUGH or ONLY else found[::6]:
        person.client.set_cookie("form", form_cookie, domain=HOST)
        sent = person.client.post(to, data=kept, base_url=person.base)
        assert sent.status_code in (200, 303, *REFUSED), (to, sent.status_code)
        if to == ENDS_SESSIONS:
            returning.enters(person)
    # One part's forms may all ask for more than a walk types.
    assert ONLY or acts() > before


def is_answered(person, page):
    """Signed out, the page of a row that is there: to sign-in and back, or what all may read.

    Never „no such page“: letters carry these addresses. `test_signed_out` asks for rows of nobody.
    """
    answer = visitor(person.app).get(page, base_url=person.base)
    if answer.status_code == 200:
        return not page.startswith("/console/")
    there = urlsplit(answer.headers.get("Location", ""))
    back = parse_qs(there.query).get("next", [""])[0]
    return there.path == "/sign-in" and unquote(back) == unquote(page)


def given_back(person, to, filled):
    """What was sent, what came back of it on a page that leads to sign-in, and its cookie."""
    answer = person.post(to, filled)
    came = [fields for _, fields in person.forms_in(answer.text) if filled.keys() & fields.keys()]
    is_led = answer.status_code == 403 and "/sign-in?next=/" in answer.text
    cookie = person.client.get_cookie("form", domain=HOST)
    return filled, came[0] if came and is_led else {}, cookie.value if cookie else ""


def told(fields):
    """What somebody typed or chose, without the files, which a browser does not send again."""
    typed_in = {name: value for name, value in fields.items() if not is_file(value)}
    return typed_in.items() - {("csrf_token", fields.get("csrf_token"))}


@pytest.fixture
def returning(app):
    """Somebody whose session ends, and who signs in again in the same browser."""

    class Returning:
        def leaves(self, person):
            with app.app_context():
                end_session(person.client.get_cookie("session", domain=HOST).value)

        def enters(self, person):
            with app.app_context():
                token = open_session(person.person_id, municipality=VILLAGE, term=STAFF, proof=SURE)
            person.client.set_cookie("session", token, domain=HOST)

    return Returning()


def without(means, forms):
    """Forms that neither say what they saw nor which one they are."""
    return [(page, to) for page, to, fields in forms if not means & fields.keys()]


def acting(person, forms, changed, lacking=None):
    """Forms that are not refused with their fields changed so, or for what no page sends."""
    found = []
    for page, to, fields in forms:
        answer = person.post(to, changed(typed(fields)))
        if answer.status_code not in REFUSED or (lacking and lacking in answer.text):
            found.append((page, to))
    return found


def bare(fields):
    return {name: value for name, value in fields.items() if name not in MEANS}


def stale(fields):
    return fields | {OLD: str(int(fields[OLD]) + 1)}


def taking_forms(app):
    """Endpoints of the console that forms are sent to."""
    return {rule.endpoint for rule in rules_of(app, "POST")}


def rules_of(app, method):
    """Rules of the console."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.subdomain == Host.MUNICIPALITY
        and method in rule.methods
        and rule.rule.startswith(START)
    ]


def met(app, forms):
    """Endpoints that these forms are sent to."""
    taken = app.url_map.bind(f"{VILLAGE}.localhost:8000", subdomain=VILLAGE)
    return {taken.match(urlsplit(to).path, method="POST")[0] for _, to, _ in forms}


def lost(person, page, to, fields):
    """What of both texts is not on the page that answers a form that came too late."""
    written = texts_in(fields)
    name = max(written, key=lambda one: len(written[one]))
    sent = stale(fields) | {name: another(written[name])}
    answer = person.post(to, sent)
    forms = (form for _, form in person.forms_in(answer.text, page) if name in form)
    kept = next(forms, {})
    there = fromstring(answer.text).xpath("string(//section[@aria-labelledby='conflict'])")
    said = " ".join(there.split())
    missing = [one for one in written if kept.get(one) != sent[one]]
    unseen = [it for it in (written[name], sent[name]) if " ".join(it.split()) not in said]
    return (to, answer.status_code, missing, name if unseen else "") if missing or unseen else None


def texts_in(fields):
    """What people wrote of a row: by name, whatever has words."""
    means = {*MEANS, "csrf_token"}
    texts = {name: value for name, value in fields.items() if not is_file(value)}
    return {name: value for name, value in texts.items() if " " in value and name not in means}
