"""The identity providers that the same tests ask, each with the hands to use its pages."""

import json
import secrets
import sys
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urljoin

from obshto.ops.compose import identity_book
from obshto.ops.config import read_config
from obshto.ops.keycloak.settings import plan_of, read_keycloak
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.people import PEOPLE
from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.organizations import find_organization
from obshto.sso.keycloak.provision import Realm, connect, provision
from obshto.sso.organizations import REGION, link_organization
from obshto.tenants.api import Profile, appoint, appoint_in_region, register_person, scope_named
from obshto.tenants.ports import directory

HERE, THERE = "gorno-selo", "dolno-selo"
# The clerk belongs to others than these two; the citizen nowhere.
BELONGS = {"editor": (HERE, THERE), "clerk-of-two": (), "citizen": (), "operator": (REGION,)}
PASSWORD = "dalga-parola-1"
IDENTIFIER = "PNOBG-7501010010"

state = sys.modules["obshto_state"]
play_the_state, STATE_PASSWORD = state.play_the_state, state.PASSWORD
authenticator = sys.modules["obshto_walker"].Authenticator


class Embedded:
    """Our own: a press on a name, and a code that the page hands out."""

    def __init__(self, site):
        self.site = site

    def arrive(self):
        """The people of the tests are there, as nobody has changed them."""
        with identity_book(self.site.app.extensions["obshto.config"]).changing() as contents:
            contents.accounts |= {one.account.subject: one.account for one in PEOPLE}

    def subject(self, key):
        return f"demo:{key}"

    def enter(self, surfer, key):
        """Use the provider's page as somebody; afterwards one is back in the house."""
        return surfer.submit("", subject=self.subject(key))

    def enter_and_stop(self, surfer, key):
        """The same, but where the provider sends the browser is not opened: its address."""
        answer = surfer.submit("", follow=False, subject=self.subject(key))
        return answer.headers["Location"]

    def fail(self, surfer, key, typed):
        """Somebody types a wrong code."""
        return surfer.submit("", subject=self.subject(key), code=typed)

    def prove(self, surfer, key):
        """Show once more who it is, as far as the provider asks before a change."""
        if '<li><button name="act"' not in surfer.page.text:
            self.enter(surfer, key)

    def set_up_codes(self, surfer):
        """Scan, type the first code; afterwards one is back in the house."""
        return surfer.submit("", act="do")

    def confirm(self, surfer):
        return surfer.submit("", act="do")

    def rename(self, surfer, first, last):
        """Somebody types another name; afterwards one is back in the house."""
        return surfer.submit("", act="do", typed=f"{first} {last}")

    def cancel(self, surfer):
        return surfer.submit("", act="leave")

    def enter_by_the_state(self, surfer):
        """Невена comes by the national sign-in; afterwards one is back in the house."""
        return self.enter(surfer, "citizen-eid")

    def is_asking(self, surfer):
        """Whether the provider wants to know who it is."""
        return "/protocol/openid-connect/auth" in surfer.page.url

    def sign_out_there(self, key):
        """The provider ends all sessions of somebody, by its own decision."""
        with self.site.app.app_context():
            directory().end_sessions(self.subject(key))


