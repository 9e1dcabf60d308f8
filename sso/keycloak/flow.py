"""The flows of the realm: made, compared, mended step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.drift import Field, Gap, JsonObject, missing
from obshto.sso.keycloak.plan import REALM
from obshto.sso.keycloak.realm import find_realm
from obshto.sso.keycloak.steps import BROWSER, RESET, Step, flat

FLOWS = f"admin/realms/{REALM}/authentication/flows"
CONFIGS = f"admin/realms/{REALM}/authentication/config"


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow of ours: for what the realm uses it, and Keycloak's own in whose place it stands."""

    name: str
    use: str
    built_in: str
    steps: tuple[Step, ...]


SIGN_IN = Flow("obshto browser", "browserFlow", "browser", BROWSER)
FORGOTTEN = Flow("obshto reset", "resetCredentialsFlow", "reset credentials", RESET)


def flow_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    """The flows, each of their steps, and that the realm uses them."""
    for flow in (SIGN_IN, FORGOTTEN):
        yield from _flow_gaps(admin, flow)


def _flow_gaps(admin: KeycloakAdmin, flow: Flow) -> Iterator[Gap]:
    if not _exists(admin, flow):
        yield missing(f"flow {flow.name}", lambda: _make(admin, flow))
    if _exists(admin, flow):
        yield from _step_gaps(admin, flow)
    used = (find_realm(admin) or {}).get(flow.use)
    if used != flow.name:
        difference = (Field(flow.use, used, flow.name),)
        yield Gap(f"realm {REALM}", difference, lambda: _use(admin, flow, flow.name))


def _step_gaps(admin: KeycloakAdmin, flow: Flow) -> Iterator[Gap]:
    """A flow of another shape is made anew; a step that differs is mended where it stands."""
    found = list(admin.get_authentication_flow_executions(flow.name))
    wanted = list(flat(flow.steps))
    if (names := [_line(one) for one in found]) != (lines := [_indented(*one) for one in wanted]):
        difference = (Field("steps", names, lines),)
        yield Gap(f"flow {flow.name}", difference, lambda: _remake(admin, flow))
        return
    for execution, (_, step) in zip(found, wanted, strict=True):
        yield from _requirement_gap(admin, flow, execution, step)
        yield from _config_gap(admin, flow, execution, step)


def _requirement_gap(
    admin: KeycloakAdmin, flow: Flow, execution: JsonObject, step: Step
) -> Iterator[Gap]:
    if execution["requirement"] != step.requirement:
        difference = Field("requirement", execution["requirement"], step.requirement)
        yield Gap(_thing(flow, step), (difference,), lambda: _require(admin, flow, execution, step))


def _config_gap(
    admin: KeycloakAdmin, flow: Flow, execution: JsonObject, step: Step
) -> Iterator[Gap]:
    config_id = execution.get("authenticationConfig")
    found = call(admin, "GET", f"{CONFIGS}/{config_id}") if config_id else {"config": {}}
    differences = tuple(
        Field(name, found["config"].get(name), value)
        for name, value in step.config.items()
        if found["config"].get(name) != value
    )
    if differences and config_id:
        body = found | {"config": found["config"] | step.config}
        path = f"{CONFIGS}/{config_id}"
        yield Gap(_thing(flow, step), differences, lambda: call(admin, "PUT", path, body))
    elif differences:
        yield Gap(_thing(flow, step), differences, lambda: _configure(admin, execution, step))


def _thing(flow: Flow, step: Step) -> str:
    level = step.config.get("loa-condition-level", "")
    return f"flow {flow.name}, step {step.name}{' ' if level else ''}{level}"


def _exists(admin: KeycloakAdmin, flow: Flow) -> bool:
    return any(one["alias"] == flow.name for one in admin.get_authentication_flows())


def _line(execution: JsonObject) -> str:
    return _written(execution["level"], execution.get("providerId") or execution["displayName"])


def _indented(depth: int, step: Step) -> str:
    return _written(depth, step.name)


def _written(depth: int, name: str) -> str:
    return f"{'> ' * depth}{name}"


def _make(admin: KeycloakAdmin, flow: Flow) -> None:
    body = {"alias": flow.name, "providerId": "basic-flow", "topLevel": True, "builtIn": False}
    call(admin, "POST", FLOWS, body)
    _fill(admin, flow, flow.name, flow.steps)


def _fill(admin: KeycloakAdmin, flow: Flow, parent: str, steps: tuple[Step, ...]) -> None:
    for step in steps:
        where = f"{FLOWS}/{parent}/executions"
        if step.steps:
            call(
                admin,
                "POST",
                f"{where}/flow",
                {"alias": step.name, "type": "basic-flow", "provider": "registration-page-form"},
            )
        else:
            call(admin, "POST", f"{where}/execution", {"provider": step.name})
        execution = admin.get_authentication_flow_executions(parent)
        mine = [one for one in execution if one["level"] == 0][-1]
        _require(admin, flow, mine, step)
        if step.config:
            _configure(admin, mine, step)
        _fill(admin, flow, step.name, step.steps)


def _require(admin: KeycloakAdmin, flow: Flow, execution: JsonObject, step: Step) -> Any:
    body = execution | {"requirement": step.requirement}
    return call(admin, "PUT", f"{FLOWS}/{flow.name}/executions", body)


def _configure(admin: KeycloakAdmin, execution: JsonObject, step: Step) -> Any:
    path = f"admin/realms/{REALM}/authentication/executions/{execution['id']}/config"
    # Names of configurations are unique in a realm, those of steps are not.
    body = {"alias": f"obshto {execution['id']}", "config": step.config}
    return call(admin, "POST", path, body)


def _remake(admin: KeycloakAdmin, flow: Flow) -> None:
    """For a moment Keycloak's own serves. It proves no level, so it lets no staff in."""
    _use(admin, flow, flow.built_in)
    old = next(one for one in admin.get_authentication_flows() if one["alias"] == flow.name)
    admin.delete_authentication_flow(old["id"])
    _make(admin, flow)


def _use(admin: KeycloakAdmin, flow: Flow, name: str) -> None:
    admin.update_realm(REALM, {flow.use: name})
