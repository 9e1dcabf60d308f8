"""Municipalities are siblings under one domain: what the browser keeps apart, what we must.

Over TLS on a domain that is like production's: subdomains of localhost are strangers to each other
in the eyes of Chromium, ours are the same site.
"""

import pytest
import trustme
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ONE, OTHER = "gorno-selo", "dolno-selo"
SESSION = "__Host-session"


@pytest.fixture(scope="module")
def secure(serve, tmp_path_factory):
    """The house under https://*.obshto.test with a certificate of an authority of our own."""
    folder = tmp_path_factory.mktemp("tls")
    names = ("obshto.test", "*.obshto.test")
    pair = trustme.CA().issue_cert(*names)
    files = str(folder / "key.pem"), str(folder / "chain.pem")
    pair.private_key_pem.write_to_path(files[0])
    for number, blob in enumerate(pair.cert_chain_pems):
        blob.write_to_path(files[1], append=number > 0)
    more = ("--keyfile", files[0], "--certfile", files[1])
    # A browser opens ways in advance, and without nginx each keeps a thread that waits for a word.
    with serve(*more, base="https://obshto.test", web_threads=16) as site:
        yield site


@pytest.fixture(scope="module")
def resolving(chromium):
    """A browser that finds our domain on this machine."""
    browser = chromium("--host-resolver-rules=MAP *.obshto.test 127.0.0.1")
    yield browser
    browser.close()


@pytest.fixture
def page(resolving, secure):
    secure.admit(ONE, OTHER)
    context = resolving.new_context(ignore_https_errors=True, service_workers="block")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(page, secure, enter_as):
    enter_as(page, secure.at(ONE), "/console/", "mayor")
    expect(page.locator("h1")).to_contain_text("Ивайло Демирев")
    return page


def cookies(page):
    return {cookie["name"]: cookie for cookie in page.context.cookies()}


def test_the_session_belongs_to_its_host_alone(signed_in, secure):
    cookie = cookies(signed_in)[SESSION]
    assert cookie["domain"] == f"{ONE}.obshto.test"
    assert (cookie["secure"], cookie["httpOnly"], cookie["path"]) == (True, True, "/")
    assert signed_in.evaluate("document.cookie") == ""
    signed_in.goto(secure.at(OTHER) + "/")
    assert signed_in.evaluate("document.cookie") == ""


def test_who_is_signed_in_here_is_nobody_next_door(signed_in, secure):
    signed_in.goto(secure.at(OTHER) + "/console/")
    expect(signed_in).to_have_url(secure.at(OTHER) + "/sign-in?next=/console/&level=2")


def test_a_session_carried_next_door_by_hand_is_nobody(signed_in, secure):
    token = cookies(signed_in)[SESSION]["value"]
    signed_in.context.add_cookies([secure.cookie(OTHER, token)])
    signed_in.goto(secure.at(OTHER) + "/console/")
    expect(signed_in).to_have_url(secure.at(OTHER) + "/sign-in?next=/console/&level=2")


def test_a_sibling_cannot_plant_a_session(signed_in, secure):
    """It can plant cookies on the common domain; none under the name that we read."""
    own = cookies(signed_in)[SESSION]["value"]
    signed_in.goto(secure.at(OTHER) + "/")
    for name in (SESSION, "session", "__Host-form"):
        signed_in.evaluate(
            "name => { document.cookie = `${name}=planted; domain=obshto.test; path=/; secure` }",
            name,
        )
    kept = signed_in.context.cookies(secure.at(ONE))
    planted = {cookie["name"] for cookie in kept if cookie["value"] == "planted"}
    assert planted == {"session"}, "the domain takes cookies, so the name must refuse them"
    assert [c["value"] for c in kept if c["name"] == SESSION] == [own]
    signed_in.goto(secure.at(ONE) + "/console/")
    expect(signed_in.locator("h1")).to_contain_text("Ивайло Демирев")


def test_a_form_of_a_sibling_is_refused_though_it_carries_the_session(signed_in, secure, owner):
    target = f"{secure.at(ONE)}/console/tenants/news/off"
    signed_in.route(
        f"{secure.at(OTHER)}/trap",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<form method="post" action="{target}"><button>Печелите</button></form>',
        ),
    )
    signed_in.goto(f"{secure.at(OTHER)}/trap")
    with signed_in.expect_navigation() as answer:
        signed_in.get_by_role("button").click()
    sent = answer.value.request.all_headers()
    assert SESSION in sent["cookie"], "the browser sends it: only we can refuse"
    assert sent["origin"] == secure.at(OTHER)
    assert answer.value.status == 403
    assert owner(f"select modules from shared.tenant where slug = '{ONE}'") == [(["news"],)]


def test_signing_out_ends_the_session_everywhere(signed_in, secure):
    cookie = secure.cookie(ONE, cookies(signed_in)[SESSION]["value"])
    signed_in.goto(secure.at(ONE) + "/")
    signed_in.get_by_role("button", name="Излезте").click()
    expect(signed_in.locator(".govuk-notification-banner")).to_contain_text("Излязохте")
    assert SESSION not in cookies(signed_in)
    signed_in.context.add_cookies([cookie])
    signed_in.goto(secure.at(ONE) + "/console/")
    expect(signed_in).to_have_url(f"{secure.at(ONE)}/sign-in?next=/console/&level=2")
