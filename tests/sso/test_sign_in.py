"""Signing in, the same with every identity provider: what people notice, what nobody may do."""

from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.oidc import current_provider
from obshto.tenants.api import appoint, people_known_as, scope_named

HERE, THERE = "gorno-selo", "dolno-selo"
DESK = "/console/news/"


def begin(provider, surfer, path=DESK, slug=HERE):
    """Open a page that asks who it is, and press on; now at the provider, unless it knows."""
    surfer.get(provider.site.at(slug) + path)
    return surfer.submit("/sign-in")


def enter(provider, surfer, key="editor", path=DESK, slug=HERE):
    begin(provider, surfer, path, slug)
    if provider.is_asking(surfer):
        provider.enter(surfer, key)
    return surfer.page


def session(surfer, slug=HERE):
    return surfer.cookie("session", f"{slug}.localhost")


def steps(surfer):
    """The addresses that the last answer led through."""
    return [answer.url for answer in surfer.page.history] + [surfer.page.url]


def step(surfer, part):
    return next(url for url in steps(surfer) if part in url)


def changed(url, **values):
    """The address with other values in its query."""
    parts = urlsplit(url)
    query = {key: found[0] for key, found in parse_qs(parts.query).items()} | values
    return urlunsplit(parts._replace(query=urlencode(query)))


@pytest.mark.both
def test_somebody_comes_back_to_the_page_they_wanted(provider, surfer):
    page = enter(provider, surfer)
    assert (page.status_code, page.url) == (200, provider.site.at(HERE) + DESK)


def test_the_language_stays_with_them(provider, surfer):
    surfer.get(provider.site.at(HERE) + "/en/console/news/")
    surfer.submit("/sign-in")
    provider.enter(surfer, "editor")
    assert surfer.page.url == provider.site.at(HERE) + "/en/console/news/"


def test_a_second_municipality_asks_for_nothing(provider, surfer):
    enter(provider, surfer)
    page = begin(provider, surfer, "/console/", THERE)
    assert (page.status_code, page.url) == (200, provider.site.at(THERE) + "/console/")
    assert session(surfer) != session(surfer, THERE)


@pytest.mark.both
def test_a_clerk_of_two_has_other_rights_in_each(provider, surfer):
    """One account, one sign-in, two sets of roles that do not run into each other."""
    log = "/console/audit/"
    with provider.site.app.app_context():
        subject = provider.subject("editor")
        known = people_known_as(current_provider().config.name, {subject})
        with open_uow(scope_named(THERE), Principal.system("test")) as uow:
            appoint(uow, known[subject].id, Role.DATA_PROTECTION_OFFICER)
    assert enter(provider, surfer).status_code == HTTPStatus.OK
    assert surfer.get(provider.site.at(HERE) + log).status_code == HTTPStatus.FORBIDDEN
    assert begin(provider, surfer, log, THERE).status_code == HTTPStatus.OK
    assert surfer.page.url == provider.site.at(THERE) + log


def test_a_citizen_has_an_account_and_no_desk(provider, surfer):
    assert enter(provider, surfer, "citizen", "/account").status_code == 200
    desk = enter(provider, surfer, "citizen", "/console/")
    assert "/console/news" not in desk.text
    assert surfer.get(provider.site.at(HERE) + DESK).status_code == HTTPStatus.FORBIDDEN


def test_a_role_counts_for_nothing_without_membership(provider, surfer):
    """The clerk holds a role of the admin here, by a row of ours, and belongs to others."""
    page = enter(provider, surfer, "clerk-of-two", "/console/tenants/")
    assert page.status_code == HTTPStatus.FORBIDDEN


def test_an_editor_is_no_specialist_of_the_region(provider, surfer):
    page = enter(provider, surfer, "editor", "/municipalities", "ops")
    assert page.status_code == HTTPStatus.FORBIDDEN


def test_the_specialist_of_the_region_has_no_rights_in_a_municipality(provider, surfer):
    assert enter(provider, surfer, "operator", "/municipalities", "ops").status_code == 200
    page = enter(provider, surfer, "operator", DESK)
    assert page.status_code == HTTPStatus.FORBIDDEN


def test_a_planted_session_is_not_taken_over(provider, surfer):
    """Fixation: what the cookie held before signing in opens nothing after."""
    surfer.http.cookies.set("session", "planted", domain=f"{HERE}.localhost", path="/")
    enter(provider, surfer)
    first = session(surfer)
    assert first != "planted"
    surfer.get(f"{provider.site.at(HERE)}/sign-in?next={DESK}&level=2&within=1")
    surfer.submit("/sign-in")
    if provider.is_asking(surfer):
        provider.enter(surfer, "editor")
    assert session(surfer) not in (None, first, "planted")


