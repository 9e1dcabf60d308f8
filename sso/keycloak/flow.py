"""The flow of the realm: made, compared, mended step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from keycloak import KeycloakAdmin

from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.gap import Field, Gap, JsonObject, missing
from obshto.sso.keycloak.plan import REALM
from obshto.sso.keycloak.realm import find_realm
from obshto.sso.keycloak.steps import STEPS, Step, flat

FLOW = "obshto browser"
BUILT_IN = "browser"
FLOWS = f"admin/realms/{REALM}/authentication/flows"
CONFIGS = f"admin/realms/{REALM}/authentication/config"


def flow_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    """The flow, each of its steps, and that the realm uses it."""
    if not _exists(admin):
        yield missing(f"flow {FLOW}", lambda: _make(admin))
    if _exists(admin):
        yield from _step_gaps(admin)
    used = (find_realm(admin) or {}).get("browserFlow")
    if used != FLOW:
        difference = (Field("browserFlow", used, FLOW),)
        yield Gap(f"realm {REALM}", difference, lambda: _use(admin, FLOW))


def _step_gaps(admin: KeycloakAdmin) -> Iterator[Gap]:
    """A flow of another shape is made anew; a step that differs is mended where it stands."""
    found, wanted = _executions(admin), list(flat(STEPS))
    if (names := [_line(one) for one in found]) != (lines := [_indented(*one) for one in wanted]):
        yield Gap(f"flow {FLOW}", (Field("steps", names, lines),), lambda: _remake(admin))
        return
    for execution, (_, step) in zip(found, wanted, strict=True):
        yield from _requirement_gap(admin, execution, step)
        yield from _config_gap(admin, execution, step)


def _requirement_gap(admin: KeycloakAdmin, execution: JsonObject, step: Step) -> Iterator[Gap]:
    if execution["requirement"] != step.requirement:
        difference = Field("requirement", execution["requirement"], step.requirement)
        yield Gap(_thing(step), (difference,), lambda: _require(admin, execution, step))


def _config_gap(admin: KeycloakAdmin, execution: JsonObject, step: Step) -> Iterator[Gap]:
    config_id = execution.get("authenticationConfig")
    found = call(admin, "GET", f"{CONFIGS}/{config_id}") if config_id else {"config": {}}
    differences = tuple(
        Field(name, found["config"].get(name), value)
        for name, value in step.config.items()
        if found["config"].get(name) != value
    )
    if differences and config_id:
        body = found | {"config": found["config"] | step.config}
        yield Gap(
            _thing(step), differences, lambda: call(admin, "PUT", f"{CONFIGS}/{config_id}", body)
        )
    elif differences:
        yield Gap(_thing(step), differences, lambda: _configure(admin, execution, step))


def _thing(step: Step) -> str:
    level = step.config.get("loa-condition-level", "")
    return f"flow {FLOW}, step {step.name}{' ' if level else ''}{level}"


def _exists(admin: KeycloakAdmin) -> bool:
    return any(flow["alias"] == FLOW for flow in admin.get_authentication_flows())


def _executions(admin: KeycloakAdmin) -> list[JsonObject]:
    return list(admin.get_authentication_flow_executions(FLOW))


def _line(execution: JsonObject) -> str:
    return _written(execution["level"], execution.get("providerId") or execution["displayName"])


def _indented(depth: int, step: Step) -> str:
    return _written(depth, step.name)


def _written(depth: int, name: str) -> str:
    return f"{'> ' * depth}{name}"


def _make(admin: KeycloakAdmin) -> None:
    body = {"alias": FLOW, "providerId": "basic-flow", "topLevel": True, "builtIn": False}
    call(admin, "POST", FLOWS, body)
    _fill(admin, FLOW, STEPS)


def _fill(admin: KeycloakAdmin, parent: str, steps: tuple[Step, ...]) -> None:
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
        _require(admin, mine, step)
        if step.config:
            _configure(admin, mine, step)
        _fill(admin, step.name, step.steps)


def _require(admin: KeycloakAdmin, execution: JsonObject, step: Step) -> Any:
    body = execution | {"requirement": step.requirement}
    return call(admin, "PUT", f"{FLOWS}/{FLOW}/executions", body)


def _configure(admin: KeycloakAdmin, execution: JsonObject, step: Step) -> Any:
    path = f"admin/realms/{REALM}/authentication/executions/{execution['id']}/config"
    # Names of configurations are unique in a realm, those of steps are not.
    body = {"alias": f"obshto {execution['id']}", "config": step.config}
    return call(admin, "POST", path, body)


def _remake(admin: KeycloakAdmin) -> None:
    """For a moment Keycloak's own flow serves; it proves no level, so nothing is let in by it."""
    _use(admin, BUILT_IN)
    old = next(one for one in admin.get_authentication_flows() if one["alias"] == FLOW)
    admin.delete_authentication_flow(old["id"])
    _make(admin)


def _use(admin: KeycloakAdmin, flow: str) -> None:
    admin.update_realm(REALM, {"browserFlow": flow})
