"""All that a part of the house may contribute. If it is not here, a part cannot do it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint
from flask_babel import LazyString

from obshto.platform.db.base import SharedModel, TenantModel
from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.awaited_answers import AwaitedAnswers
from obshto.platform.modularity.consents import Consents as Consents
from obshto.platform.modularity.consents import GivenConsent as GivenConsent
from obshto.platform.modularity.consents import NoOwnConsents as NoOwnConsents
from obshto.platform.modularity.delegation import DelegableAct as DelegableAct
from obshto.platform.modularity.navigation import (
    Alternate as Alternate,
)
from obshto.platform.modularity.navigation import (
    Door as Door,
)
from obshto.platform.modularity.navigation import (
    Errand as Errand,
)
from obshto.platform.modularity.navigation import (
    HomeBlock as HomeBlock,
)
from obshto.platform.modularity.navigation import (
    NavEntry as NavEntry,
)
from obshto.platform.modularity.navigation import (
    SavedForm as SavedForm,
)
from obshto.platform.modularity.navigation import (
    Today as Today,
)
from obshto.platform.modularity.old_site import OldSite
from obshto.platform.modularity.practice import PracticeAct
from obshto.platform.modularity.processing_activities import (
    DataKind as DataKind,
)
from obshto.platform.modularity.processing_activities import (
    LookedAt as LookedAt,
)
from obshto.platform.modularity.processing_activities import (
    OwnTerm as OwnTerm,
)
from obshto.platform.modularity.processing_activities import (
    Processing as Processing,
)
from obshto.platform.modularity.processing_activities import (
    RestrictionReach as RestrictionReach,
)
from obshto.platform.modularity.processing_activities import (
    RiskCriterion as RiskCriterion,
)
from obshto.platform.modularity.public_outcomes import PublicOutcomes
from obshto.platform.modularity.retention_rules import (
    DELETED_TEXTS as DELETED_TEXTS,
)
from obshto.platform.modularity.retention_rules import (
    FOLLOWINGS as FOLLOWINGS,
)
from obshto.platform.modularity.retention_rules import (
    RetentionRule as RetentionRule,
)
from obshto.platform.modularity.todo import DueDays, Todo
from obshto.platform.permissions import Permission
from obshto.platform.web.hosts import Host
from obshto.platform.web.separate_origin import SeparateOrigin

if TYPE_CHECKING:
    from obshto.platform.bookings.kinds import BookingKind
    from obshto.platform.calendar.icalendar_writer import CalendarEntry
    from obshto.platform.datasets.declarations import Dataset
    from obshto.platform.documents.kinds import DocumentKind
    from obshto.platform.maps.layers import MapLayer
    from obshto.platform.notify.address import Address
    from obshto.platform.participation.declarations import ParticipationWay
    from obshto.platform.thread.declarations import StationSource
    from obshto.platform.unit_of_work import UnitOfWork

    # A unit of work in the municipality of a slug, with its modules on.
    EnterMunicipality = Callable[[str], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPersonalData:
    """The author says why there is nothing to export or erase."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """The author says why no mark of the canary is put into what the part shows."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """How a person's data leaves and how it is erased.

    `export` gives rows of plain values under a heading; `erase` leaves nothing that names the
    person, keeps what the law demands; `retention` says in words how long that is; `restriction`
    what a person's restriction of processing stops here, or why it stops nothing.
    """

    export: Callable[[UnitOfWork, UUID], Mapping[str, list[dict[str, Any]]]]
    erase: Callable[[UnitOfWork, UUID], None]
    retention: LazyString
    restriction: RestrictionReach
    outlives_erasure: bool = False  # something is kept so long: people are told before


class QueueSlot(StrEnum):
    """Queue of jobs that last: never before or after what people wait for, nor after each other."""

    SLOW = "slow"
    ENCODING = "encoding"  # minutes of the processor for a video


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work done after a commit or by the clock, in the scope of one municipality.

    `name` is „slug:verb-noun“. `run(work, **ids)` must bear to be run twice. With `every` (a cron
    line in UTC) one is enqueued for each municipality where the part is on. With `retention` it
    takes away what is over: the word of a `Processing` of its component, or a rule of its own. The
    worker counts, proves and holds back what such a job takes (`platform/privacy`).
    """

    name: str
    run: Callable[..., None]
    every: str | None = None
    only_reads: bool = False  # so it runs also while nothing may be changed in the municipality
    is_low_priority: bool = False  # nobody waits for it: whatever else is due runs first
    slot: QueueSlot | None = None  # by the clock it goes into a queue with a place of its own
    rounds: int = 1  # times of `every` within an hour, in which each municipality has one turn
    retention: str | RetentionRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalScheduledJob:
    """Work done by the clock once for the whole region, in no municipality's scope.

    `run(region)` must bear to be run twice. It is not tried again when it fails: its next time
    comes, and what went wrong stands on the board.
    """

    name: str
    run: Callable[[UnitOfWork], None]
    every: str  # a cron line in UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPicture:
    """A picture of what is published: where it is sent from, bytes, what is seen on it.

    `file_id` names the stored file, for whoever hands it on to a network.
    """

    path: str
    mime: str
    size: int
    alt_text: str
    file_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """What a search may find: published, in one language, with its path."""

    object_id: UUID
    kind: str
    title: str
    path: str
    published_at: datetime  # in time to come: shown from then on
    language: str
    text: str = ""  # what is said there, without markup; its beginning is shown below the title
    place: str = ""  # the town or village that it is about
    until: datetime | None = None  # not shown from then on
    pattern: Mapping[str, Any] | None = None  # what other municipalities may take over
    picture: EntryPicture | None = None  # for feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntries:
    """The published things of a part. `of(work, ids)` gives those among `ids`; None means all."""

    facts: frozenset[type[DomainEvent]]  # after one of these its subject is looked at anew
    of: Callable[[UnitOfWork, Collection[UUID] | None], Iterable[PublicEntry]]
    is_news: bool = False  # a new one is worth telling, here and at the region's door


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A published thing as it reads on a poster, in one language: seen from afar, then read.

    `facts` are the few that decide whether somebody stops: („Къде“, „село Старопатица“). `text` is
    in paragraphs without markup; its end gives way to the size of the page.
    """

    kind: str  # above the title: „Съобщение: вода“
    title: str
    path: str  # where it is read whole, below the host
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What people may ask to hear of by letter: „notices:water“ and its title on the form.

    In the name of one that `stands_alone` nobody is told of anything else, as of danger to life.
    """

    word: str
    title: LazyString
    stands_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Those who asked to hear of a topic at one of these places; no place means all of them.

    What is urgent comes at once to whoever asked, also to those who want one letter a day. After
    `until` nobody is told any more. `told` are those who were told of the same subject before: of
    a correction they hear besides those who asked; of what was called off, with `asked` false,
    they alone. With `any_topic` it is a danger to life: whoever asked to hear of anything at these
    places hears of it. `besides` are others who hear of it, each of them once.
    """

    topic: str
    places: frozenset[str] = frozenset()
    is_urgent: bool = False
    any_topic: bool = False
    until: datetime | None = None
    asked: bool = True
    told: bool = False
    besides: tuple[Audience, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A message when a fact is recorded: to those who hold a permission, or to whom `to` names.

    As a function `to` gives the ids of people for the fact's payload, so that a fact needs no name;
    an address that somebody without a profile left for this; or an audience out of those who
    subscribed. `letter` gives subject and text in the language in force, or None when there is
    nothing to say. An SMS has the subject alone, else what `short` gives: words, and what stays
    whole after them where they are cut. `has_push`: the subject may stand on a locked phone, so it
    goes to the browsers of a reader's account as well.
    """

    fact: type[DomainEvent]
    title: LazyString
    to: (
        Permission
        | Callable[[UnitOfWork, Mapping[str, Any]], Collection[UUID | Address] | Audience]
    )
    letter: Callable[[UnitOfWork, Mapping[str, Any]], tuple[str, str] | None]
    short: Callable[[UnitOfWork, Mapping[str, Any]], tuple[str, str]] | None = None
    has_push: bool = False


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to be mended, and the page of the console where that is done."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How much of what a criterion asks for is there, from 0 to 1, and what is to be mended."""

    share: float
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Something that a whole site has. `points` weigh it against the others of all parts.

    `word` is „slug.what“; `look` is called by a job, never while a page is shown.
    """

    word: str
    title: LazyString
    advice: LazyString  # what to do where it is missing
    points: int
    look: Callable[[UnitOfWork], Outcome]


@dataclass(frozen=True, kw_only=True)
class Component:
    """What the platform mounts. A room or a mechanism is a Part and is always on."""

    slug: str  # path, table prefix, permission prefix, template prefix
    folder: Path  # where templates/, translations/ and migrations/ lie
    privacy: PersonalData | NoPersonalData  # no default: the author takes a position
    # What it does with data of people; whoever says `PersonalData` declares at least one.
    processing: tuple[Processing, ...] = ()
    # What rests on the consent of a person; whoever names it as a ground declares it.
    consents: Consents | NoOwnConsents | None = None
    # Encrypted columns in which no person stands, as patterns, each with why.
    impersonal: Mapping[str, str] = field(default_factory=dict)
    # What of it lies outside the municipality's tables (copies, logs), and how that goes.
    kept_elsewhere: tuple[RetentionRule, ...] = ()
    models: tuple[type[SharedModel] | type[TenantModel], ...] = ()
    permissions: tuple[Permission, ...] = ()
    nav: tuple[NavEntry, ...] = ()
    door: Door | None = None  # the group of its menu lines; a line may name another
    own_data: tuple[NavEntry, ...] = ()  # under „Вашите данни“ of a person's own page
    foot: tuple[NavEntry, ...] = ()  # at the foot of a municipality's pages; rooms only
    errands: tuple[Errand, ...] = ()  # what people come to do; asks the database nothing
    saved_forms: tuple[SavedForm, ...] = ()  # kept by phones, to be filled in without a network
    shortcuts: tuple[NavEntry, ...] = ()  # what staff begin most often, for the console's home
    todo: tuple[Todo, ...] = ()  # lists of the console where work waits
    answers: tuple[AwaitedAnswers, ...] = ()  # what awaits an answer, for the one queue of all
    outcomes: tuple[PublicOutcomes, ...] = ()  # what came of what people said, for one page of all
    due: tuple[DueDays, ...] = ()  # what stands in the coming week of the console's home
    citizen: Blueprint | None = None  # /<slug>/ of a municipality
    console: Blueprint | None = None  # /console/<slug>/ of a municipality
    region: Blueprint | None = None  # /<slug>/ of the region: there whoever has the part on
    separate_origin: SeparateOrigin | None = None  # some of its addresses on a host of their own
    front: Mapping[Host, Blueprint] = field(default_factory=dict)  # "/" of a host; rooms only
    region_foot: tuple[NavEntry, ...] = ()  # lines below the region's own pages; rooms only
    alternates: tuple[Alternate, ...] = ()  # feeds, on the municipality's host or the region's
    home: Callable[[UnitOfWork], HomeBlock | None] | None = None  # asks no more for more rows
    region_home: Callable[[UnitOfWork], HomeBlock | None] | None = None  # of the region's, likewise
    # What may be searched for here, for the home page; „{place}“ becomes the municipality's name.
    examples: tuple[LazyString, ...] = ()
    today: Callable[[UnitOfWork], Today | None] | None = None  # what of it matters today; one query
    # What of it takes place from a moment to before another, at a place (an EKATTE code) or
    # anywhere: stands in the municipality's calendar beside the events. Asks no more for more rows.
    calendar: Callable[[UnitOfWork, datetime, datetime, str], Sequence[CalendarEntry]] | None = None
    settings: type | None = None  # a frozen dataclass with defaults; a room's has title, summary
    events: tuple[type[DomainEvent], ...] = ()
    notices: Mapping[str, LazyString] = field(default_factory=dict)  # sentences after a redirect
    reactions: Mapping[str, Job] = field(default_factory=dict)  # by „slug:noun.past“
    # Runs after anything that is worth telling was published, changed or taken back here, by
    # whichever part: `run(work, part=…, object_id=…)`, the latter empty for the whole part.
    follows: Job | None = None
    notifications: tuple[Notification, ...] = ()
    topics: tuple[Topic, ...] = ()  # what people may subscribe to
    jobs: tuple[Job, ...] = ()
    duties: tuple[RegionalScheduledJob, ...] = ()  # of the region; rooms only
    search: PublicEntries | None = None
    # How a thing that stands here now reads on paper; without it as the search has it.
    paper: Callable[[UnitOfWork, UUID], Paper | None] | None = None
    asks: NavEntry | None = None  # where staff ask citizens about a module, given as `about`
    delegable: tuple[DelegableAct, ...] = ()  # acts that a person may give a mandate for
    helps: NavEntry | None = None  # where staff ask for help, given the page at hand as `from`
    bookings: tuple[BookingKind, ...] = ()  # what can be booked in it
    datasets: tuple[Dataset, ...] = ()  # what it gives away as tables without personal data
    map_layers: tuple[MapLayer, ...] = ()  # its things on the map of the municipality
    participation: tuple[ParticipationWay, ...] = ()  # in which ways people are heard there
    stations: StationSource | None = None  # what its public things pass, who owes which by when
    issues: tuple[DocumentKind, ...] = ()  # documents that anybody can check by their code
    old_site: OldSite | None = None  # how it takes texts of the site before this one
    selfcheck: tuple[Criterion, ...] = ()  # what a whole site has of this part
    # Tables whose rows stay as they are when a municipality is taken back to a moment.
    outlives_restore: frozenset[str] = frozenset()
    # Puts a number where its staff see it and nobody else: whoever finds it elsewhere found a leak.
    canary: Callable[[UnitOfWork, str], None] | Unmarked | None = None  # twice changes nothing
    seeds: Callable[[UnitOfWork], None] | None = None  # demonstration content of a new municipality
    # Content that a municipality has of another, the second of these slugs, once both have theirs.
    shared_seeds: Callable[[EnterMunicipality, str, str], None] | None = None
    # What invented citizens do in the practice municipality while somebody works there.
    practice_acts: tuple[PracticeAct, ...] = ()
    # What others may ask of it, by the protocol of `platform.modularity.ports`.
    offers: Mapping[type, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ModuleManifest(Component):
    """A Part with a switch: each municipality turns it on or off."""

    title: LazyString
    summary: LazyString
    called: str = ""  # words by which citizens look for it; counted where they search in vain
    requires: frozenset[str] = frozenset()
    # What citizens would lose, in sentences that count it; shown before switching off.
    unfinished: Callable[[UnitOfWork], list[str]] | None = None
