"""Looks at every state of every page, narrow and wide; reads it in another language, too."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_anatomy import Page
from browser_walking import FULL, Address, Walker, furnish, lay_bare, rules_to_reach, use
from playwright.sync_api import Error
from support.thorough import IS_THOROUGH

from obshto.platform.web.error_pages import FAULTS
from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.platform.web.redirects import said_by
from obshto.tenants.people.roles import STAFF_ROLES

NARROW, DESK = 320, 1280
OTHERS = [language for language in LANGUAGES if language != SOURCE]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# Draws a page once where it stands; who clicks would wait for frames that never come.
UNMOVING = "--disable-threaded-compositing"
# Answers come as one string: the driver takes longer to unfold a tree than the page to make it.
JUDGE = """async options => JSON.stringify((await axe.run(options)).violations)"""
# What a person can read of a document: texts, with the language that they are said to be in.
READ = r"""page => {
  const found = []
  const say = (text, element) => {
    const plain = text.replace(/\s+/g, ' ').trim()
    if (plain) found.push([plain, element.closest('[lang]').lang])
  }
  const walker = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!element.closest('script, style, textarea, noscript')) say(walker.currentNode.data, element)
  }
  const attributes = ['title', 'alt', 'aria-label', 'placeholder', 'data-label']
  for (const element of page.querySelectorAll('*')) {
    for (const {name, value} of element.attributes) {
      if (attributes.includes(name) || name.startsWith('data-i18n')) say(value, element)
    }
  }
  const description = page.querySelector('meta[name=description]')
  if (description) say(description.content, description)
  return JSON.stringify({
    texts: found,
    headings: page.querySelectorAll('h1').length,
    title: page.title,
    lang: page.documentElement.lang,
  })
}"""
PARSE = f"html => ({READ})(new DOMParser().parseFromString(html, 'text/html'))"
# How far the page can be scrolled sideways, with the elements that stick out.
WIDE = r"""() => {
  const room = document.documentElement.clientWidth
  const over = document.documentElement.scrollWidth - room
  if (over <= 0) return null
  const out = [...document.querySelectorAll('body *')].filter(
    e => e.getBoundingClientRect().right > room + 1)
  return `${over} px: ` + out.slice(-3).map(e => `${e.tagName}.${e.className}`).join(', ')
}"""
LOOK = f"() => [({READ})(document), ({WIDE})()]"


# The house as it was furnished; an empty municipality, everything off, what errors show, by the
# same process, which knows how the first is built; in `make test-all` what becomes of the first
# when every button was pressed, and each is looked at by whichever process is free.
PARTS = ("furnished", "bare", "used") if IS_THOROUGH else ("furnished", "bare")


@dataclass
class State:
    """What was seen of one page in one language."""

    name: str
    language: str
    status: int
    html: str
    headings: int
    title: str
    lang: str
    texts: list
    violations: list = field(default_factory=list)
    overflow: list = field(default_factory=list)
    complaints: list = field(default_factory=list)


class Looker:
    """Opens states in the browser and writes down what it saw.

    In a browser, on a narrow screen, each view of the furnished house once, and on a wide one, too,
    each state in which an element stands within another as on no page before; of the latter alone
    the rules of accessibility are asked, which take longest. In `make test-all` of every state. All
    else it reads, each view in each language: words change little of how a page stands. A view of
    an empty house is built of less than the same one furnished: `joints` are those that the part
    before it has seen, where the same process walked it.
    """

    def __init__(self, site, browser, walker, *, joints, is_bare=False):
        self.site, self.pages, self.states = site, {}, []
        self.is_bare = is_bare
        self.axe = Axe().axe_script
        self.walker, self.tokens = walker, dict(walker.tokens)
        self.browser, self.complaints = browser, []
        self.views, self.joints, self.untold = set(), joints, {}
        self.desk = browser.new_page()  # an empty one, whose policy lets texts be parsed

    def page(self, label, who):
        """One context for each person; the page of it is used again."""
        if who not in self.pages:
            context = self.browser.new_context(
                service_workers="block", viewport={"width": NARROW, "height": 844}
            )
            context.set_default_timeout(60_000)  # a machine may be busy
            if who:
                context.add_cookies([self.site.cookie(label, self.tokens[who])])
            page = context.new_page()
            page.on("console", self.hear)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self.pages[who] = page
        return self.pages[who]

    def hear(self, message):
        """Neither the status of a page that is an error is a complaint, nor that this browser
        keeps no pages for later."""
        known = ("the server responded with a status of", "Service Worker registration blocked")
        if message.type in ("error", "warning") and not any(map(message.text.count, known)):
            self.complaints.append(message.text)

    def see(self, address, language):
        page = self.page(address.label, address.who)
        if word := said_by(address.path):
            page.context.add_cookies([self.site.flash(address.label, word)])
        answer = page.goto(address.url(self.site, language))
        return self.note(page, answer, address, language, self.name_of(address))

    def see_its_errors(self, address):
        """Send every form that asks for something with nothing in it."""
        page = self.page(address.label, address.who)
        page.goto(address.url(self.site, SOURCE))
        for number in range(page.locator(TYPED).count()):
            if number:
                page.goto(address.url(self.site, SOURCE))
            if page.locator(TYPED).count() <= number:
                break
            try:
                with page.expect_navigation() as answer:
                    page.locator(TYPED).nth(number).evaluate(EMPTY)
            except Error as error:
                if "ERR_ABORTED" not in error.message:
                    raise
                continue  # nothing typed was right, and a file came
            if answer.value.status == 422:
                name = f"{self.name_of(address)} with errors in form {number + 1}"
                self.note(page, answer.value, address, SOURCE, name)

    def read(self, address, language):
        """The same page in that language."""
        told = self.told(address, language)
        return self.take_down(self.walker.get(told), language, self.name_of(address))

    @staticmethod
    def told(address, language):
        return (
            address if language == SOURCE else replace(address, path=f"/{language}{address.path}")
        )

    def other_languages(self, address):
        """In which to read a state: the first of a view in one, the second in the other, since
        what leaks into one leaks into all; all in `make test-all`. What is written into a template
        itself the words' own check finds."""
        view = address.label, address.furnished, self.view_of(address)
        turn = len(self.untold) % len(OTHERS)
        left = self.untold.setdefault(view, [*OTHERS[turn:], *OTHERS[:turn]])
        return OTHERS if IS_THOROUGH else [left.pop(0)] if left else []

    def read_its_errors(self, address, language):
        """Where that was right in the language before, a form may be gone."""
        told, found = self.told(address, language), []
        for number, form in enumerate(Page(self.walker.get(told).text).forms):
            answer = self.walker.send_nothing(told, form) if form.typed else None
            if answer and answer.status_code == 422:
                name = f"{self.name_of(address)} with errors in form {number + 1}"
                found.append(self.take_down(answer, language, name))
        return found

    def take_down(self, answer, language, name):
        """What was answered without a browser, read as the browser reads."""
        seen = json.loads(self.desk.evaluate(PARSE, answer.text))
        state = State(name, language, answer.status_code, answer.text, **seen)
        self.states.append(state)
        return state

    def note(self, page, answer, address, language, name):
        """At the width that the page before was left with, then at the other; what is built like
        pages before on a narrow screen alone, for what stands there has been seen on a wide one."""
        seen, wide = page.evaluate(LOOK)
        state = State(name, language, answer.status, answer.text(), **json.loads(seen))
        width = page.viewport_size["width"]
        joints = Page(state.html).joints
        is_new = IS_THOROUGH or not joints <= self.joints
        widths = [(width, wide)]
        if is_new or width != NARROW:
            other = DESK if width == NARROW else NARROW
            page.set_viewport_size({"width": other, "height": 844})
            widths.append((other, page.evaluate(WIDE)))
        state.overflow += [f"at {at}: {found}" for at, found in widths if found]
        self.know(address, joints)
        if is_new:
            page.evaluate(self.axe)
            found = json.loads(page.evaluate(JUDGE, AXE))
            state.violations = [
                f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
                for one in found
                for node in one["nodes"][:1]
            ]
        state.complaints, self.complaints = self.complaints, []
        self.states.append(state)
        return state

    def is_due(self, address, joints):
        """Whether there is something to look at that was not looked at before."""
        is_new = self.view_of(address) not in self.views and not self.is_bare
        return IS_THOROUGH or is_new or not joints <= self.joints

    def know(self, address, joints):
        self.views.add(self.view_of(address))
        self.joints |= joints

    def view_of(self, address):
        return self.walker.endpoint_of(address.label, address.path)

    def name_of(self, address):
        who = " signed in" if address.who else ""
        return f"{address.label or 'region'}{address.path} ({address.furnished}{who})"


