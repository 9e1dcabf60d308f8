"""What the room contributes: ways to pay, the counter, the books."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.billing import events as charge_events
from obshto.billing.charges import access_log as charge_looks
from obshto.billing.charges.models import Attempt, Charge, Event, Kind, Merchant, Payment
from obshto.billing.citizen import citizen
from obshto.billing.collecting import events as collecting_events
from obshto.billing.collecting.models import AskedBill, Collection, CollectorEvent, MeterEvent
from obshto.billing.console import console
from obshto.billing.counter.models import Close
from obshto.billing.invoices import events as invoice_events
from obshto.billing.invoices.datasets import DATASETS
from obshto.billing.invoices.models import Customer, Invoice, Issuer, Reminder, Remittance
from obshto.billing.jobs import JOBS
from obshto.billing.ledger.models import Posting, RegionalPosting
from obshto.billing.notifications import NOTIFICATIONS
from obshto.billing.permissions import BillingPermission, CostPermission
from obshto.billing.practice_acts import PRACTICE_ACTS
from obshto.billing.privacy import erase, export
from obshto.billing.refunds.models import Dispute, Refund, RefundState
from obshto.billing.refunds.services import refunds
from obshto.billing.region.front import desk, machine
from obshto.billing.seeds import plant, seed
from obshto.billing.sharing import events as sharing_events
from obshto.billing.sharing.models import Membership, Tariff, Use
from obshto.billing.sharing.usage import REACTIONS
from obshto.billing.statements import events as statement_events
from obshto.billing.statements.access_log import GROUND, PURPOSES, described
from obshto.billing.statements.lists import waiting_lines
from obshto.billing.statements.models import Statement, StatementLine
from obshto.billing.years import events as year_events
from obshto.billing.years.models import Outlay, YearAccount
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    DelegableAct,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.todo import Todo, TodoKind
from obshto.platform.web.hosts import Host

PAID = (Kind, Charge, Attempt, Payment, Event, Refund, Dispute, Close, Posting)
BOOKS = (*PAID, Statement, StatementLine)

SHARED = (
    Tariff,
    Membership,
    Use,
    Issuer,
    Customer,
    Invoice,
    Remittance,
    Reminder,
    RegionalPosting,
    Outlay,
    YearAccount,
    Collection,
    MeterEvent,
    AskedBill,
    CollectorEvent,
)

COMPONENT = Component(
    slug="billing",
    folder=Path(__file__).parent,
    outlives_restore=frozenset(model.__tablename__ for model in BOOKS),  # what was paid is paid
    models=(Merchant, *BOOKS, *SHARED),
    permissions=(*BillingPermission, *CostPermission),
    door=Door.SERVICES,
    nav=(
        NavEntry(
            label=_("Плащане"),
            endpoint="billing_front.index",
            hint=_("С кода за плащане, от вкъщи или на гише"),
            weight=40,
        ),
        NavEntry(
            label=_("Накратко за плащанията"),
            endpoint="billing_console.index",
            permission=BillingPermission.SEE,
            weight=39,
        ),
        NavEntry(
            label=_("Каса"),
            endpoint="billing_console.counter.index",
            permission=BillingPermission.CASH,
            weight=40,
        ),
        NavEntry(
            label=_("Задължения"),
            endpoint="billing_console.charges",
            permission=BillingPermission.CHARGE,
            weight=41,
        ),
        NavEntry(
            label=_("Плащания"),
            endpoint="billing_console.payments",
            permission=BillingPermission.SEE,
            weight=42,
        ),
        NavEntry(
            label=_("Банкови извлечения"),
            endpoint="billing_console.statements.index",
            permission=BillingPermission.BOOK,
            weight=42,
        ),
        NavEntry(
            label=_("Връщане на пари"),
            endpoint="billing_console.refunds.index",
            permission=BillingPermission.SEE,
            weight=43,
        ),
        NavEntry(
            label=_("Счетоводна книга"),
            endpoint="billing_console.books.index",
            permission=BillingPermission.SEE,
            weight=44,
        ),
        NavEntry(
            label=_("Сметка и видове приход"),
            endpoint="billing_console.setup.index",
            permission=BillingPermission.SET,
            weight=45,
        ),
        NavEntry(
            label=_("Разходи за портала"),
            endpoint="billing_console.costs.index",
            permission=BillingPermission.COSTS,
            weight=62,
            door=Door.MUNICIPALITY,
        ),
    ),
    todo=(
        Todo(
            kind=TodoKind.APPROVE,
            label=_("Връщане на пари"),
            permission=BillingPermission.APPROVE,
            endpoint="billing_console.refunds.index",
            rows=lambda uow: refunds(RefundState.ASKED),
        ),
        Todo(
            kind=TodoKind.NEW,
            label=_("Преводи за изясняване"),
            permission=BillingPermission.BOOK,
            endpoint="billing_console.statements.waiting",
            rows=lambda uow: waiting_lines(),
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Приемете плащане"),
            endpoint="billing_console.counter.index",
            permission=BillingPermission.CASH,
            weight=20,
        ),
    ),
    console=console,
    datasets=DATASETS,
    delegable=(
        DelegableAct(
            word="billing:pay",
            label=_("Плаща данъци и такси"),
            blueprint="billing_front",
            views=("index", "show", "start", "transfer", "slip", "receipt", "mine"),
        ),
    ),
    front={Host.MUNICIPALITY: citizen, Host.REGION: machine, Host.OPS: desk},
    region_foot=(
        NavEntry(label=_("Колко струва порталът"), endpoint="billing_machine.open_books.index"),
    ),
    notifications=NOTIFICATIONS,
    events=(
        *charge_events.EVENTS,
        *sharing_events.EVENTS,
        *invoice_events.EVENTS,
        *year_events.EVENTS,
        *collecting_events.EVENTS,
        *statement_events.EVENTS,
    ),
    jobs=JOBS,
    reactions=REACTIONS,
    canary=plant,
    seeds=seed,
    practice_acts=PRACTICE_ACTS,
    notices={
        "billing.made": _("Задължението е въведено. Дайте известието на човека."),
        "billing.cancelled": _("Задължението е отменено"),
        "billing.booked": _("Преводът е вписан"),
        "billing.taken": _("Плащането е прието. Разпечатайте разписката."),
        "billing.reversed": _("Плащането е сторнирано. Върнете парите на човека."),
        "billing.closed": _("Касата е приключена. Предайте парите."),
        "billing.statement-read": _("Извлечението е прочетено. Още нищо не е вписано."),
        "billing.statement-matched": _("Проверихме редовете отново"),
        "billing.statement-begun": _("Вписването започна. Може да затворите страницата."),
        "billing.statement-booked": _("Познатите преводи са вписани"),
        "billing.statement-left": _(
            "Вписахме каквото съвпада. Останалото се е променило междувременно."
        ),
        "billing.statement-undoing": _("Връщането започна. Може да затворите страницата."),
        "billing.statement-undone": _("Вписването е върнато. Задълженията пак чакат плащане."),
        "billing.statement-dropped": _("Извлечението е отхвърлено. Нищо не е вписано."),
        "billing.line-assigned": _("Преводът вече е познат. Ще се впише с останалите."),
        "billing.line-aside": _("Преводът е оставен настрана"),
        "billing.line-back": _("Проверихме превода отново"),
        "billing.line-undone": _("Вписването на превода е върнато. Задължението пак чака плащане."),
        "billing.refund-asked": _("Искането е записано. Трябва да го одобри друг служител."),
        "billing.refund-approved": _("Връщането е одобрено"),
        "billing.refund-refused": _("Връщането е отказано"),
        "billing.refund-paid-out": _("Парите са върнати"),
        "billing.account-set": _("Сметката е записана"),
        "billing.kind-set": _("Видът приход е записан"),
        "billing.tariff-set": _("Версията е записана. Вижте какво променя."),
        "billing.plan-chosen": _("Планът е записан"),
        "billing.requisites-set": _("Данните са записани"),
        "billing.issued": _("Фактурите са издадени. Общините получават писмо."),
        "billing.credited": _("Кредитното известие е издадено"),
        "billing.collecting-chosen": _("Изборът е записан. Започва до 20 минути."),
        "billing.reminded": _("Напомнихме на общината с писмо"),
        "billing.remittance-booked": _("Плащането е вписано. Покрива най-старата фактура."),
        "billing.taken-back": _("Записването е сторнирано"),
        "billing.outlay-booked": _("Парите са вписани"),
        "billing.year-published": _("Отчетът е публикуван за всички"),
    },
    processing=(
        Processing(
            word="charge",
            title=_("Плащания"),
            purpose=_("да приемем плащането Ви и да го отчетем"),
            ground=charge_looks.GROUND,
            kinds=charge_looks.KINDS,
            recipients=_("касиерите, „Местни данъци и такси“ и доставчикът на плащания с карта"),
            kept=_("10 години"),
            looks=charge_looks.PURPOSES,
            describe=charge_looks.described,
        ),
        Processing(
            word="statement",
            title=_("Банкови преводи"),
            purpose=_("да познаем превода Ви в извлечението на банката"),
            ground=GROUND,
            kinds=(
                DataKind.NAME,
                DataKind.MONEY,
            ),
            recipients=_("служителите на „Местни данъци и такси“"),
            kept=_("една година за имената и сметките, 10 години за сумите"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Пазим документите за плащане 10 години, защото законът за счетоводството го иска."
            " Името, сметката и основанието от банковото извлечение пазим една година."
        ),
        outlives_erasure=True,
    ),
)
