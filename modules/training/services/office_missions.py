"""Missions of those behind the counters: data protection, the portal itself, video."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from obshto.modules.training.services.mission_kinds import Mission, MissionStep
from obshto.modules.training.services.topics import ADMINISTRATION, ASSESSMENTS, VIDEO

OFFICE: Mapping[str, Mission] = {
    "assess": Mission(
        title=_("Преди да започнем"),
        story=_(
            "Кметът пита може ли общината да започне нова дейност с лични данни. Преди да започне,"
            " някой трябва да прецени риска за хората. Изберете дейност от списъка, решете нужна"
            " ли е оценка и я предложете за одобрение."
        ),
        topic=ASSESSMENTS,
        module="dataprotection",
        path="/console/dataprotection/assessments",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Отворете дейност от списъка и запишете решението си с причина"),
                hint=_(
                    "Започнете от дейност, до която пише „Решете нужна ли е“ или „Нужна е оценка“."
                    " Отбележете какво важи за нея, изберете отговор и напишете защо. Накрая:"
                    " „Запишете“."
                ),
                acts=("dataprotection:assessment.written",),
            ),
            MissionStep(
                sentence=_("Предложете същата оценка за одобрение"),
                hint=_(
                    "Порталът казва какво още липсва. Щом не липсва нищо: „Предложете за"
                    " одобрение“. Одобрява кметът или секретарят, затова спирате дотук."
                ),
                acts=("dataprotection:assessment.proposed",),
            ),
        ),
    ),
    "role": Mission(
        title=_("Стажантка за едно лято"),
        story=_(
            "През юни идва стажантка, която ще помага само с едно нещо. Готовите роли дават твърде"
            " много. Направете роля за нея, дайте още едно право и я премахнете в края на лятото."
        ),
        topic=ADMINISTRATION,
        module="tenants",
        path="/console/tenants/people/roles/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Направете роля с едно право"),
                hint=_(
                    "„Направете роля“. Наречете я както бихте я нарекли на хартия и отбележете"
                    " само нужното. Накрая: „Запазете“."
                ),
                acts=("tenants:role.made",),
            ),
            MissionStep(
                sentence=_("Дайте на същата роля още едно право"),
                hint=_(
                    "Отворете ролята от „Роли на общината“ и отбележете още едно право. Накрая:"
                    " „Запазете“. Промяната важи веднага."
                ),
                acts=("tenants:role.changed",),
            ),
            MissionStep(
                sentence=_("Премахнете ролята"),
                hint=_(
                    "До нея, в „Роли на общината“: „Премахнете“. Роля, която някой още има, не се"
                    " премахва."
                ),
                acts=("tenants:role.removed",),
            ),
        ),
    ),
    "room": Mission(
        title=_("Вечер във видео стаята"),
        story=_(
            "Форумът започна и Вие водите видео стаята. По телефона звъни жителка без интернет и"
            " иска да говори. Дайте ѝ думата, проверете мненията на всички и затворете стаята."
        ),
        topic=VIDEO,
        module="meetings",
        path="/console/meetings/rooms",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Добавете човека, който звъни, и му дайте думата"),
                hint=_(
                    "Отворете срещата. Ако пише, че стаята е затворена: „Отворете стаята“. Под"
                    " „Човек по телефона“ напишете измислено име, „Добавете“, после"
                    " „Дайте думата“."
                ),
                acts=("meetings:participant.called",),
                is_beside=True,
            ),
            MissionStep(
                sentence=_("Проверете мненията на всички в същата стая"),
                hint=_(
                    "„Проверете мненията на всички (в нов прозорец)“. Напишете въпрос и по един"
                    " отговор на ред. Накрая: „Попитайте всички“."
                ),
                acts=("meetings:straw-poll.asked",),
                is_beside=True,
            ),
            MissionStep(
                sentence=_("Затворете стаята"),
                hint=_(
                    "Върнете се в стаята: „Затворете стаята за всички“. Порталът пита още веднъж,"
                    " защото имената се изтриват."
                ),
                acts=("meetings:room.closed",),
            ),
        ),
    ),
    "recording": Mission(
        title=_("Запис, който се чете"),
        story=_(
            "Срещата мина и файлът на записа ще дойде утре. Хората питат какво е казано. Опишете"
            " записа, напишете първия надпис и го публикувайте, за да може да се чете още днес."
        ),
        topic=VIDEO,
        module="videos",
        path="/console/videos/",
        minutes=10,
        steps=(
            MissionStep(
                sentence=_("Опишете записа"),
                hint=_(
                    "„Опишете ново видео“. Напишете от коя среща е и кога е заснето. Накрая:"
                    " „Запазете описанието“."
                ),
                acts=("videos:video.written",),
            ),
            MissionStep(
                sentence=_("Напишете надпис за същия запис"),
                hint=_(
                    "До „Надписи и текст“ отворете надписите, „Добавете надпис“: от кога до кога"
                    " се вижда и какво се казва. Накрая: „Запазете надписа“."
                ),
                acts=("videos:video.edited",),
            ),
            MissionStep(
                sentence=_("Публикувайте описания запис"),
                hint=_("В страницата на записа: „Публикувайте видеото“."),
                acts=("videos:video.published",),
            ),
        ),
    ),
}
