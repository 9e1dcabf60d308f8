"""Console walk: the pages of a village's console that somebody is led to, and their forms.

The same walk goes over its portal.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from support.contract import ONLY

# They open and close the person's own session, which is named by its cookie.
SESSION = ("/sign-in", "/sign-out")
START = f"/console/{ONLY}/" if ONLY else "/console/"
PORTAL = f"/{ONLY}/" if ONLY else "/"
ELSEWHERE = ("/console/", "/en/", "/ro/")
# Looks at so many pages of one shape from each page that leads to them.
DEEP = 4


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
    waiting, seen, looked, found = [(start, "")], set(), Counter(), {}
    while waiting:
        link, led_by = waiting.pop(0)
        page, answer = opened(person, link, pages)
        if page == start and answer.status_code == 404 and ONLY:
            break  # a part without a console, or without pages of its own
        assert answer.status_code == 200, (page, answer.status_code, led_by)
        if answer.mimetype != "text/html":
            continue  # a file
        for address, fields in person.forms_in(answer.text, page):
            if not address.endswith(SESSION):
                found.setdefault(shape(address), (page, address, fields))
        # The menu is on every page; its lines are followed from the first one alone.
        read = answer.text if page == start else answer.text.partition("<main")[2]
        for href in re.findall(r'<a[^>]* href="([^"]+)"', read):
            link = link_of(page, href)
            way = (shape(page), shape(link))
            if is_on_walk(link, start) and link not in seen and looked[way] < deep:
                seen.add(link)
                looked[way] += 1
                waiting.append((link, page))
    return list(found.values())


def is_on_walk(link, start):
    """The portal's walk stays out of the console and of its pages in other languages."""
    return link.startswith(start) and (start == START or not link.startswith(ELSEWHERE))


def shape(address):
    """The address without what names one of many: an id, a day, a number, a service."""
    return re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/offers/)[0-9a-z-]+|own-[0-9a-f]+|\d+", "…", address
    )
