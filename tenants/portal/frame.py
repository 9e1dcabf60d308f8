"""What surrounds every page: whose it is, where one can go, who is signed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request, url_for
from flask_babel import gettext

from obshto.platform.modularity.manifest import Component, NavEntry
from obshto.platform.modularity.registry import current_registry
from obshto.platform.storage.emblems import APP, CARD, HEAD, TOUCH
from obshto.platform.unit_of_work import ANONYMOUS, Principal
from obshto.platform.web.data_use import keeper_of_data
from obshto.platform.web.fragments import render_once
from obshto.platform.web.hosts import LABEL, Host
from obshto.platform.web.language import LANGUAGES, current_language, path_in
from obshto.platform.web.redirects import said_in
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.text_size import is_text_large
from obshto.platform.web.validity import keep_until, refuse_in_fragment
from obshto.tenants.delegation_gate import Acting, current_acting
from obshto.tenants.municipalities.bulletin import Bulletin
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.municipalities.notice import Notice
from obshto.tenants.people.sessions import Inside
from obshto.tenants.portal.banners import (
    Alarm,
    Reset,
    alarms_here,
    bulletins_now,
    reset_of,
    warning_of,
)
from obshto.tenants.portal.menu import Group, addresses_of, doors_of, section_of
from obshto.tenants.portal.theming import emblem_address, theme_address
from obshto.tenants.portal.web_app import worker_address
from obshto.tenants.request_gate import (
    current_municipality,
    current_place,
    sign_in_address,
)

IS_DEMO = "obshto.demo"
PERSONAL = frozenset(
    (
        *("who", "person", "notice", "step_in", "acting"),
        *("console_url", "console_doors", "help", "is_cacheable"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedIn:
    """The region's specialist is inside: why, until when, and the way out."""

    reason: str
    ends_at: datetime
    out_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameEmblem:
    """Where the coat of arms lies for the head, the icons and, whole, for social networks."""

    head: str
    icon: str
    touch: str
    card: str


@dataclass(frozen=True, kw_only=True)  # without slots: they would leave no room for what is lazy
class Frame:
    """Read by `site.html`, `console.html` and `board.html`; nothing else is passed to them.

    Menus, feeds and the foot are made when they are drawn: each shell draws some of them only.
    """

    here: Municipality | None
    who: Principal
    parts: tuple[Component, ...]  # that are there for the municipality, or always
    title: str
    place: str
    theme_url: str | None
    emblem: FrameEmblem | None
    language: str
    languages: list[tuple[str, str, str, bool]]
    phone: str | None
    notice: str | None
    warning: Notice | None
    bulletins: tuple[Bulletin, ...]  # of the region's team
    reset: Reset | None  # of the practice municipality
    person: str | None
    account_url: str | None
    sign_in_url: str | None
    sign_out_url: str | None
    text_size_url: str | None
    console_url: str | None
    home_url: str
    region_url: str
    search_url: str | None
    status_url: str
    worker_url: str | None
    manifest_url: str | None
    is_demo: bool
    is_cacheable: bool
    step_in: SteppedIn | None = None
    acting: Acting | None = None  # on behalf of somebody
    address: str | None = None  # of the page at hand, whole

    def __getattribute__(self, name: str) -> Any:
        """A fragment is shown to everybody."""
        if name in PERSONAL:
            refuse_in_fragment(f"frame.{name}")
        return super().__getattribute__(name)

    @cached_property
    def doors(self) -> list[Group]:
        """For everybody: nothing in it depends on who asks."""
        return doors_of(self.parts, console=False, who=ANONYMOUS) if self.here else []

    @cached_property
    def section(self) -> str:
        """The address in the menu that the page at hand lies in; "" where there is none."""

        def addresses() -> str:
            keep_until(None)
            return addresses_of(self.doors)

        return section_of(render_once("menu.addresses", addresses)) if self.here else ""

    @cached_property
    def console_doors(self) -> list[Group]:
        return doors_of(self.parts, console=True, who=self.who) if self.here else []

    def offers(self, address: str) -> bool:
        """Whether the menu of the console leads there for who is signed in."""
        return any(line.href == address for door in self.console_doors for line in door.lines)

    @property
    def has_alarms(self) -> bool:
        """Whether it can be asked: pages that the door did not open have no work at hand."""
        is_public = self.here is not None or request.environ.get(LABEL) == Host.REGION
        return is_public and "uow" in g

    @property
    def alarms(self) -> list[Alarm]:
        """Dangers that stand now; asked by a fragment, so once for each version of the host."""
        return alarms_here(current_uow())

    @cached_property
    def foot(self) -> list[tuple[str, str]]:
        return _foot(self.parts) if self.here else _region_foot(self.parts)

    @cached_property
    def own_data(self) -> list[tuple[str, str, str]]:
        """Lines under „Вашите данни“: text, address, hint."""
        lines = sorted((line for part in self.parts for line in part.own_data), key=_weight)
        return [(str(one.label), url_for(one.endpoint), str(one.hint or "")) for one in lines]

    @cached_property
    def data_use_url(self) -> str | None:
        """Where is said what becomes of data given on the page at hand, if it asks for any."""
        root = (request.endpoint or "").split(".")[0]
        registry = current_registry()
        part = registry.parts.get(keeper_of_data()) or registry.behind.get(root)
        if self.here is None or part is None or not part.processing:
            return None
        return url_for("tenants_portal.privacy", _anchor=part.slug)

    @cached_property
    def help(self) -> tuple[str, str] | None:
        """Where staff ask about the page at hand."""
        return _help(self.parts, self.who) if self.here else None

    @cached_property
    def alternates(self) -> list[tuple[str, str, str]]:
        return _alternates(self.parts, self.here)


