"""Descriptions for programs, judged by the shapes of SEMIC and by Frictionless; nothing is asked of
the network. The validators of data.europa.eu and of frictionlessdata.io have never been asked."""

import pyshacl
import pytest
from frictionless import Package
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, SKOS

HOME = "http://gorno-selo.localhost:8000"
FORMS = {"ttl": "turtle", "jsonld": "json-ld"}


@pytest.fixture
def catalogue(published, refresh, read):
    """catalogue("ttl"): of a set brought by hand, one with points, and what modules declare."""
    refresh()

    def parsed(suffix):
        text = read(f"/opendata/catalog.{suffix}").text
        return Graph().parse(data=text, format=FORMS[suffix])

    return parsed


def test_the_catalogue_conforms_to_the_shapes_of_dcat_ap(catalogue, shapes, published):
    for suffix in FORMS:
        graph = catalogue(suffix)
        # A warning is left: a municipality is none of the corporate bodies of the Union.
        conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
        assert conforms, report
        dataset = URIRef(f"{HOME}{published}#dataset")
        assert len(set(graph.objects(predicate=DCAT.dataset))) > 1
        assert str(graph.value(dataset, DCTERMS.accrualPeriodicity)).endswith("/IRREG")
        files = {str(one) for one in graph.objects(dataset, DCAT.distribution)}
        assert f"{HOME}{published}.csv" in files


def test_the_shapes_miss_what_is_mandatory(catalogue, shapes):
    whole = catalogue("ttl")
    for gone in (DCTERMS.title, DCAT.accessURL, SKOS.inScheme):
        graph = Graph() + whole
        graph.remove((None, gone, None))
        conforms, _, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
        assert not conforms, gone


def test_the_data_package_is_valid_with_its_rows(published, read, tmp_path):
    told = read(f"{published}/datapackage.json").json
    [resource] = told["resources"]
    assert resource["path"] == f"{HOME}{published}.csv"
    local = {**told, "resources": [{**resource, "path": "rows.csv"}]}
    for more, is_valid in ((b"", True), (b"2026,x,y\r\n", False)):
        (tmp_path / "rows.csv").write_bytes(read(f"{published}.csv").data + more)
        report = Package.from_descriptor(local, basepath=str(tmp_path)).validate()
        assert report.valid is is_valid, report.to_summary()


def test_each_data_set_says_of_which_time_it_tells(catalogue, published, read):
    """The rows are of 2024 and 2025; what stands on the map is as of the day of the edition."""
    graph = catalogue("ttl")
    whole = ("2024-01-01", "2025-12-31")
    period = graph.value(URIRef(f"{HOME}{published}#dataset"), DCTERMS.temporal)
    told = graph.value(period, DCAT.startDate), graph.value(period, DCAT.endDate)
    assert tuple(map(str, told)) == whole
    for dataset in graph.objects(predicate=DCAT.dataset):
        assert graph.value(dataset, DCTERMS.temporal), dataset
    package = read(f"{published}/datapackage.json").json
    assert package["temporal"] == dict(zip(("start", "end"), whole, strict=True))
    page = read(published).text
    assert f'"temporalCoverage": "{whole[0]}/{whole[1]}"' in page
    day = read("/opendata/sets/places/places/datapackage.json").json["temporal"]
    assert day["start"] == day["end"]


def test_the_shapes_miss_a_period_that_is_none(catalogue, shapes):
    graph = Graph() + catalogue("ttl")
    graph.remove((None, RDF.type, DCTERMS.PeriodOfTime))
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
    assert not conforms
