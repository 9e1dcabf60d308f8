"""The identity providers that the same tests ask, each with the hands to use its pages."""

from contextlib import contextmanager

from obshto.platform.permissions import Role
from obshto.platform.work import Principal, working
from obshto.sso.organizations import REGION, link_organization
from obshto.tenants.api import Profile, appoint, appoint_in_region, register_person, scope_named
from obshto.tenants.ports import directory

HERE, THERE = "gorno-selo", "dolno-selo"
TITLES = {"bg": "Проба"}


class Embedded:
    """Our own: a press on a name, and a code that the page hands out."""

    def __init__(self, site):
        self.site = site

    def subject(self, key):
        return f"demo:{key}"

    def enter(self, surfer, key):
        """Use the provider's page as somebody; afterwards one is back in the house."""
        return surfer.submit("", subject=self.subject(key))

    def enter_and_stop(self, surfer, key):
        """The same, but where the provider sends the browser is not opened: its address."""
        answer = surfer.submit("", follow=False, subject=self.subject(key))
        return answer.headers["Location"]

    def is_asking(self, surfer):
        """Whether the provider wants to know who it is."""
        return "/protocol/openid-connect/auth" in surfer.page.url

    def sign_out_there(self, key):
        """The provider ends all sessions of somebody, by its own decision."""
        with self.site.app.app_context():
            directory().end_sessions(self.subject(key))


@contextmanager
def embedded(serve):
    with serve() as site:
        yield Embedded(site)


def prepare(provider):
    """Organizations; an editor of two municipalities, a citizen, a specialist of the region."""
    app, issuer = provider.site.app, provider.site.app.extensions["obshto.provider"].config.name
    with app.app_context():
        for place in (HERE, THERE, REGION):
            link_organization(place, TITLES)
        people = {
            key: register_person(
                Profile(issuer=issuer, subject=provider.subject(key), name=key, email=None)
            )
            for key in ("editor", "clerk-of-two", "citizen", "operator")
        }
        for slug in (HERE, THERE):
            with working(scope_named(slug), Principal.system("test")) as work:
                appoint(work, people["editor"], Role.EDITOR)
        # A role without membership: what our rows say must count for nothing.
        with working(scope_named(HERE), Principal.system("test")) as work:
            appoint(work, people["clerk-of-two"], Role.ADMIN)
        appoint_in_region(people["operator"], Role.OPERATOR)
    return people
