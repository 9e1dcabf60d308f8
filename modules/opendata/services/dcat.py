"""DCAT-AP 3 catalogue (Turtle, JSON-LD) of the data sets of a municipality.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/
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
    from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS  # noqa: PLC0415

    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    page = URIRef(f"{scope.address}/opendata/")
    home = URIRef(f"{page}#catalogue")  # the page is a document, the catalogue what it speaks of
    publisher, themes = URIRef(f"{scope.address}/"), URIRef(f"{AUTHORITY}data-theme")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(scope.title, lang="bg")))
    graph.add((themes, RDF.type, SKOS.ConceptScheme))
    graph.add((themes, DCTERMS.title, Literal("Data theme", lang="en")))
    told = (
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(f"Отворени данни: {scope.title}", lang="bg")),
        (DCTERMS.description, Literal("Набори от данни на общината", lang="bg")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.language, _concept(graph, "language", "BUL", DCTERMS.LinguisticSystem)),
        (DCAT.themeTaxonomy, themes),
        (FOAF.homepage, page),
    )
    _add(graph, home, told)
    graph.add((page, RDF.type, FOAF.Document))
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
    often = "IRREG" if entry.part == OWN else "DAILY"
    theme = _concept(graph, "data-theme", entry.theme, SKOS.Concept)
    told = (
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(str(entry.title), lang="bg")),
        (DCTERMS.description, Literal(str(entry.about), lang="bg")),
        (DCTERMS.identifier, Literal(str(page))),
        (DCAT.theme, theme),
        (URIRef(f"{DCAT}version"), Literal(str(entry.edition.number))),
        (DCAT.landingPage, page),
        (DCTERMS.accrualPeriodicity, _concept(graph, "frequency", often, DCTERMS.Frequency)),
    )
    _add(graph, dataset, told)
    graph.add((theme, SKOS.prefLabel, Literal(entry.theme, lang="en")))
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
