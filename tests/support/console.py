"""Console walk: the pages of a village's console that somebody is led to, and their forms.

The same walk goes over its portal.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from urllib.parse import parse_qs, urljoin, urlsplit

from support.contract import ONLY
from support.thorough import IS_THOROUGH

from obshto.ops.compose import all_components

# They open and close the person's own session, which is named by its cookie.
SESSION = ("/sign-in", "/sign-out")
START = f"/console/{ONLY}/" if ONLY else "/console/"
PORTAL = f"/{ONLY}/" if ONLY else "/"
ELSEWHERE = ("/console/", "/en/", "/ro/")
# Looks at so many pages of one shape from each page that leads to them.
DEEP = 4
# So many pages of one view, whatever is asked of it, in which no link and no form is new: then it
# believes that they are all alike. In `make test-all` and of one part alone it never does.
ALIKE = None if IS_THOROUGH or ONLY else 8


def link_of(page, href):
    """A page of this village's console, without what was said there."""
    found = urlsplit(urljoin(page, href.replace("&amp;", "&")))
    return found._replace(query=re.sub(r"said=[^&]*", "", found.query), fragment="").geturl()


def opened(person, page, pages=None):
    """The page with its address, or the one of many that it leads on to; both are noted."""
    noted = set() if pages is None else pages
    noted.add(page)
    answer = person.get(page)
    if answer.status_code == 303:
        answer = person.get(page := link_of(page, answer.location))
        noted.add(page)
    return page, answer


def walk(person, deep=DEEP, start=START, pages=None):
    """(page, address, fields) of each form in the console, one for each shape of address.

    Every page that was opened is added to the set `pages`.

    Pages of one shape may differ by the list that leads to them: drafts, what is published; and
    by what hangs on them, so some of each list are opened: `deep` of each.
    """
    waiting, seen, looked, found, views = [(start, "")], set(), Counter(), {}, Views()
    while waiting:
        link, led_by = waiting.pop(0)
        if views.are_alike(link):
            continue
        page, answer = opened(person, link, pages)
        if page == start and answer.status_code == 404 and ONLY:
            break  # a part without a console, or without pages of its own
        assert answer.status_code == 200, (page, answer.status_code, led_by)
        is_page = answer.mimetype == "text/html"  # no file
        forms = person.forms_in(answer.text, page) if is_page else []
        for address, fields in forms:
            if not address.endswith(SESSION):
                found.setdefault(kin(address), (page, address, fields))
        links = [it for it in links_of(page, answer, start) if is_on_walk(it, start)]
        views.note(link, [*links, *(address for address, _ in forms)])
        for onward in links:
            way = (kin(page), kin(onward))
            if onward not in seen and looked[way] < deep:
                seen.add(onward)
                looked[way] += 1
                waiting.append((onward, page))
    return list(found.values())


def links_of(page, answer, start):
    """Where the page leads. The menu is on every one; its lines are followed from the first."""
    if answer.mimetype != "text/html":
        return []
    read = answer.text if page == start else answer.text.partition("<main")[2]
    return [link_of(page, href) for href in re.findall(r'<a[^>]* href="([^"]+)"', read)]


class Views:
    """What pages of each view have led to and asked for, and how many showed nothing new."""

    def __init__(self):
        self.known, self.dull = defaultdict(set), Counter()

    def are_alike(self, link):
        return ALIKE is not None and self.dull[self._view(link)] >= ALIKE

    def note(self, link, addresses):
        known = self.known[self._path(link)]
        shown = {self._path(address) for address in addresses}
        self.dull[self._view(link)] += shown <= known
        known |= shown

    def _view(self, link):
        return self._path(link), *sorted(parse_qs(urlsplit(link).query))

    @staticmethod
    def _path(address):
        return kin(urlsplit(address).path)


def is_on_walk(link, start):
    """The portal's walk stays out of the console and of its pages in other languages."""
    return link.startswith(start) and (start == START or not link.startswith(ELSEWHERE))


def shape(address):
    """The address without what names one of many: an id, a day, a number, a service."""
    return re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/offers/)[0-9a-z-]+|own-[0-9a-f]+|\d+", "…", address
    )


def kin(address):
    """The shape, for whichever part it is asked: `/console/posters/news/…` is one view with that of
    notices. In `make test-all` each is a shape of its own."""
    pieces = shape(address).split("/")
    if ALIKE is None:
        return "/".join(pieces)
    return "/".join([*pieces[:3], *("part" if it in slugs() else it for it in pieces[3:])])


@cache
def slugs():
    return {part.slug for part in all_components()}
