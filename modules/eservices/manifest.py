"""What services contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.eservices.citizen import citizen
from obshto.modules.eservices.console import console
from obshto.modules.eservices.datasets import DATASETS
from obshto.modules.eservices.events import EVENTS
from obshto.modules.eservices.jobs import JOBS
from obshto.modules.eservices.models import MODELS, Case, Counter, Draft, IssuedDocument
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.eservices.paper import paper_of
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.practice_acts import PRACTICE_ACTS
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.reactions import REACTIONS
from obshto.modules.eservices.search import SEARCH
from obshto.modules.eservices.seeds import seed, seed_shared
from obshto.modules.eservices.selfcheck import SELFCHECK
from obshto.modules.eservices.services.access_log import GROUND, PURPOSES, described, former_looks
from obshto.modules.eservices.services.control import plant
from obshto.modules.eservices.services.departments import DepartmentDesk
from obshto.modules.eservices.services.dogs import found_dogs
from obshto.modules.eservices.services.powers.kinds import GROUND as POWER_GROUND
from obshto.modules.eservices.services.powers.kinds import KINDS as POWER_KINDS
from obshto.modules.eservices.services.powers.kinds import PURPOSES as POWER_PURPOSES
from obshto.modules.eservices.services.retention import kept_otherwise
from obshto.modules.eservices.services.states import OPEN
from obshto.modules.eservices.settings import ServicesSettings
from obshto.modules.eservices.todo import DUE, TODO
from obshto.platform.documents.kinds import DocumentKind
from obshto.platform.modularity.departments import Departments
from obshto.platform.modularity.manifest import (
    DataKind,
    DelegableAct,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = select(func.count()).select_from(Case).where(Case.state.in_(OPEN))
    begun = select(func.count()).select_from(Draft).where(Draft.definition_version != TRIAL)
    cases, drafts = (uow.session.scalar(rows) or 0 for rows in (waiting, begun))
    losses = (
        (cases, ngettext("%(num)s отворено заявление", "%(num)s отворени заявления", cases)),
        (drafts, ngettext("%(num)s чернова", "%(num)s чернови", drafts)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="eservices",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Услуги"),
    summary=_("Каталог на услугите, заявления през портала, документи с код за проверка."),
    called="услуги заявление удостоверение справка документ",
    models=MODELS,
    outlives_restore=frozenset((Counter.__tablename__,)),  # no number is given twice
    permissions=tuple(ServicesPermission),
    door=Door.SERVICES,
    nav=(
        NavEntry(
            label=_("Всички услуги"),
            endpoint="eservices_citizen.index",
            hint=_("Документи и разрешения: какво е нужно, колко струва, кога е готово"),
            is_task=True,
            weight=10,
        ),
        NavEntry(
            label=_("Моите заявления"),
            endpoint="eservices_citizen.mine",
            hint=_("Докъде е стигнало поисканото"),
            is_task=True,
            weight=12,
        ),
        NavEntry(
            label=_("Продължете с код"),
            endpoint="eservices_citizen.resume",
            hint=_("Започнато заявление или преписка без профил"),
            weight=17,
        ),
        NavEntry(
            label=_("Пълномощни"),
            endpoint="eservices_citizen.powers",
            hint=_("Подавате вместо друг човек или фирма"),
            weight=18,
        ),
        NavEntry(
            label=_("Заявления"),
            endpoint="eservices_console.index",
            permission=ServicesPermission.HANDLE,
            weight=10,
        ),
        NavEntry(
            label=_("Обаждания за заявления"),
            endpoint="eservices_console.calls",
            permission=ServicesPermission.HANDLE,
            weight=11,
        ),
        NavEntry(
            label=_("Пълномощни"),
            endpoint="eservices_console.powers",
            permission=ServicesPermission.POWERS,
            weight=12,
        ),
        NavEntry(
            label=_("Изтичащи документи"),
            endpoint="eservices_console.expiring",
            permission=ServicesPermission.HANDLE,
            weight=12,
        ),
        NavEntry(
            label=_("Кучета"),
            endpoint="eservices_console.dogs",
            permission=ServicesPermission.HANDLE,
            weight=11,
        ),
        NavEntry(
            label=_("Решения за одобрение"),
            endpoint="eservices_console.approvals_for_me",
            permission=ServicesPermission.APPROVE,
            weight=11,
        ),
        NavEntry(
            label=_("Пренасочване на одобрения"),
            endpoint="eservices_console.approvals_of_all",
            permission=ServicesPermission.REASSIGN,
            weight=13,
        ),
        NavEntry(
            label=_("Срокове и оценки"),
            endpoint="eservices_console.statistics",
            permission=ServicesPermission.OVERSEE,
            weight=12,
        ),
        NavEntry(
            label=_("Собствени услуги"),
            endpoint="eservices_console.own_services",
            permission=ServicesPermission.DESIGN,
            weight=11,
        ),
        NavEntry(
            label=_("Услуги от други общини"),
            endpoint="eservices_console.taken_over",
            permission=ServicesPermission.AGREE,
            weight=12,
        ),
        NavEntry(
            label=_("Отдели и услуги"),
            endpoint="eservices_console.departments",
            permission=ServicesPermission.DEPARTMENTS,
            weight=12,
        ),
        NavEntry(
            label=_("Услуги и такси"),
            endpoint="eservices_console.offered",
            permission=ServicesPermission.OFFER,
            weight=11,
        ),
    ),
    errands=(
        Errand(
            label=_("Подайте заявление"),
            endpoint="eservices_citizen.index",
            icon="file-text",
            weight=10,
        ),
    ),
    examples=(_("скица"), _("такса за куче")),
    shortcuts=(
        NavEntry(
            label=_("Въведете заявление"),
            endpoint="eservices_console.enter",
            permission=ServicesPermission.HANDLE,
            weight=10,
        ),
    ),
    todo=TODO,
    due=DUE,
    delegable=(
        DelegableAct(
            word="eservices:apply",
            label=_("Подава заявления за услуги и отговаря по тях"),
            blueprint="eservices_citizen",
            views=(
                "start",
                "renew",
                "answer",
                "papers",
                "draft_file",
                "remove_paper",
                "speed",
                "check",
                "send",
                "keep",
                "discard",
                "call_back",
                "cancel_call_back",
                "case",
                "case_file",
                "receipt",
                "receipt_file",
            ),
        ),
        DelegableAct(
            word="eservices:read",
            label=_("Вижда заявленията и взема готовите документи"),
            blueprint="eservices_citizen",
            views=("mine", "case", "case_file", "receipt", "receipt_file", "document"),
        ),
    ),
    citizen=citizen,
    console=console,
    offers={Departments: DepartmentDesk()},
    settings=ServicesSettings,
    events=EVENTS,
    notices={
        "eservices.attached": _("Файлът е прикачен"),
        "eservices.paper-removed": _("Файлът е махнат"),
        "eservices.kept": _("Черновата вече е в профила Ви, в „Моите заявления“"),
        "eservices.call-asked": _("Ще Ви се обадим. Може да продължите и сами."),
        "eservices.call-cancelled": _("Няма да Ви се обаждаме"),
        "eservices.called": _("Записахме как е минало обаждането"),
        "eservices.looked": _("Записахме, че сте видели името и телефона"),
        "eservices.department-made": _("Отделът е добавен"),
        "eservices.department-changed": _("Отделът е променен"),
        "eservices.department-removed": _("Отделът е премахнат"),
        "eservices.power-sent": _("Пълномощното чака проверка. Ще Ви пишем."),
        "eservices.power-accepted": _("Пълномощното е прието и писахме на двамата"),
        "eservices.power-refused": _("Пълномощното не е прието и писахме на пълномощника"),
        "eservices.power-copy-asked": _("Писахме на пълномощника какво копие е нужно"),
        "eservices.power-withdrawn": _("По това пълномощно вече не се подава"),
        "eservices.discarded": _("Черновата е изтрита"),
        "eservices.answered": _("Дадохте исканото. Срокът започна отначало."),
        "eservices.withdrawn": _("Оттеглихте заявлението"),
        "eservices.opened": _("Отворихте заявлението. Заявителят ще види кога и защо."),
        "eservices.taken": _("Заявлението вече е Ваше"),
        "eservices.many-done": _("Готово с всички избрани заявления"),
        "eservices.some-refused": _(
            "Част от избраните останаха, както бяха: не са Ваши или някой ги промени преди малко."
        ),
        "eservices.no-next": _("В този списък няма друго заявление"),
        "eservices.handed-over": _("Предадохте заявлението"),
        "eservices.noted": _("Бележката е запазена"),
        "eservices.asked": _("Писахме на заявителя. Срокът спря."),
        "eservices.served": _("Връчването е записано. Срокът за отговор тече."),
        "eservices.asked-nobody": _(
            "Искането е записано и срокът спря. Заявителят няма профил: обадете му се."
        ),
        "eservices.issued": _("Документът е издаден"),
        "eservices.corrected": _("Издадохте нов документ. Старият вече не важи."),
        "eservices.refused": _("Отказът е издаден"),
        "eservices.closed": _("Производството е прекратено"),
        "eservices.complained": _("Жалбата Ви е подадена"),
        "eservices.rated": _("Благодарим за оценката"),
        "eservices.commented": _("Благодарим за коментара"),
        "eservices.extended": _("Срокът е удължен и писахме на заявителя"),
        "eservices.proposed": _("Решението чака втори подпис"),
        "eservices.prepared": _("Решението чака одобрение"),
        "eservices.prepared-stuck": _(
            "Решението е подготвено, но няма кой друг да го одобри. Писахме на тези, които могат"
            " да го пренасочат към друг служител."
        ),
        "eservices.approved": _("Одобрихте решението"),
        "eservices.taken-back": _("Решението е отново при Вас"),
        "eservices.reassigned": _("Одобрението е пренасочено"),
        "eservices.case-recorded": _("Пробата е записана като случай"),
        "eservices.case-accepted": _("Новият резултат е очакваният"),
        "eservices.case-removed": _("Случаят е махнат"),
        "eservices.given-back": _("Решението е върнато за преработване"),
        "eservices.expiry-told": _("Записахме, че притежателят е уведомен"),
        "eservices.handed": _("Записахме, че документът е връчен"),
        "eservices.reply-saved": _("Отговорът е изпратен"),
        "eservices.dog-opened": _("Собственикът ще види кой и защо е гледал"),
        "eservices.dog-brought": _("Писахме на собственика къде е кучето"),
        "eservices.dog-brought-nobody": _(
            "Записано е. Собственикът няма имейл в регистъра: обадете му се."
        ),
        "eservices.seal-put": _("Документите вече се подпечатват с този печат"),
        "eservices.seal-removed": _("Печатът е махнат"),
        "eservices.design-saved": _("Запазено. Хората ще го видят, когато публикувате."),
        "eservices.design-discarded": _("Услугата е изтрита"),
        "eservices.published": _("Услугата е публикувана и стои в каталога"),
        "eservices.service-withdrawn": _("Услугата е оттеглена. Започнатите преписки продължават."),
        "eservices.offered": _("Другите общини вече могат да вземат услугата"),
        "eservices.not-offered": _("Услугата вече не се предлага. Който я е взел, я пази."),
        "eservices.of-the-region": _("Услугата е за всички общини. Кметовете получават писмо."),
        "eservices.taken-over": _(
            "Услугата е Ваша чернова. Проверете такса, срок и подпис, изпробвайте я и публикувайте."
        ),
        "eservices.version-published": _("Новата версия е публикувана"),
        "eservices.version-drafted": _(
            "Новата версия е в черновата, но още не е публикувана. Поправете отбелязаното и"
            " публикувайте."
        ),
        "eservices.version-declined": _("Оставате с версията, която е тук"),
        "eservices.offer-saved": _("Услугата е запазена"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    reactions=REACTIONS,
    issues=(DocumentKind(part="eservices", table=IssuedDocument),),
    search=SEARCH,
    paper=paper_of,
    selfcheck=SELFCHECK,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    shared_seeds=seed_shared,
    practice_acts=PRACTICE_ACTS,
    processing=(
        Processing(
            word="application",
            title=_("Заявления за услуги"),
            purpose=_("да решим заявлението Ви и да Ви дадем документа"),
            ground=GROUND,
            kinds=(
                *(DataKind.NAME, DataKind.CONTACT, DataKind.NUMBER, DataKind.ADDRESS),
                *(DataKind.ANSWERS, DataKind.FILES, DataKind.MONEY),
            ),
            recipients=_("служителите, които работят по заявлението"),
            kept=_("5 години след края на преписката, ако за услугата няма друг срок"),
            own_terms=kept_otherwise,
            looks=PURPOSES,
            describe=described,
            former=former_looks,
            criteria=(RiskCriterion.LARGE_SCALE, RiskCriterion.SENSITIVE),
        ),
        Processing(
            word="dog",
            title=_("Регистър на кучетата"),
            purpose=_("да намерим собственика на куче и да напомним за ваксинацията"),
            ground=found_dogs.GROUND,
            kinds=found_dogs.KINDS,
            recipients=_("служителите, които водят регистъра"),
            kept=_("5 години, след като кучето вече не е Ваше"),
            looks=found_dogs.PURPOSES,
        ),
        Processing(
            word="power",
            title=_("Пълномощни"),
            purpose=_("да проверим веднъж, че някой може да подава от Ваше име"),
            ground=POWER_GROUND,
            kinds=POWER_KINDS,
            recipients=_("служителите, които проверяват пълномощни и работят по заявлението"),
            kept=_("5 години, след като пълномощното вече не важи; неприетото 1 година"),
            looks=POWER_PURPOSES,
        ),
    ),
    impersonal={
        "eservices_seal.*": "a machine's secret",
        "eservices_dog.answers": "how an animal looks; its chip and who keeps it stand apart",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим чернови толкова дни, колкото е посочила общината. Подаденото пазим 5 години"
            " след края на преписката, ако общината не е посочила друг срок за услугата; после от"
            " него остават само номерът, датите, таксата и оценката. Собственика на куче пазим 5"
            " години, след като кучето вече не е негово. Пълномощно пазим 5 години, след като вече"
            " не важи, а неприетото – 1 година."
        ),
        outlives_erasure=True,
    ),
)