TYPED = "main form[method=post]:has(input:not([type=hidden]), textarea, select)"
EMPTY = """form => {
  for (const field of form.elements) {
    if (['text', 'textarea', 'email', 'tel', 'number', 'date', 'url'].includes(field.type)) {
      field.value = ''
    }
  }
  form.noValidate = true
  form.submit()
}"""


def look_at_faults(looker, serve):
    """Each of our error pages, in each language."""
    with serve("--chdir", str(Path(__file__).parent), module="broken:app") as broken:
        here, looker.site = looker.site, broken
        for code in FAULTS:
            for language in LANGUAGES:
                address = Address(FULL, f"/planted/{code}", "", "fault")
                assert looker.see(address, language).status == code
        looker.site = here


def look_at_roles(looker):
    """The console's start page as each role sees it, and as nobody in particular."""
    for role in (*sorted(STAFF_ROLES), None):
        who = role or "no role"
        looker.tokens[who] = looker.site.token(FULL, *([role] if role else []))
        address = Address(FULL, "/console/", who, str(who))
        assert looker.see(address, "bg").status == 200
    assert looker.see(Address(FULL, "/console/audit/", "no role", "refused"), "bg").status == 403


def look_at_old_browser(looker):
    """The page that gives a form back, as a browser without the two headers gets it."""
    client = looker.site.app.test_client()
    for language in LANGUAGES:
        address = Address(FULL, "/sign-in", "", "given back")
        url = address.url(looker.site, language)
        back = client.post(urlsplit(url).path, base_url=looker.site.at(FULL), data={"next": "/"})
        page = looker.page(FULL, "")
        page.route(url, answering(back))
        looker.note(page, page.goto(url), address, language, looker.name_of(address))
        page.unroute(url)


