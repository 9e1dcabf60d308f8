"""The state, played by a second realm: a SAML provider that names people by their numbers."""

from dataclasses import dataclass
from xml.etree import ElementTree

import requests

from obshto.sso.keycloak.broker import ALIAS, ATTRIBUTES
from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.plan import REALM, EidPlan

NAME = "state"
PASSWORD = "darzhavna-parola-1"
CERTIFICATE = "{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


@dataclass(frozen=True)
class State:
    """The realm with its address; `plan` is what ours is told of it."""

    admin: object
    url: str
    plan: EidPlan

    def add(self, username, identifier, name, level="SUBSTANTIAL"):
        """Somebody whom the state knows."""
        said = {"personIdentifier": identifier, "personName": name, "levelOfAssurance": level}
        credentials = [{"type": "password", "value": PASSWORD, "temporary": False}]
        person = {
            "username": username,
            "enabled": True,
            "email": f"{username}@state.example",
            "firstName": "-",
            "lastName": "-",
            "credentials": credentials,
            "attributes": {key: [value] for key, value in said.items() if value},
        }
        call(self.admin, "POST", f"admin/realms/{NAME}/users", person)


def play_the_state(admin, url, *, hash_key="k" * 32):
    """Make the realm; our own must be there, for the state knows it by its keys."""
    call(admin, "POST", "admin/realms", {"realm": NAME, "enabled": True, "sslRequired": "none"})
    profile = call(admin, "GET", f"admin/realms/{NAME}/users/profile")
    profile["unmanagedAttributePolicy"] = "ENABLED"
    call(admin, "PUT", f"admin/realms/{NAME}/users/profile", profile)
    call(admin, "POST", f"admin/realms/{NAME}/clients", relying_party(admin, url))
    descriptor = requests.get(f"{url}/realms/{NAME}/protocol/saml/descriptor", timeout=120)
    found = ElementTree.fromstring(descriptor.content).iter(CERTIFICATE)
    plan = EidPlan(
        sign_in_url=f"{url}/realms/{NAME}/protocol/saml",
        certificates=next(found).text,
        service="2.16.100.1.1.1.1.11",
        provider="2.16.100.1.1.7.1",
        hash_key=hash_key,
    )
    return State(admin, url, plan)


def relying_party(admin, url):
    """Ours, as the state has it in its register."""
    ours = f"{url}/realms/{REALM}"
    keys = call(admin, "GET", f"admin/realms/{REALM}/keys")["keys"]
    certificate = {key["algorithm"]: key["certificate"] for key in keys if "certificate" in key}
    return {
        "clientId": ours,
        "protocol": "saml",
        "enabled": True,
        "redirectUris": [f"{ours}/broker/{ALIAS}/endpoint"],
        "frontchannelLogout": True,
        "attributes": {
            "saml.force.post.binding": "true",
            "saml.server.signature": "true",
            "saml.assertion.signature": "true",
            "saml.client.signature": "true",
            "saml.signature.algorithm": "RSA_SHA256",
            "saml.signing.certificate": certificate["RS256"],
            "saml.encrypt": "true",
            "saml.encryption.certificate": certificate["RSA-OAEP"],
            "saml.authnstatement": "true",
        },
        "protocolMappers": [
            {
                "name": name,
                "protocol": "saml",
                "protocolMapper": "saml-user-attribute-mapper",
                "config": {
                    "user.attribute": name,
                    "attribute.name": f"{ATTRIBUTES}{name}",
                    "attribute.nameformat": "URI Reference",
                },
            }
            for name in ("personIdentifier", "personName", "levelOfAssurance")
        ],
    }