def give_frame() -> dict[str, Frame]:
    """The context processor of all templates; it must also serve pages of faults."""
    here = current_municipality()
    who, acting = current_principal(), current_acting()
    # Not `components_here`: a fault may be told before the door has seen anything.
    parts = tuple(current_registry().switched_on(here.modules if here else ()))
    return {
        "frame": Frame(
            here=here,
            who=who,
            parts=parts,
            title=here.title(current_language()) if here else _host_title(),
            place=gettext("Област Видин") if here else gettext("Общ портал на общините"),
            address=_address(here),
            theme_url=theme_address(here) if _is_dressed(here) else None,
            emblem=_emblem(here),
            language=current_language(),
            languages=_languages(here),
            phone=here.contact.get("phone") if here else None,
            notice=said_in(part.notices for part in parts),
            warning=warning_of(here),
            bulletins=bulletins_now(),
            reset=reset_of(here),
            person=acting.assistant if acting else who.name if who.is_known else None,
            account_url=url_for("tenants_portal.account.show") if here else None,
            sign_in_url=sign_in_address() if current_place() else None,
            sign_out_url=f"{request.script_root}/sign-out" if current_place() else None,
            text_size_url=_text_size(here),
            console_url=_console(here, who),
            home_url=f"{request.script_root}/",
            region_url=f"{_base()}{request.script_root}/",
            search_url=_search(here),
            status_url=f"{request.script_root}/status",
            worker_url=worker_address() if here else None,
            manifest_url=url_for("tenants_portal.webmanifest") if here else None,
            is_demo=current_app.config[IS_DEMO],
            is_cacheable=not who.is_known and acting is None,
            step_in=_step_in(),
            acting=acting,
        )
    }


def _emblem(here: Municipality | None) -> FrameEmblem | None:
    if here is None or here.emblem is None:
        return None
    head, icon, touch, card = (emblem_address(here, width) for width in (HEAD, APP, TOUCH, CARD))
    assert head and icon and touch and card
    return FrameEmblem(head=head, icon=icon, touch=touch, card=f"{here.scope().address}{card}")


def _address(here: Municipality | None) -> str | None:
    """The whole address of the page at hand, as others shall know it: without a question in it."""
    return f"{here.scope().address}{request.script_root}{request.path}" if here else None


def _step_in() -> SteppedIn | None:
    inside: Inside | None = g.get("step_in")
    if inside is None:
        return None
    out_url = url_for("tenants_portal.account.leave_municipality")
    return SteppedIn(reason=inside.reason, ends_at=inside.ends_at, out_url=out_url)


def _is_dressed(here: Municipality | None) -> bool:
    """Whether this host serves a theme; a host that is nobody's has the look of the stylesheet."""
    return here is not None or request.environ.get(LABEL, "") in (Host.REGION, Host.OPS)


def _text_size(here: Municipality | None) -> str | None:
    """Where the size of text is switched; a page that answers a form cannot be come back to."""
    wanted = "usual" if is_text_large() else "large"
    has_switch = _is_dressed(here) and request.method == "GET"
    return f"{request.script_root}/text-size/{wanted}" if has_switch else None


def _host_title() -> str:
    label = request.environ.get(LABEL, "")
    title = gettext("Табло на ИТ екипа") if label == Host.OPS else gettext("Област Видин")
    return str(title)


def _languages(here: Municipality | None) -> list[tuple[str, str, str, bool]]:
    offered = here.languages if here else tuple(LANGUAGES)
    at = current_language()
    return [
        (code, name, path_in(code), code == at)
        for code, name in LANGUAGES.items()
        if code in offered
    ]


def _weight(entry: NavEntry) -> int:
    return entry.weight


def _foot(parts: Iterable[Component]) -> list[tuple[str, str]]:
    pages = [
        (gettext("Достъпност"), "accessibility_citizen.statement"),
        (gettext("Как пазим данните Ви"), "tenants_portal.privacy"),
        (gettext("Контакти"), "tenants_portal.contact"),
        *((str(line.label), line.endpoint) for part in parts for line in part.foot),
    ]
    return [(text, url_for(endpoint)) for text, endpoint in pages]


def _region_foot(parts: Iterable[Component]) -> list[tuple[str, str]]:
    if request.environ.get(LABEL) != Host.REGION:
        return []
    lines = sorted((line for part in parts for line in part.region_foot), key=_weight)
    return [(str(line.label), url_for(line.endpoint)) for line in lines]


def _console(here: Municipality | None, who: Principal) -> str | None:
    return url_for("tenants_portal.console_home") if here and who.permissions else None


def _help(parts: Iterable[Component], who: Principal) -> tuple[str, str] | None:
    for entry in (part.helps for part in parts if part.helps):
        if entry.permission is None or who.may(entry.permission):
            about = urlencode({"from": request.path}, safe="/")
            return str(entry.label), f"{url_for(entry.endpoint)}?{about}"
    return None


def _search(here: Municipality | None) -> str | None:
    """Where is searched: in the municipality, else in the region; operations have no search."""
    if here:
        return url_for("tenants_portal.search")
    return url_for("tenants_region.search") if request.environ.get(LABEL) == Host.REGION else None


def _alternates(
    parts: Iterable[Component], here: Municipality | None
) -> list[tuple[str, str, str]]:
    """Title, address and kind of each feed; on the region's host those of the region."""
    if not here:
        is_region = request.environ.get(LABEL) == Host.REGION
        parts = current_registry().parts.values() if is_region else ()
    return [
        (str(feed.label), url_for(feed.endpoint), feed.mime)
        for part in parts
        for feed in part.alternates
        if (part.region is not None and feed.endpoint.startswith(f"{part.region.name}."))
        is (here is None)
    ]


def _base() -> str:
    return f"{request.scheme}://{current_app.config['SERVER_NAME']}"
