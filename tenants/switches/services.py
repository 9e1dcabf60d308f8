"""Switch modules on and off: an act of the region, seen on the next request everywhere."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext

from obshto.platform.errors import Conflict, DomainError, NotFound
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import current_registry
from obshto.platform.search.services import ask, forget
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.models import Tenant
from obshto.tenants.municipalities.row_lock import lock_municipality
from obshto.tenants.ports import Quote, entitlements
from obshto.tenants.switches.events import ModuleSwitchedOff, ModuleSwitchedOn


class StillNeeded(DomainError):
    """Another module that is on stands on this one."""

    sentence = lazy_gettext("Модулът е нужен на „%(other)s“. Първо изключете „%(other)s“.")


class SwitchedMeanwhile(Conflict):
    """Somebody switched a module after the page was opened on which this was decided."""

    sentence = lazy_gettext(
        "След като отворихте страницата, друг включи или изключи модул. Вижте как е сега и"
        " решете отново."
    )


class OutsideThePlan(DomainError):
    """The municipality shares the costs by a plan without this module."""

    sentence = lazy_gettext(
        "В плана „%(plan)s“ няма: %(modules)s. Обадете се на ИТ екипа на областта, за да смените"
        " плана."
    )


def switch_on(
    region: UnitOfWork, municipality: str, slug: str, *, expected_version: int
) -> frozenset[str]:
    """Turn a module on together with what it requires; answers what was turned on.

    `expected_version` is how often modules had been switched when this was decided. Raises
    SwitchedMeanwhile, OutsideThePlan.
    """
    tenant, module = lock_municipality(region, municipality), module_named(slug)
    new = needed_by(module) - set(tenant.modules)
    if not new:
        return frozenset()
    check_plan(region, municipality, new)
    _set(tenant, set(tenant.modules) | new, expected_version)
    for name in sorted(new):
        region.emit(ModuleSwitchedOn(municipality=municipality, module=name))
        if module_named(name).search:
            ask(region, name, municipality=municipality)
        _show_in_region(region, module_named(name))
    return frozenset(new)


def switch_off(region: UnitOfWork, municipality: str, slug: str, *, expected_version: int) -> bool:
    """Turn a module off. Its data stays; its pages are gone at once.

    Raises StillNeeded, SwitchedMeanwhile.
    """
    tenant, module = lock_municipality(region, municipality), module_named(slug)
    if slug not in tenant.modules:
        return False
    for other in current_registry().modules():
        if other.slug in tenant.modules and slug in other.requires:
            raise StillNeeded(other=other.title)
    _set(tenant, set(tenant.modules) - {slug}, expected_version)
    region.emit(ModuleSwitchedOff(municipality=municipality, module=slug))
    if module.search:
        forget(region, municipality, slug)
        # One that has read what was published may write it after this: the next in turn clears.
        ask(region, slug, municipality=municipality)
    _show_in_region(region, module)
    return True


def check_plan(region: UnitOfWork, municipality: str, modules: Collection[str]) -> None:
    """Raises OutsideThePlan."""
    plan, outside = entitlements().outside(region, municipality, modules)
    if outside:
        titles = ", ".join(f"„{module_named(slug).title}“" for slug in sorted(outside))
        raise OutsideThePlan(plan=plan, modules=titles)


def consequence(
    region: UnitOfWork, municipality: str, on: Collection[str], slug: str
) -> tuple[str, Quote | None]:
    """Of turning it over: why it can't be turned on, if so; what will be paid."""
    module = module_named(slug)
    if slug in on:
        return "", entitlements().quote(region, municipality, set(on) - {slug})
    new = needed_by(module) - set(on)
    try:
        check_plan(region, municipality, new)
    except OutsideThePlan as refusal:
        return str(refusal), None
    return "", entitlements().quote(region, municipality, set(on) | new)


def module_named(slug: str) -> ModuleManifest:
    """The module of a slug. Raises NotFound."""
    part = current_registry().parts.get(slug)
    if not isinstance(part, ModuleManifest):
        raise NotFound
    return part


def needed_by(module: ModuleManifest) -> set[str]:
    """The module's own slug and all that it stands on, however deep."""
    found: set[str] = set()
    waiting = {module.slug}
    while waiting:
        slug = waiting.pop()
        found.add(slug)
        waiting |= set(module_named(slug).requires) - found
    return found


def _show_in_region(region: UnitOfWork, module: ModuleManifest) -> None:
    """Pages of the region that show who has it on are let go."""
    if module.region:
        region.invalidate_region_pages()


def _set(tenant: Tenant, modules: Collection[str], expected_version: int) -> None:
    if tenant.switches != expected_version:
        raise SwitchedMeanwhile
    tenant.modules = sorted(modules)
    tenant.switches += 1
    tenant.version = Tenant.version + 1
