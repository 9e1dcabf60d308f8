"""Domain events of guides and campaigns. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.editorial.events import TextFact


class GuideWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "guides:guide.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на упътване")


class GuideEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "guides:guide.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на упътване")


class GuidePublished(TextFact):
    """Citizens see it from now on."""

    name: ClassVar[str] = "guides:guide.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано упътване")
    is_public: ClassVar[bool] = True


class GuideCorrected(TextFact):
    """A published guide was changed."""

    name: ClassVar[str] = "guides:guide.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправено упътване")
    is_public: ClassVar[bool] = True


class GuideTranslated(TextFact):
    """It has words in another language."""

    name: ClassVar[str] = "guides:guide.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведено упътване")
    is_public: ClassVar[bool] = True


class GuideHidden(TextFact):
    """It is a draft again."""

    name: ClassVar[str] = "guides:guide.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито упътване")
    is_public: ClassVar[bool] = True


class GuideDeleted(TextFact):
    """Gone for citizens; it can come back for thirty days."""

    name: ClassVar[str] = "guides:guide.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрито упътване")
    is_public: ClassVar[bool] = True


class GuideRestored(TextFact):
    """A deletion was undone."""

    name: ClassVar[str] = "guides:guide.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върнато упътване")
    is_public: ClassVar[bool] = True


class GuideReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "guides:guide.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на упътване")
    is_public: ClassVar[bool] = True


class FileAdded(TextFact):
    """`subject_id` is the guide, `title` what the file is called there."""

    name: ClassVar[str] = "guides:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл към упътване")
    is_public: ClassVar[bool] = True


class FileDescribed(TextFact):
    """It has other words."""

    name: ClassVar[str] = "guides:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на файл")
    is_public: ClassVar[bool] = True


class FileMoved(TextFact):
    """It stands before or after others now."""

    name: ClassVar[str] = "guides:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен файл")
    is_public: ClassVar[bool] = True


class FileRemoved(TextFact):
    """It is gone."""

    name: ClassVar[str] = "guides:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат файл от упътване")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class GuideCampaignFact(DomainEvent):
    """What happened to a campaign; nobody outside the municipality sees campaigns."""

    subject_id: UUID
    title: str


class CampaignBegun(GuideCampaignFact):
    """A goal was set."""

    name: ClassVar[str] = "guides:campaign.begun"
    label: ClassVar[LazyString] = lazy_gettext("Поставена цел на кампания")


class CampaignEdited(GuideCampaignFact):
    """Its goal, days or places were changed."""

    name: ClassVar[str] = "guides:campaign.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена кампания")


class CampaignDeleted(GuideCampaignFact):
    """It is gone, with its leaflets."""

    name: ClassVar[str] = "guides:campaign.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита кампания")


@dataclass(frozen=True, kw_only=True)
class LeafletsHandedOut(GuideCampaignFact):
    """`number` leaflets were given out."""

    name: ClassVar[str] = "guides:leaflets.handed-out"
    label: ClassVar[LazyString] = lazy_gettext("Вписани раздадени листовки")

    number: int


@dataclass(frozen=True, kw_only=True)
class LeafletsTakenBack(GuideCampaignFact):
    """They had been entered by mistake."""

    name: ClassVar[str] = "guides:leaflets.taken-back"
    label: ClassVar[LazyString] = lazy_gettext("Махнати раздадени листовки")

    number: int


DRAFTS = (GuideWritten, GuideEdited)
PUBLIC = (
    GuidePublished,
    GuideCorrected,
    GuideTranslated,
    GuideHidden,
    GuideDeleted,
    GuideRestored,
    GuideReverted,
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
)
CAMPAIGNS = (CampaignBegun, CampaignEdited, CampaignDeleted, LeafletsHandedOut, LeafletsTakenBack)
EVENTS = (*DRAFTS, *PUBLIC, *CAMPAIGNS)
