"""What a page is about and where it stands, after the Italian model of municipal sites.

https://docs.italia.it/italia/designers-italia/design-comuni-docs/
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Section(StrEnum):
    """A shelf of the portal. The value stands in the address."""

    label: LazyString
    summary: LazyString

    def __new__(cls, value: str, label: LazyString, summary: LazyString) -> Section:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.summary = label, summary
        return member

    ABOUT = (
        "about",
        _("За общината"),
        _("Кой за какво отговаря, къде да го намерите, какви документи издава общината."),
    )
    ENVIRONMENT = (
        "environment",
        _("Околна среда и отпадъци"),
        _("Кога извозваме боклука, къде се събира разделно, какво да правите със старите вещи."),
    )
    CULTURE = (
        "culture",
        _("Култура и свободно време"),
        _("Читалища, библиотеки, празници и места, които си струва да видите."),
    )
    ONLINE = (
        "online",
        _("Услуги по интернет"),
        _("Какво може да свършите от вкъщи, как става и защо е сигурно."),
    )
    TAKE_PART = (
        "take-part",
        _("Как да участвате"),
        _("Как да кажете мнение, да подадете сигнал и да дойдете на заседание."),
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """A short answer that pages of one kind give, in a table above the text."""

    name: str
    label: LazyString
    is_phone: bool = False
    is_email: bool = False


class Kind(StrEnum):
    """What a page is about; `schema` is its type at schema.org."""

    label: LazyString
    hint: LazyString
    schema: str
    details: tuple[Detail, ...]

    def __new__(
        cls,
        value: str,
        label: LazyString,
        hint: LazyString,
        schema: str,
        details: tuple[Detail, ...] = (),
    ) -> Kind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.hint, member.schema, member.details = label, hint, schema, details
        return member

    PLAIN = "plain", _("Обикновена страница"), _("Текст, снимки и файлове"), "WebPage"
    SERVICE = (
        "service",
        _("Услуга"),
        _("Какво получава човекът, какво да донесе, колко струва и кога е готово"),
        "GovernmentService",
        (
            Detail("audience", _("За кого е")),
            Detail("needs", _("Какво трябва")),
            Detail("price", _("Колко струва")),
            Detail("term", _("Кога е готово")),
            Detail("where", _("Къде")),
        ),
    )
    OFFICE = (
        "office",
        _("Служба или човек"),
        _("Кой отговаря, телефон, адрес и работно време"),
        "GovernmentOffice",
        (
            Detail("head", _("Кой отговаря")),
            Detail("phone", _("Телефон"), is_phone=True),
            Detail("email", _("Имейл"), is_email=True),
            Detail("address", _("Адрес")),
            Detail("hours", _("Работно време")),
        ),
    )
    DOCUMENT = (
        "document",
        _("Документ"),
        _("Наредба, правилник, план или отчет с файл за изтегляне"),
        "DigitalDocument",
        (
            Detail("number", _("Номер и дата")),
            Detail("issuer", _("Кой го е приел")),
            Detail("valid", _("От кога важи")),
        ),
    )
    PLACE = (
        "place",
        _("Място"),
        _("Читалище, музей, площадка: адрес, работно време, достъп с количка"),
        "Place",
        (
            Detail("address", _("Адрес")),
            Detail("hours", _("Работно време")),
            Detail("phone", _("Телефон"), is_phone=True),
            Detail("access", _("Достъп с количка")),
        ),
    )
    EVENT = (
        "event",
        _("Събитие"),
        _("Празник, среща или курс, който се повтаря или е веднъж"),
        "Event",
        (
            Detail("when", _("Кога")),
            Detail("venue", _("Къде")),
            Detail("price", _("Колко струва")),
            Detail("organiser", _("Кой го организира")),
        ),
    )


SECTIONS = {section.value: section for section in Section}
KINDS = {kind.value: kind for kind in Kind}
