"""Authlib's authorization server, told what the embedded provider keeps in memory."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask, session
from joserfc.jwk import KeySet, RSAKey

CODE_SECONDS = 60
METHODS = ("client_secret_basic", "client_secret_post")


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # Authlib has no types
    """The one relying party: the house."""

    client_id: str
    secret: str
    redirect_uri: str
    after_sign_out_uri: str
    back_channel_uri: str

    @property
    def client_metadata(self) -> dict[str, Any]:
        return {"post_logout_redirect_uris": [self.after_sign_out_uri]}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope or ""

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == self.redirect_uri

    def check_client_secret(self, secret: str) -> bool:
        return secrets.compare_digest(secret, self.secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in METHODS

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """An authorization code with what was shown when it was given."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    subject: str
    nonce: str
    code_challenge: str
    auth_time: int
    acr: str
    sid: str
    code_challenge_method: str = "S256"
    given_at: float = field(default_factory=time.monotonic)

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> str:
        return self.acr

    def get_amr(self) -> list[str]:
        return ["pwd", "otp"] if self.acr == "2" else ["pwd"]


@dataclass
class Memory:
    """What the provider knows while it runs; a restart signs everybody out of it."""

    issuer: str
    client: Client
    key: RSAKey
    claims_of: Callable[[str, str], dict[str, Any]]  # subject, scope
    end: Callable[[str], None]  # a session by its sid
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # access token → subject

    def keep(self, token: Mapping[str, Any], request: Any) -> None:
        self.tokens[token["access_token"]] = request.user


class _Pkce(CodeChallenge):  # type: ignore[misc]
    """Authlib asks confidential clients for no challenge, and takes `plain`."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> Any:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        return super().validate_code_challenge(grant, redirect_uri)


def authorization_server(app: Flask, memory: Memory) -> AuthorizationServer:
    """Code flow with PKCE, one-time codes, `iss` in the answer, RP-initiated logout."""
    clients = {memory.client.client_id: memory.client}
    server = AuthorizationServer(app, query_client=clients.get, save_token=memory.keep)

    class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = METHODS

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload
            memory.codes[code] = Code(
                code=code,
                client_id=request.client.client_id,
                redirect_uri=asked.redirect_uri,
                scope=asked.scope or "",
                subject=request.user,
                nonce=asked.data["nonce"],
                code_challenge=asked.data["code_challenge"],
                auth_time=session["auth_time"],
                acr=session["acr"],
                sid=session["sid"],
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            found = memory.codes.get(code)
            is_fresh = found and time.monotonic() - found.given_at < CODE_SECONDS
            return found if is_fresh else None

        def delete_authorization_code(self, code: Code) -> None:
            memory.codes.pop(code.code, None)

        def authenticate_user(self, code: Code) -> str:
            return code.subject

    server.register_grant(CodeGrant, [_claims(memory), _Pkce(required=True)])
    server.register_extension(_issuer(memory))
    server.register_endpoint(_end_session(memory))
    return server


def _claims(memory: Memory) -> OpenIDCode:
    class Claims(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(code.nonce == nonce for code in memory.codes.values())

        def resolve_client_private_key(self, client: Client) -> RSAKey:
            return memory.key

        def get_client_claims(self, client: Client) -> dict[str, str]:
            return {"iss": memory.issuer, "aud": client.client_id, "azp": client.client_id}

        def get_client_algorithm(self, client: Client) -> str:
            return "RS256"

        def get_encode_header(self, client: Client) -> dict[str, Any]:
            return {"alg": "RS256", "kid": memory.key.kid}

        def generate_user_info(self, user: str, scope: str) -> UserInfo:
            return UserInfo(memory.claims_of(user, scope))

        def get_authorization_code_claims(self, code: Code) -> dict[str, Any]:
            return {**super().get_authorization_code_claims(code), "sid": code.sid}

    return Claims(require_nonce=True)


def _issuer(memory: Memory) -> IssuerParameter:
    class Issuer(IssuerParameter):  # type: ignore[misc]
        def get_issuer(self) -> str:
            return memory.issuer

    return Issuer()


def _end_session(memory: Memory) -> type[EndSessionEndpoint]:
    class EndSession(EndSessionEndpoint):  # type: ignore[misc]
        def get_server_jwks(self) -> KeySet:
            return KeySet([memory.key])

        def end_session(self, asked: Any) -> None:
            sid = (asked.id_token_claims or {}).get("sid") or session.get("sid")
            session.clear()
            if sid:
                memory.end(sid)

    return EndSession
