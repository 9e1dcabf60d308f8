"""Staff pages of kinds of income, of the municipality's account."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.billing.charges import kinds
from obshto.billing.finance.forms import AccountForm, KindForm, NewKindForm
from obshto.billing.permissions import BillingPermission
from obshto.billing.settings import SLUG, billing_settings
from obshto.platform.errors import DomainError
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

setup = Blueprint("setup", __name__)
Answer = str | tuple[str, int] | Response
LATELY = timedelta(minutes=15)  # since the second factor was shown, where money is led


@setup.get("/")
@requires(BillingPermission.SET)
def index() -> str:
    uow = current_uow()
    found = list(uow.session.scalars(kinds.kinds()))
    settings = billing_settings(uow)
    return render_template("billing/setup.html", kinds=found, settings=settings)


@setup.route("/account", methods=["GET", "POST"])
@requires(BillingPermission.SET, max_age=LATELY)
def account() -> Answer:
    uow = current_uow()
    expected_version = version_of(uow, SLUG)
    form = AccountForm(data={**asdict(billing_settings(uow)), "expected_version": expected_version})
    if form.validate_on_submit():
        try:
            save_settings(uow, SLUG, form.settings(), expected_version=form.expected_version.data)
            return see_other(".index", said="billing.account-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = version_of(uow, SLUG)
    return _filled("billing/account.html", form)


@setup.route("/kinds/new", methods=["GET", "POST"])
@requires(BillingPermission.SET)
def new_kind() -> Answer:
    form = NewKindForm()
    if form.validate_on_submit():
        try:
            kinds.add_kind(
                current_uow(),
                code=form.code.data.strip(),
                title=form.title.data.strip(),
                request_id=form.request_id.data,
            )
            return see_other(".index", said="billing.kind-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _filled("billing/kind_new.html", form)


@setup.route("/kinds/<uuid:kind_id>", methods=["GET", "POST"])
@requires(BillingPermission.SET)
def kind(kind_id: UUID) -> Answer:
    uow = current_uow()
    found = kinds.kind_of(uow, kind_id)
    form = KindForm(obj=found, data={"expected_version": found.version})
    if form.validate_on_submit():
        try:
            title, is_active = form.title.data.strip(), form.is_active.data
            kinds.change_kind(
                uow,
                found,
                title=title,
                is_active=is_active,
                expected_version=form.expected_version.data,
            )
            return see_other(".index", said="billing.kind-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version
    return _filled("billing/kind.html", form, kind=found)


def _filled(template: str, form: FlaskForm, **more: object) -> Answer:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors or form.form_errors else page
