"""Open data of the region: a list and a catalogue of all municipalities that have it on."""

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS

from obshto.modules.opendata.services import dcat
from obshto.modules.opendata.services.regional import show_in_region
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
HOME = "http://localhost:8000"


@pytest.fixture
def shown(published, refresh, uow_in):
    """A set brought by hand in the village, what modules declare in both."""
    for village in (VILLAGE, NEIGHBOUR):
        refresh(village)
        with uow_in(village) as uow:
            show_in_region(uow)
    return published


@pytest.fixture
def region(client, at):
    return lambda path: client.get(path, base_url=at())


def test_everybody_finds_the_sets_of_all_municipalities(shown, region):
    page = region("/opendata/").text
    assert f"http://{VILLAGE}.localhost:8000{shown}" in page
    assert page.count("/opendata/sets/places/places") == 2
    page = region(f"/opendata/?municipality={NEIGHBOUR}").text
    assert page.count("/opendata/sets/places/places") == 1 and shown not in page
    page = region("/opendata/?q=похарчено").text
    assert shown in page and "places/places" not in page
    assert shown in region("/opendata/?theme=ECON").text
    assert "Няма такъв набор" in region("/opendata/?q=няма").text
    assert "Places in the municipality" in region("/en/opendata/?q=places").text
    assert region("/ro/opendata/?theme=x&municipality=y&page=9").status_code == 200


def test_the_catalogue_of_the_region_holds_those_of_municipalities(shown, region, shapes):
    for suffix, form in (("ttl", "turtle"), ("jsonld", "json-ld")):
        answer = region(f"/opendata/catalog.{suffix}")
        graph = Graph().parse(data=answer.text, format=form)
        conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, allow_warnings=True)
        assert conforms, report
    whole = URIRef(f"{HOME}/opendata/#catalogue")
    parts = set(graph.objects(whole, DCAT.catalog))
    assert len(parts) == 2
    own = URIRef(f"http://{VILLAGE}.localhost:8000/opendata/#catalogue")
    dataset = URIRef(f"http://{VILLAGE}.localhost:8000{shown}#dataset")
    assert own in parts and (own, DCAT.dataset, dataset) in graph
    assert graph.value(dataset, DCTERMS.publisher) == URIRef(f"http://{VILLAGE}.localhost:8000/")
    assert (None, RDF.type, HYDRA.PagedCollection) not in graph
    assert region("/opendata/catalog.xml").status_code == 404
    assert region("/opendata/catalog.ttl?page=2").status_code == 404


def test_what_is_withdrawn_or_switched_off_leaves_the_region(
    shown, region, editor, uow_in, sign_in
):
    page = f"/console/opendata/{shown.rpartition('/')[2]}"
    assert editor.press(page, to="/withdraw").status_code == 303
    with uow_in(VILLAGE) as uow:
        show_in_region(uow)
    assert shown not in region("/opendata/").text
    admin = sign_in(NEIGHBOUR, Role.ADMIN)
    assert admin.press("/console/tenants/opendata", to="/off").status_code == 303
    for path in ("/opendata/", "/opendata/catalog.ttl"):
        assert f"{NEIGHBOUR}.localhost" not in region(path).text


def test_each_data_set_stands_on_one_page_of_a_long_catalogue(shown, region, monkeypatch):
    monkeypatch.setattr(dcat, "PER_PAGE", 2)
    found, onward = [], f"{HOME}/opendata/catalog.ttl"
    while onward:
        graph = Graph().parse(data=region(onward.removeprefix(HOME)).text, format="turtle")
        found += graph.subjects(RDF.type, DCAT.Dataset)
        view = graph.value(predicate=RDF.type, object=HYDRA.PartialCollectionView)
        onward = graph.value(view, HYDRA.next)
        assert graph.value(view, HYDRA.nextPage) == onward
    assert len(found) == len(set(found)) > 4
