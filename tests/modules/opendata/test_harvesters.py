"""The catalogue as the harvesters of others read it: what opendatateam/udata (`walk_graph`,
`resource_from_rdf`) and ckan/ckanext-dcat (`next_page`, the profiles) look for, page by page. Both
were read, neither has ever run against a house of ours."""

from urllib.parse import urlsplit

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS

from obshto.modules.opendata.services import dcat
from obshto.modules.opendata.services.regional import show_in_region

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
IANA = "https://www.iana.org/assignments/media-types/"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MIMES = {"csv": "text/csv", "json": "application/json", "geojson": "application/geo+json"}


def next_of_udata(graph):
    for kind, word in ((HYDRA.PartialCollectionView, HYDRA.next), (HYDRA.PagedCollection, None)):
        if (None, RDF.type, kind) in graph:
            view = graph.value(predicate=RDF.type, object=kind)
            return graph.value(view, word or HYDRA.nextPage)
    return None


def next_of_ckan(graph):
    """Both words are read, of every collection on the page."""
    for view in graph.subjects(RDF.type, HYDRA.PagedCollection):
        for word in (HYDRA.next, HYDRA.nextPage):
            if found := graph.value(view, word):
                return str(found)
    return None


@pytest.fixture
def harvest(published, refresh, client, uow_in, monkeypatch):
    """harvest(host, next_of): the pages of a catalogue as graphs, four data sets on each."""
    monkeypatch.setattr(dcat, "PER_PAGE", 4)
    for village in (VILLAGE, NEIGHBOUR):
        refresh(village)
        with uow_in(village) as uow:
            show_in_region(uow)

    def walk(host, next_of, suffix="ttl", form="turtle"):
        pages, onward = [], f"http://{host}:8000/opendata/catalog.{suffix}"
        while onward:
            parts = urlsplit(str(onward))
            answer = client.get(
                f"{parts.path}?{parts.query}", base_url=f"{parts.scheme}://{parts.netloc}"
            )
            assert answer.status_code == 200
            pages.append(Graph().parse(data=answer.text, format=form))
            onward = next_of(pages[-1])
            assert len(pages) < 99
        return pages

    return walk


@pytest.mark.parametrize("next_of", [next_of_udata, next_of_ckan])
@pytest.mark.parametrize("host", ["gorno-selo.localhost", "localhost"])
def test_each_data_set_is_harvested_once_by_a_stable_identifier(harvest, host, next_of):
    pages = harvest(host, next_of)
    assert len(pages) > 1
    known = []
    for page in pages:
        for node in page.subjects(RDF.type, DCAT.Dataset):
            [identifier] = page.objects(node, DCTERMS.identifier)
            assert isinstance(identifier, Literal) and str(node) == f"{identifier}#dataset"
            assert page.value(node, DCTERMS.title) and page.value(node, DCTERMS.publisher)
            known.append(str(identifier))
    assert len(known) == len(set(known)) > 4
    again = harvest(host, next_of, "jsonld", "json-ld")
    told = [str(one) for page in again for one in page.objects(None, DCTERMS.identifier)]
    assert sorted(told) == sorted(known)


def test_files_say_their_address_licence_media_type_and_format(harvest):
    for page in harvest("gorno-selo.localhost", next_of_udata):
        for node in page.subjects(RDF.type, DCAT.Dataset):
            files = list(page.objects(node, DCAT.distribution))
            assert files
            for file in files:
                suffix = str(file).rpartition(".")[2]
                assert (
                    page.value(file, DCAT.downloadURL) == page.value(file, DCAT.accessURL) == file
                )
                assert str(page.value(file, DCTERMS.license)).startswith("https://creativecommons")
                media = str(page.value(file, DCAT.mediaType))
                assert media.startswith(IANA)
                assert "/".join(media.split("/")[-2:]) == MIMES.get(suffix, media[len(IANA) :])
                assert page.value(file, DCTERMS["format"]) == URIRef(FILE_TYPES + suffix.upper())
                assert int(page.value(file, DCAT.byteSize)) > 0
                assert page.value(file, DCTERMS.title)


def test_a_data_set_of_the_region_has_one_catalogue_besides_the_root(harvest):
    """Else ckanext-dcat stops at it."""
    for page in harvest("localhost", next_of_ckan):
        [root] = set(page.subjects(DCTERMS.hasPart))
        for node in page.subjects(RDF.type, DCAT.Dataset):
            [own] = set(page.subjects(DCAT.dataset, node)) - {root}
            assert (root, DCTERMS.hasPart, own) in page