@pytest.mark.both
def test_staff_show_a_second_factor_even_when_they_came_as_citizens(provider, surfer):
    enter(provider, surfer, path="/account")
    page = surfer.get(provider.site.at(HERE) + DESK)
    assert "/sign-in" in page.url
    surfer.submit("/sign-in")
    assert provider.is_asking(surfer)
    provider.enter(surfer, "editor")
    assert surfer.page.url == provider.site.at(HERE) + DESK


def test_a_level_edited_out_of_the_address_is_not_enough(provider, surfer):
    surfer.get(provider.site.at(HERE) + DESK)
    surfer.submit("/sign-in")
    asked = step(surfer, "acr_values=2")
    surfer.get(changed(asked, acr_values="1"))
    provider.enter(surfer, "editor")
    assert surfer.page.status_code == HTTPStatus.FORBIDDEN
    assert session(surfer) is None


def test_a_sign_in_is_used_once(provider, surfer):
    enter(provider, surfer)
    callback = step(surfer, "/callback?")
    again = surfer.get(callback)
    assert again.status_code == HTTPStatus.BAD_REQUEST
    assert "вече е използван" in again.text


def test_an_arrival_is_used_once(provider, surfer):
    enter(provider, surfer)
    finish = step(surfer, "/sign-in/finish?")
    before = session(surfer)
    assert surfer.get(finish).status_code == HTTPStatus.BAD_REQUEST
    assert session(surfer) == before


def halted(provider, surfer, key="editor"):
    """The address of the arrival, before anybody has opened it."""
    begin(provider, surfer)
    callback = provider.enter_and_stop(surfer, key)
    answer = surfer.get(callback, allow_redirects=False)
    return answer.headers["Location"]


def test_an_arrival_in_another_browser_opens_nothing(provider, surfer, other_surfer):
    """Somebody is sent a link that would sign them in as another."""
    finish = halted(provider, surfer)
    begin(provider, other_surfer)  # the victim has a mark of their own
    assert other_surfer.get(finish).status_code == HTTPStatus.BAD_REQUEST
    assert session(other_surfer) is None
    # And it is spent: nor does it serve the one for whom it was meant.
    assert surfer.get(finish).status_code == HTTPStatus.BAD_REQUEST


def test_an_arrival_of_one_municipality_opens_no_other(provider, surfer):
    finish = halted(provider, surfer)
    surfer.http.cookies.set(
        "browser", surfer.cookie("browser", f"{HERE}.localhost"), domain=f"{THERE}.localhost"
    )
    elsewhere = finish.replace(provider.site.at(HERE), provider.site.at(THERE))
    assert surfer.get(elsewhere).status_code == HTTPStatus.BAD_REQUEST
    assert session(surfer, THERE) is None


@pytest.mark.parametrize("issuer", ["", "http://localhost:1/realms/obshto"])
def test_an_answer_of_another_issuer_is_refused(provider, surfer, issuer):
    begin(provider, surfer)
    callback = provider.enter_and_stop(surfer, "editor")
    assert surfer.get(changed(callback, iss=issuer)).status_code == HTTPStatus.FORBIDDEN
    assert session(surfer) is None


def test_a_code_of_another_sign_in_is_refused(provider, surfer, other_surfer):
    """Injection: the thief's code with the victim's state fails at the verifier."""
    begin(provider, other_surfer)
    stolen = parse_qs(urlsplit(provider.enter_and_stop(other_surfer, "editor")).query)["code"][0]
    begin(provider, surfer)
    callback = provider.enter_and_stop(surfer, "editor")
    assert surfer.get(changed(callback, code=stolen)).status_code == HTTPStatus.FORBIDDEN
    assert session(surfer) is None


