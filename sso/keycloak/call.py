"""Calls to Keycloak that its Python client has no method for."""

from __future__ import annotations

import json
from typing import Any

import requests
from keycloak import KeycloakAdmin
from keycloak.exceptions import KeycloakOperationError


def call(admin: KeycloakAdmin, method: str, path: str, body: Any = None) -> Any:
    """The answer as JSON, None when it has no body. Raises KeycloakError."""
    ask = {
        "GET": admin.connection.raw_get,
        "POST": admin.connection.raw_post,
        "PUT": admin.connection.raw_put,
        "DELETE": admin.connection.raw_delete,
    }[method]
    return answered(ask(path) if method == "GET" else ask(path, data=json.dumps(body)))


def answered(answer: requests.Response) -> Any:
    """What it says. Raises KeycloakOperationError for a refusal, with the words of the server."""
    if not answer.ok:
        raise KeycloakOperationError(
            error_message=answer.text,
            response_code=answer.status_code,
            response_body=answer.content,
        )
    return answer.json() if answer.content else None
