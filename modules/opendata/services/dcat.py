"""DCAT-AP 3 catalogue (Turtle, JSON-LD) of the data sets of a municipality.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from obshto.modules.opendata.errors import NoFileYet
from obshto.modules.opendata.services.catalogue import OWN, CatalogueEntry
from obshto.modules.opendata.services.editions import FORMATS
from obshto.platform.scope import Scope

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

AUTHORITY = "http://publications.europa.eu/resource/authority/"
FILE_TYPES = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "geojson": "GEOJSON"}
TURTLE, JSON_LD = "turtle", "json-ld"
CATALOGUES = {"ttl": (TURTLE, "text/turtle"), "jsonld": (JSON_LD, "application/ld+json")}
PER_PAGE = 100  # data sets in a file of a catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class DcatDataset:
    """A data set as a catalogue tells it. `page` is its address, `often` a code of frequency,
    `covers` the first and the last day of what it tells."""

    page: str
    title: str
    about: str
    theme: str
    licence: str
    often: str
    number: int
    made_at: datetime
    sizes: Mapping[str, int]
    covers: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DcatCatalogue:
    """A catalogue at the `address` of its site; that of the region has those of municipalities as
    its `parts`."""

    address: str
    title: str
    about: str
    publisher: str
    datasets: Sequence[DcatDataset] = ()
    parts: Sequence[DcatCatalogue] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """A page of a catalogue too long for one. `address` is that of the file, without a query."""

    address: str
    number: int
    total: int  # data sets of all pages

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def span(self) -> slice:
        return slice((self.number - 1) * PER_PAGE, self.number * PER_PAGE)

    def at(self, number: int) -> str:
        """The address of another page."""
        return f"{self.address}?page={number}"


def catalogue_of(entries: Sequence[CatalogueEntry], scope: Scope) -> DcatCatalogue:
    """What a municipality gives away; only what has an edition is in it."""
    return DcatCatalogue(
        address=scope.address,
        title=f"Отворени данни: {scope.title}",
        about="Набори от данни на общината",
        publisher=scope.title,
        datasets=[
            DcatDataset(
                page=scope.address + entry.address,
                title=str(entry.title),
                about=str(entry.about),
                theme=entry.theme,
                licence=entry.licence,
                often=often_of(entry.part),
                number=entry.edition.number,
                made_at=entry.edition.made_at,
                sizes=entry.edition.sizes,
                covers=entry.edition.covers,
            )
            for entry in entries
            if entry.edition
        ],
    )


def often_of(part: str) -> str:
    """What modules declare is looked at each night, what officials bring when they bring it."""
    return "IRREG" if part == OWN else "DAILY"


def catalogue_in(catalogue: DcatCatalogue, page: CataloguePage, suffix: str) -> tuple[str, str]:
    """A page of a catalogue with its media type. Raises NoFileYet for what is none."""
    if suffix not in CATALOGUES or page.number > page.pages:
        raise NoFileYet
    form, mime = CATALOGUES[suffix]
    return write_catalogue(catalogue, page, form), mime


def write_catalogue(catalogue: DcatCatalogue, page: CataloguePage, form: str) -> str:
    """The data sets of that page, with the way to the next one (Hydra) where there are more."""
    # Only here, and late: the library takes a third of a second to load.
    from rdflib import RDF, Graph, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS, SKOS  # noqa: PLC0415

    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    themes = URIRef(f"{AUTHORITY}data-theme")
    graph.add((themes, RDF.type, SKOS.ConceptScheme))
    graph.add((themes, DCTERMS.title, Literal("Data theme", lang="en")))
    home = _add_catalogue(graph, catalogue)
    for part in catalogue.parts:
        inner = _add_catalogue(graph, part)
        graph.add((home, DCAT.catalog, inner))
        graph.add((home, DCTERMS.hasPart, inner))
    if page.pages > 1:
        _add_paging(graph, page)
    return graph.serialize(format=form)


def _add_catalogue(graph: Graph, catalogue: DcatCatalogue) -> Node:
    from rdflib import RDF, XSD, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS, FOAF  # noqa: PLC0415

    page = URIRef(f"{catalogue.address}/opendata/")
    home = URIRef(f"{page}#catalogue")  # the page is a document, the catalogue what it speaks of
    publisher = URIRef(f"{catalogue.address}/")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(catalogue.publisher, lang="bg")))
    told = (
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(catalogue.title, lang="bg")),
        (DCTERMS.description, Literal(catalogue.about, lang="bg")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.language, _concept(graph, "language", "BUL", DCTERMS.LinguisticSystem)),
        (DCAT.themeTaxonomy, URIRef(f"{AUTHORITY}data-theme")),
        (FOAF.homepage, page),
    )
    _add(graph, home, told)
    graph.add((page, RDF.type, FOAF.Document))
    for one in catalogue.datasets:
        dataset = URIRef(f"{one.page}#dataset")
        graph.add((home, DCAT.dataset, dataset))
        graph.add((URIRef(one.page), RDF.type, FOAF.Document))
        _add_dataset(graph, dataset, one)
        graph.add((dataset, DCTERMS.publisher, publisher))
        made = Literal(one.made_at.isoformat(), datatype=XSD.dateTime)
        graph.add((dataset, DCTERMS.modified, made))
    return home


def _add_paging(graph: Graph, page: CataloguePage) -> None:
    """By the words of Hydra that are in force and by those that they replaced: harvesters know
    the one or the other."""
    from rdflib import RDF, Literal, Namespace, URIRef  # noqa: PLC0415

    hydra = Namespace("http://www.w3.org/ns/hydra/core#")
    graph.bind("hydra", hydra)
    here = URIRef(page.at(page.number))
    told = [
        (RDF.type, hydra.PartialCollectionView),
        (RDF.type, hydra.PagedCollection),
        (hydra.totalItems, Literal(page.total)),
        (hydra.itemsPerPage, Literal(PER_PAGE)),
    ]
    ends = {"first": 1, "last": page.pages, "next": page.number + 1, "previous": page.number - 1}
    for word, number in ends.items():
        if 1 <= number <= page.pages:
            told += [
                (hydra[word], URIRef(page.at(number))),
                (hydra[f"{word}Page"], URIRef(page.at(number))),
            ]
    _add(graph, here, told)


def _add_dataset(graph: Graph, dataset: Node, one: DcatDataset) -> None:
    from rdflib import RDF, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS, SKOS  # noqa: PLC0415

    theme = _concept(graph, "data-theme", one.theme, SKOS.Concept)
    told = (
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(one.title, lang="bg")),
        (DCTERMS.description, Literal(one.about, lang="bg")),
        (DCTERMS.identifier, Literal(one.page)),
        (DCAT.theme, theme),
        (URIRef(f"{DCAT}version"), Literal(str(one.number))),
        (DCAT.landingPage, URIRef(one.page)),
        (DCTERMS.accrualPeriodicity, _concept(graph, "frequency", one.often, DCTERMS.Frequency)),
    )
    _add(graph, dataset, told)
    graph.add((theme, SKOS.prefLabel, Literal(one.theme, lang="en")))
    licence = URIRef(one.licence)
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
    _add_period(graph, dataset, one.covers)
    for suffix, size in one.sizes.items():
        address = URIRef(f"{one.page}.{suffix}")
        graph.add((dataset, DCAT.distribution, address))
        graph.add((address, DCTERMS.license, licence))
        _add_file(graph, address, suffix, size)


def _add_period(graph: Graph, dataset: Node, covers: tuple[str, str]) -> None:
    """Both days in it, as DCAT-AP asks of a period."""
    from rdflib import RDF, XSD, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS  # noqa: PLC0415

    period = URIRef(f"{dataset}-period")
    first, last = (Literal(day, datatype=XSD.date) for day in covers)
    graph.add((dataset, DCTERMS.temporal, period))
    told = ((RDF.type, DCTERMS.PeriodOfTime), (DCAT.startDate, first), (DCAT.endDate, last))
    _add(graph, period, told)


def _add_file(graph: Graph, address: Node, suffix: str, size: int) -> None:
    from rdflib import RDF, XSD, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS  # noqa: PLC0415

    kind = _concept(graph, "file-type", FILE_TYPES[suffix], DCTERMS.MediaTypeOrExtent)
    media = URIRef(f"https://www.iana.org/assignments/media-types/{FORMATS[suffix].mime}")
    graph.add((media, RDF.type, DCTERMS.MediaType))
    told = (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(FORMATS[suffix].title, lang="en")),
        (DCAT.accessURL, address),
        (DCAT.downloadURL, address),
        (DCTERMS.format, kind),
        (DCAT.mediaType, media),
        (DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger)),
    )
    _add(graph, address, told)


def _add(graph: Graph, subject: Any, told: Sequence[tuple[Any, Any]]) -> None:
    for predicate, value in told:
        graph.add((subject, predicate, value))


def _concept(graph: Graph, scheme: str, code: str, kind: Node) -> Node:
    """A code of the Publications Office, said to be of its scheme: who checks has no network."""
    from rdflib import RDF, URIRef  # noqa: PLC0415
    from rdflib.namespace import SKOS  # noqa: PLC0415

    concept = URIRef(f"{AUTHORITY}{scheme}/{code}")
    graph.add((concept, RDF.type, kind))
    graph.add((concept, SKOS.inScheme, URIRef(AUTHORITY + scheme)))
    return concept