@pytest.mark.parametrize(
    "way", ["//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_led_out_of_the_house(provider, surfer, way):
    surfer.get(f"{provider.site.at(HERE)}/sign-in?{urlencode({'next': way})}")
    surfer.submit("/sign-in")
    provider.enter(surfer, "editor")
    assert surfer.page.url == provider.site.at(HERE) + "/"


@pytest.mark.both
def test_who_cancels_is_told_and_can_try_again(provider, surfer):
    begin(provider, surfer)
    state = parse_qs(urlsplit(step(surfer, "state=")).query)["state"][0]
    query = urlencode({"error": "access_denied", "state": state})
    page = surfer.get(f"{provider.site.at('login')}/callback?{query}")
    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "Не влязохте" in page.text
    assert f"{provider.site.at(HERE)}/sign-in?next=%2Fconsole%2Fnews%2F" in page.text


def test_who_cancels_in_english_is_told_in_english(provider, surfer):
    surfer.get(provider.site.at(HERE) + "/en/console/news/")
    surfer.submit("/sign-in")
    state = parse_qs(urlsplit(step(surfer, "state=")).query)["state"][0]
    query = urlencode({"error": "access_denied", "state": state})
    page = surfer.get(f"{provider.site.at('login')}/callback?{query}")
    assert '<html lang="en"' in page.text and "You did not sign in" in page.text
    assert f'href="{provider.site.at(HERE)}/en/sign-in?' in page.text


def test_who_signs_out_in_english_comes_home_in_english(provider, surfer):
    enter(provider, surfer)
    surfer.get(provider.site.at(HERE) + "/en/account")
    page = surfer.submit("/sign-out")
    assert page.url == f"{provider.site.at(HERE)}/en/?said=sso.signed-out"


@pytest.mark.both
def test_signing_out_here_is_signing_out_everywhere(provider, surfer):
    enter(provider, surfer)
    enter(provider, surfer, path="/console/", slug=THERE)
    surfer.get(provider.site.at(HERE) + "/account")
    page = surfer.submit("/sign-out")
    assert page.url == f"{provider.site.at(HERE)}/?said=sso.signed-out"
    assert "/sign-in" in surfer.get(provider.site.at(THERE) + "/console/").url
    begin(provider, surfer)
    assert provider.is_asking(surfer), "the provider has forgotten them too"


def test_a_device_that_was_signed_out_from_afar_is_asked_who_it_is(provider, surfer, other_surfer):
    """The computer of the library, from the phone; the phone stays signed in."""
    enter(provider, surfer, "citizen", "/account")
    enter(provider, other_surfer, "citizen", "/account")
    surfer.get(provider.site.at(HERE) + "/account")
    assert surfer.submit("/end").status_code == HTTPStatus.OK
    assert surfer.page.url.startswith(provider.site.at(HERE) + "/account")
    begin(provider, other_surfer, "/account")
    assert provider.is_asking(other_surfer)


def test_out_everywhere_asks_again_who_it_is(provider, surfer):
    enter(provider, surfer)
    surfer.get(provider.site.at(HERE) + "/account")
    page = surfer.submit("/sign-out-everywhere")
    assert page.url == f"{provider.site.at(HERE)}/?said=sso.signed-out"
    begin(provider, surfer)
    assert provider.is_asking(surfer)


@pytest.mark.both
def test_the_provider_signs_somebody_out_everywhere(provider, surfer):
    enter(provider, surfer)
    enter(provider, surfer, path="/console/", slug=THERE)
    provider.sign_out_there("editor")
    for slug in (HERE, THERE):
        assert "/sign-in" in surfer.get(provider.site.at(slug) + "/console/").url


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_nobody_else_signs_people_out(provider, surfer, token):
    enter(provider, surfer)
    told = surfer.http.post(f"{provider.site.at()}/back-channel-logout", {"logout_token": token})
    assert told.status_code == HTTPStatus.BAD_REQUEST
    assert surfer.get(provider.site.at(HERE) + DESK).status_code == 200


def test_an_id_token_signs_nobody_out(provider, surfer, owner):
    """It has the provider's signature, and is no logout token."""
    enter(provider, surfer)
    [(token,)] = owner("select id_token from shared.session")
    told = surfer.http.post(f"{provider.site.at()}/back-channel-logout", {"logout_token": token})
    assert told.status_code == HTTPStatus.BAD_REQUEST
    assert surfer.get(provider.site.at(HERE) + DESK).status_code == 200


def test_on_a_shared_computer_the_session_is_short_and_leaves_with_the_browser(
    provider, surfer, owner
):
    surfer.get(provider.site.at(HERE) + "/sign-in?next=/account")
    surfer.submit("/sign-in", shared="1")
    provider.enter(surfer, "citizen")
    [cookie] = [c for c in surfer.http.cookies if c.name == "session"]
    assert cookie.expires is None
    [(minutes,)] = owner("select extract(epoch from ends_at - opened_at) / 60 from shared.session")
    assert minutes == 20


def test_sign_ins_and_failures_stand_in_the_log(provider, surfer, other_surfer, owner):
    other_surfer.get(halted(provider, surfer))
    enter(provider, surfer)
    told = 'select act, person_name from "t_gorno_selo".audit_entry order by seq'
    assert [tuple(row) for row in owner(told)][-1][0] == "sso:session.opened"
    failed = "select act, municipality, detail->>'why' from shared.audit_entry"
    assert [tuple(row) for row in owner(failed)] == [("sso:sign-in.failed", HERE, "hand-off")]


def test_a_made_up_arrival_leaves_no_line_in_the_log(provider, surfer, owner):
    for code in ("", "made-up"):
        answer = surfer.get(f"{provider.site.at(HERE)}/sign-in/finish?code={code}")
        assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert owner("select 1 from shared.audit_entry") == []


def test_what_was_under_way_leaves_no_secret_in_the_tables(provider, surfer, owner):
    begin(provider, surfer)
    state = parse_qs(urlsplit(step(surfer, "state=")).query)["state"][0]
    rows = owner("select a::text from shared.sso_attempt a")
    assert rows and all(state not in row[0] for row in rows)
