"""Manifest of videos: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.videos.citizen import citizen
from obshto.modules.videos.console import console
from obshto.modules.videos.events import EVENTS
from obshto.modules.videos.jobs import JOBS
from obshto.modules.videos.models import MODELS
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.privacy import erase, export
from obshto.modules.videos.search import SEARCH
from obshto.modules.videos.seeds import plant, seed
from obshto.modules.videos.services.films_port import Films
from obshto.modules.videos.services.recordings_port import RecordingPublisher, Recordings
from obshto.modules.videos.services.videos import public_videos
from obshto.modules.videos.settings import VideosSettings
from obshto.platform.modularity.council_publication import RecordingPublication
from obshto.platform.modularity.guide_films import GuideFilms
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.meeting_recordings import MeetingRecordings
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Counts of videos that citizens would lose."""
    number = count(uow, public_videos())
    lost = ngettext("%(num)s публикувано видео", "%(num)s публикувани видеа", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="videos",
    folder=Path(__file__).parent,
    title=_("Записи и видео"),
    summary=_("Записи на заседания и срещи, представяния на услуги. С надписи и текст."),
    called="видео запис заседание гледане надписи филм представяне",
    models=MODELS,
    permissions=tuple(VideosPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Записи и видео"),
            endpoint="videos_citizen.index",
            hint=_("Гледайте или прочетете какво беше казано"),
            weight=18,
        ),
        NavEntry(
            label=_("Записи и видео"),
            endpoint="videos_console.index",
            permission=VideosPermission.EDIT,
            weight=20,
        ),
    ),
    citizen=citizen,
    console=console,
    settings=VideosSettings,
    events=EVENTS,
    notices={
        "videos.written": _("Описанието е запазено. Сега качете видеото и надписите."),
        "videos.saved": _("Промените са запазени"),
        "videos.uploaded": _("Видеото е качено"),
        "videos.recorded": _("Записът е запазен. Прегледайте го и го публикувайте."),
        "videos.recorded-nothing": _("От записа не дойде нищо, което да се пусне"),
        "videos.chapters": _("Частите са запазени"),
        "videos.cut": _("Кратката версия е отбелязана. Видеото ѝ се прави до половин час."),
        "videos.cut-removed": _("Вече няма кратка версия"),
        "videos.captions": _("Надписите са качени. Прегледайте ги."),
        "videos.captions-removed": _("Надписите са махнати"),
        "videos.cue-saved": _("Надписът е запазен"),
        "videos.cue-deleted": _("Надписът е махнат"),
        "videos.published": _("Видеото е публикувано. Гражданите вече го виждат."),
        "videos.hidden": _("Видеото е скрито от гражданите"),
        "videos.deleted": _("Видеото е изтрито"),
    },
    jobs=JOBS,
    search=SEARCH,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    offers={
        GuideFilms: Films(),
        MeetingRecordings: Recordings(),
        RecordingPublication: RecordingPublisher(),
    },
    processing=(
        Processing(
            word="video",
            title=_("Записи на срещи"),
            purpose=_("да може всеки да види какво е казано и решено на открита среща"),
            ground="ЗМСМА, чл. 28; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.NAME, DataKind.WORDS, DataKind.ACTS),
            recipients=_("всеки, който отвори портала"),
            kept=_("колкото определи общината, после записът се изтрива"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Пазим записите на срещи толкова години, колкото определи общината. Представянията"
            " остават."
        ),
    ),
)