def answering(answer):
    """What the browser is given instead of asking: an answer that another client got."""
    headers = {key: value for key, value in answer.headers if key.startswith("Content-Sec")}
    return lambda route: route.fulfill(
        status=answer.status_code,
        body=answer.get_data(),
        headers={**headers, "Content-Type": answer.content_type},
    )


@dataclass(frozen=True)
class Crawl:
    """All that the walk has brought."""

    part: str
    states: list
    unreached: list


SEEN, JOINTS = pytest.StashKey(), pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config):
    if SEEN in config.stash:
        terminalreporter.write_line(f"{config.stash[SEEN]} states of pages were looked at.")


def by_turns(languages, number):
    """One of them by turns, since what leaks into one leaks into all; all in `make test-all`."""
    return languages if IS_THOROUGH else [languages[number % len(languages)]]


def look_at_all(looker, walker):
    """Each state that the walk has brought since the last look."""
    states, walker.states = walker.states, {}
    for address, seen in states.items():
        walker.stay()
        status = seen.answer.status_code
        if not looker.is_due(address, seen.joints):
            looker.take_down(seen.answer, SOURCE, looker.name_of(address))
        elif looker.see(address, SOURCE).status != status:  # an hour to book may have gone by
            status = walker.get(address).status_code
            assert looker.states[-1].status == status, (address, status)
        for language in looker.other_languages(address):
            read = looker.read(address, language)
            assert read.status == status, (address, language, read.status)
    # Last: an empty form may be right, and what it does would be seen on other pages.
    for number, address in enumerate(one for one in states if one in walker.errors):
        walker.stay()
        told = [
            state
            for language in by_turns([*LANGUAGES], number)
            for state in looker.read_its_errors(address, language)
        ]
        if any(looker.is_due(address, Page(state.html).joints) for state in told):
            looker.see_its_errors(address)


def walk_furnished(looker, walker, serve):
    furnish(walker)
    look_at_all(looker, walker)
    look_at_roles(looker)


def walk_bare(looker, walker, serve):
    for _ in lay_bare(walker):
        look_at_all(looker, walker)
    look_at_faults(looker, serve)
    look_at_old_browser(looker)


def walk_used(looker, walker, serve):
    furnish(walker)
    for address, seen in walker.states.items():  # the first part looks at them
        looker.know(address, seen.joints)
    walker.states = {}
    use(walker)
    look_at_all(looker, walker)


WALKS = {"furnished": walk_furnished, "bare": walk_bare, "used": walk_used}


@pytest.fixture(scope="session", params=PARTS)
def crawl(request, site, serve, chromium):
    """Walks once for each part; every test asks something else of what was seen."""
    browser, walker = chromium(UNMOVING), Walker(site)
    stash = request.config.stash
    joints = stash.setdefault(JOINTS, set())
    looker = Looker(site, browser, walker, joints=joints, is_bare=request.param == "bare")
    WALKS[request.param](looker, walker, serve)
    browser.close()
    stash[SEEN] = stash.get(SEEN, 0) + len(looker.states)
    known = {rule.endpoint for rule in rules_to_reach(site.app)}
    return Crawl(request.param, looker.states, sorted(known - walker.reached))