class Keycloak(Embedded):
    """The real one: an address and a password, then six figures from a phone.

    New people for each test, because a code is good once and the next one is half a minute away.
    """

    def __init__(self, site, admin):
        super().__init__(site)
        self.admin, self.known = admin, {}

    def arrive(self):
        for key, places in BELONGS.items():
            email, secret = f"{key}-{secrets.token_hex(4)}@villages.example", secrets.token_hex(10)
            subject = self.admin.create_user(
                {
                    "username": email,
                    "email": email,
                    "emailVerified": True,
                    "enabled": True,
                    "firstName": "Проба",
                    "lastName": "Пробова",
                    "credentials": [
                        {"type": "password", "value": PASSWORD, "temporary": False},
                        one_time_codes(secret),
                    ],
                }
            )
            for place in places:
                organization = find_organization(self.admin, place)["id"]
                self.admin.organization_user_add(subject, organization)
            self.known[key] = (subject, email, authenticator(secret))

    def subject(self, key):
        return self.known[key][0]

    def enter(self, surfer, key):
        return surfer.get(self.enter_and_stop(surfer, key))

    def enter_and_stop(self, surfer, key):
        _, email, phone = self.known[key]
        while True:
            if surfer.form(holding="otp"):
                typed = {"holding": "otp", "otp": phone.code()}
            elif surfer.form(holding="username"):
                typed = {"holding": "username", "username": email, "password": PASSWORD}
            else:
                typed = {"holding": "password", "password": PASSWORD}
            answer = surfer.submit("", follow=False, **typed)
            while answer.is_redirect:
                url = urljoin(answer.url, answer.headers["Location"])
                if url.startswith(self.site.at("login")):
                    return url
                answer = surfer.get(url, allow_redirects=False)

    def fail(self, surfer, key, typed):
        email = self.known[key][1]
        surfer.submit("", holding="username", username=email, password=PASSWORD)
        return surfer.submit("", holding="otp", otp=typed)

    def prove(self, surfer, key):
        _, email, phone = self.known[key]
        while surfer.form(holding="otp") or surfer.form(holding="password"):
            if surfer.form(holding="otp"):
                surfer.submit("", holding="otp", otp=phone.code())
            elif surfer.form(holding="username"):
                surfer.submit("", holding="username", username=email, password=PASSWORD)
            else:
                surfer.submit("", holding="password", password=PASSWORD)

    def set_up_codes(self, surfer):
        secret = surfer.form(holding="totpSecret").fields["totpSecret"]
        code = authenticator(secret).code()
        return surfer.submit("", holding="totpSecret", totp=code, userLabel="Телефон")

    def confirm(self, surfer):
        return surfer.submit("", accept="")

    def rename(self, surfer, first, last):
        return surfer.submit("", holding="firstName", firstName=first, lastName=last)

    def cancel(self, surfer):
        return surfer.submit("", **{"cancel-aia": "true"})

    def enter_by_the_state(self, surfer):
        surfer.follow("/broker/eauth/login")
        surfer.submit("", holding="SAMLRequest")
        surfer.submit("", holding="username", username="nevena", password=STATE_PASSWORD)
        return surfer.submit("", holding="SAMLResponse")

    def is_asking(self, surfer):
        return "/realms/obshto/" in surfer.page.url


def one_time_codes(secret):
    """An authenticator that was set up before, as Keycloak keeps it."""
    shape = {"subType": "totp", "period": 30, "digits": 6, "algorithm": "HmacSHA1"}
    return {
        "type": "otp",
        "secretData": json.dumps({"value": secret}),
        "credentialData": json.dumps(shape),
    }


@contextmanager
def embedded(need, serve):
    with serve() as site:
        yield Embedded(site)


@contextmanager
def keycloak(need, serve):
    """A Keycloak that knows the house by its port, and the house that asks it.

    `need` brings a fixture by its name.
    """
    need("keycloak_running")
    port = need("free_port")()
    environ = need("keycloak_environ") | {"BASE_URL": f"http://localhost:{port}"}
    config = read_config(environ)
    settings = read_keycloak(config, environ)
    admin = connect_to_empty(settings)
    titles = {place: titles_of(place) for place in (HERE, THERE)}
    realm = Realm(admin, plan_of(config, settings), titles)
    provision(realm)
    state = play_the_state(admin, settings.url)
    state.add("nevena", IDENTIFIER, "Невена Радулова")
    provision(replace(realm, plan=replace(realm.plan, eid=state.plan)))
    with serve(
        port=port,
        oidc_issuer=settings.issuer,
        oidc_client_secret=settings.client_secret,
        keycloak_directory_secret=settings.directory_secret,
    ) as site:
        yield Keycloak(site, admin)


def connect_to_empty(settings):
    """The administrator of a server where nothing is left of those who had it before."""
    admin = connect(settings.url, username=settings.admin, password=settings.admin_password)
    for realm in call(admin, "GET", "admin/realms"):
        if realm["realm"] != "master":
            call(admin, "DELETE", f"admin/realms/{realm['realm']}")
    return admin


def titles_of(place):
    """No two organizations may have one name."""
    return {language: f"{place} ({language})" for language in ("bg", "en", "ro")}


def prepare(provider):
    """Organizations; an editor of two municipalities, a citizen, a specialist of the region."""
    app, issuer = provider.site.app, provider.site.app.extensions["obshto.provider"].config.name
    with app.app_context():
        for place in (HERE, THERE, REGION):
            link_organization(place, titles_of(place))
        provider.arrive()
        people = {
            key: register_person(
                Profile(issuer=issuer, subject=provider.subject(key), name=key, email=None)
            )
            for key in BELONGS
        }
        for slug in (HERE, THERE):
            with open_uow(scope_named(slug), Principal.system("test")) as uow:
                appoint(uow, people["editor"], Role.EDITOR)
        # A role without membership: what our rows say must count for nothing.
        with open_uow(scope_named(HERE), Principal.system("test")) as uow:
            appoint(uow, people["clerk-of-two"], Role.ADMIN)
        appoint_in_region(people["operator"], Role.OPERATOR)
