"""DCAT-AP 3 catalogue (Turtle, JSON-LD) of the data sets of a municipality.

https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from obshto.modules.opendata.services.catalogue import OWN, CatalogueEntry
from obshto.modules.opendata.services.editions import FORMATS
from obshto.platform.scope import Scope

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

AUTHORITY = "http://publications.europa.eu/resource/authority/"
FILE_TYPES = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "geojson": "GEOJSON"}
TURTLE, JSON_LD = "turtle", "json-ld"


def write_catalogue(entries: Sequence[CatalogueEntry], scope: Scope, form: str) -> str:
    """The whole catalogue; only what has an edition is in it."""
    # Only here, and late: the library takes a third of a second to load.
    from rdflib import RDF, XSD, Graph, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS, FOAF  # noqa: PLC0415

    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    page = URIRef(f"{scope.address}/opendata/")
    home = URIRef(f"{page}#catalogue")  # the page is a document, the catalogue what it speaks of
    publisher = URIRef(f"{scope.address}/")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(scope.title, lang="bg")))
    told = (
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(f"Отворени данни: {scope.title}", lang="bg")),
        (DCTERMS.description, Literal("Набори от данни на общината", lang="bg")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.language, _authority("language/BUL")),
        (FOAF.homepage, page),
    )
    _add(graph, home, told)
    graph.add((page, RDF.type, FOAF.Document))
    graph.add((_authority("language/BUL"), RDF.type, DCTERMS.LinguisticSystem))
    for entry in entries:
        if entry.edition is not None:
            page = URIRef(scope.address + entry.address)
            dataset = URIRef(f"{page}#dataset")
            graph.add((home, DCAT.dataset, dataset))
            graph.add((page, RDF.type, FOAF.Document))
            _add_dataset(graph, dataset, page, entry)
            graph.add((dataset, DCTERMS.publisher, publisher))
            made = Literal(entry.edition.made_at.isoformat(), datatype=XSD.dateTime)
            graph.add((dataset, DCTERMS.modified, made))
    return graph.serialize(format=form)


def _add_dataset(graph: Graph, dataset: Node, page: Node, entry: CatalogueEntry) -> None:
    from rdflib import RDF, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS, SKOS  # noqa: PLC0415

    assert entry.edition
    often = _authority(f"frequency/{'IRREG' if entry.part == OWN else 'DAILY'}")
    theme = _authority(f"data-theme/{entry.theme}")
    told = (
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(str(entry.title), lang="bg")),
        (DCTERMS.description, Literal(str(entry.about), lang="bg")),
        (DCTERMS.identifier, Literal(str(page))),
        (DCAT.theme, theme),
        (URIRef(f"{DCAT}version"), Literal(str(entry.edition.number))),
        (DCAT.landingPage, page),
        (DCTERMS.accrualPeriodicity, often),
    )
    _add(graph, dataset, told)
    graph.add((theme, RDF.type, SKOS.Concept))
    graph.add((theme, SKOS.prefLabel, Literal(entry.theme, lang="en")))
    graph.add((often, RDF.type, DCTERMS.Frequency))
    licence = URIRef(entry.licence)
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
    for suffix, size in entry.edition.sizes.items():
        address = URIRef(f"{page}.{suffix}")
        graph.add((dataset, DCAT.distribution, address))
        graph.add((address, DCTERMS.license, licence))
        _add_file(graph, address, suffix, size)


def _add_file(graph: Graph, address: Node, suffix: str, size: int) -> None:
    from rdflib import RDF, XSD, Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCAT, DCTERMS  # noqa: PLC0415

    kind = _authority(f"file-type/{FILE_TYPES[suffix]}")
    media = URIRef(f"https://www.iana.org/assignments/media-types/{FORMATS[suffix].mime}")
    graph.add((kind, RDF.type, DCTERMS.MediaTypeOrExtent))
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


def _authority(path: str) -> Any:
    from rdflib import URIRef  # noqa: PLC0415

    return URIRef(AUTHORITY + path)
