"""The identity provider as the house sees it: OpenID Connect, code flow with PKCE.

Everything that Authlib leaves to its caller is said out loud here: issuer, audience, nonce,
a small leeway, a time limit for each call. Sources: OpenID Connect Core 1.0, RFC 7636, RFC 9207,
OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

SCOPE = "openid profile email organization:*"
# Where somebody came by the national sign-in: how surely (1 to 3), and how the state calls them.
EID_LEVEL, EID_IDENTIFIER = "eid_loa", "eid_identifier"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
SECONDS = 5.0
LEEWAY = 30  # seconds that our clock and the provider's may differ
PROVIDER = "obshto.provider"
ALGORITHMS = ["RS256", "ES256"]


class ProviderUnavailable(Exception):
    """The identity provider does not answer, or not as one."""


class Refused(Exception):
    """What the provider or the browser sent is not to be trusted; the text is for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderConfig:
    """Where the provider is and how it knows us.

    `name` stands for the issuer in the records of people. It differs only for the embedded one,
    whose address follows the port.
    """

    issuer: str
    name: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    after_sign_out_uri: str


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send somebody, and what to remember until they return."""

    url: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider says of who came back: its claims, and the token they stand in.

    `identifier` is how the state calls them, where they came by its sign-in. It is asked for
    apart: an ID token goes through the browser when somebody signs out.
    """

    claims: Mapping[str, Any]
    id_token: str
    identifier: str | None = None


class Provider:
    """One OpenID provider for the whole house."""

    def __init__(self, app: Flask, config: ProviderConfig) -> None:
        self.config = config
        self._discovery = f"{config.issuer}/.well-known/openid-configuration"
        self._client = OAuth(app).register(
            "provider",
            client_id=config.client_id,
            client_secret=config.client_secret,
            server_metadata_url=self._discovery,
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": SECONDS,
            },
        )

    def check(self) -> None:
        """Raises ProviderUnavailable: better to say it than to send somebody to a dead address."""
        try:
            answer = requests.get(self._discovery, timeout=SECONDS)
            said = answer.json()["issuer"] if answer.ok else None
        except (requests.RequestException, ValueError, KeyError) as error:
            raise ProviderUnavailable(str(error)) from error
        if said != self.config.issuer:
            raise ProviderUnavailable(f"it calls itself {said!r}")

    def depart(self, *, state: str, **parameters: Any) -> Departure:
        """Begin a code flow. `parameters` go along: `acr_values`, `max_age`, `ui_locales` …"""
        with _reaching():
            made = self._client.create_authorization_url(
                self.config.redirect_uri, state=state, **parameters
            )
        return Departure(made["url"], made["nonce"], made["code_verifier"])

    def receive(self, *, code: str, nonce: str, verifier: str, issuer: str | None) -> Answer:
        """Trade a code for what the provider says. Raises Refused, ProviderUnavailable."""
        if issuer != self.config.issuer:
            raise Refused("the answer names another issuer")  # RFC 9207
        try:
            with _reaching():
                token = self._client.fetch_access_token(
                    redirect_uri=self.config.redirect_uri, code=code, code_verifier=verifier
                )
                claims = self._client.parse_id_token(
                    token, nonce=nonce, claims_options=self._expected(), leeway=LEEWAY
                )
                identifier = self._identifier(token, claims) if claims else None
        except (AuthlibBaseError, JoseError, ValueError) as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        if not claims:
            raise Refused("no id_token")
        return Answer(claims, token["id_token"], identifier)

    def sign_out_url(self, *, id_token: str | None, state: str) -> str:
        """Where the browser goes to end the provider's own session too."""
        with _reaching():
            made = self._client.create_logout_url(
                post_logout_redirect_uri=self.config.after_sign_out_uri,
                id_token_hint=id_token,
                client_id=self.config.client_id,
                state=state,
            )
        return cast(str, made["url"])

    def read_logout_token(self, token: str) -> Mapping[str, Any]:
        """The claims of a back-channel logout token. Raises Refused, ProviderUnavailable.

        A token that is shown twice ends what has already ended, so `jti` is not kept.
        """
        try:
            with _reaching():
                claims = self._decoded(token)
            expected = {**self._expected(), "iat": {"essential": True}}
            jwt.JWTClaimsRegistry(leeway=LEEWAY, **expected).validate(claims)
        except (JoseError, ValueError) as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        if LOGOUT_EVENT not in claims.get("events", {}) or "nonce" in claims:
            raise Refused("not a logout token")
        if not (claims.get("sid") or claims.get("sub")):
            raise Refused("it names neither a session nor a person")
        return claims

    def _identifier(self, token: Mapping[str, Any], claims: Mapping[str, Any]) -> str | None:
        if EID_LEVEL not in claims:
            return None
        told = self._client.userinfo(token=token)
        if told.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, §5.3.2
            raise Refused("the userinfo is of somebody else")
        said = told.get(EID_IDENTIFIER)
        return said if isinstance(said, str) else None

    def _decoded(self, token: str) -> dict[str, Any]:
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        keys = KeySet.import_key_set(self._client.fetch_jwk_set())
        try:
            return jwt.decode(token, keys, registry=registry).claims
        except InvalidKeyIdError:  # the provider has a new key
            keys = KeySet.import_key_set(self._client.fetch_jwk_set(force=True))
            return jwt.decode(token, keys, registry=registry).claims

    def _expected(self) -> dict[str, Any]:
        """Without these Authlib checks neither issuer nor audience once options are given."""
        return {
            "iss": {"essential": True, "value": self.config.issuer},
            "aud": {"essential": True, "value": self.config.client_id},
        }


@contextmanager
def _reaching() -> Iterator[None]:
    """What goes wrong on the way to the provider is one thing to whoever asked."""
    try:
        yield
    except requests.RequestException as error:
        raise ProviderUnavailable(str(error)) from error


def install(app: Flask, config: ProviderConfig) -> None:
    app.extensions[PROVIDER] = Provider(app, config)


def current_provider() -> Provider:
    return cast(Provider, current_app.extensions[PROVIDER])
