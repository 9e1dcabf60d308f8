"""What the page of a service tells machines."""

import json
import re

from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.offers import is_online, offers

VILLAGE = "gorno-selo"


def test_a_service_is_told_in_the_words_of_schema_org(client, at, offered, uow_in):
    with uow_in(VILLAGE) as uow:
        said = offers(uow)
        every = services(uow).values()
        service = next(one for one in every if is_online(one, said.get(one.key)))
    page = client.get(f"/eservices/{service.key}", base_url=at(VILLAGE)).text
    told = linked(page)
    assert (told["@type"], told["name"]) == ("GovernmentService", service.title)
    assert told["provider"]["name"] == "Община Горно село"
    [*_, online] = told["availableChannel"]
    assert told["availableChannel"][0]["servicePhone"]["telephone"] == "0938 12 345"
    assert online["serviceUrl"].endswith(f"/eservices/{service.key}/start")
    assert {"@type": "Offer", "price": "2.50", "priceCurrency": "EUR"} in told["offers"]
    assert all(set(offer) == {"@type", "price", "priceCurrency"} for offer in told["offers"])


def test_machines_are_told_whose_a_service_is_where_that_is_known(client, at, offered, uow_in):
    with uow_in(VILLAGE) as uow:
        every = services(uow).values()
        known = next(one for one in every if one.who)
        unknown = next(one for one in every if not one.who)
    told = linked(client.get(f"/eservices/{known.key}", base_url=at(VILLAGE)).text)
    assert told["audience"] == {"@type": "Audience", "audienceType": known.who}
    assert "audience" not in linked(
        client.get(f"/eservices/{unknown.key}", base_url=at(VILLAGE)).text
    )


def linked(page):
    return json.loads(re.search(r'"application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
