"""Links in words of citizens: addresses of other sites are found, sentences are left alone."""

from obshto.platform.moderation.links import is_suspicious

LEAD_AWAY = (
    "spam.example/abc",
    "spam.example:8080/x",
    "t.me/x",
    "Пишете на bit.ly/x.",
    "Елате в CASINO.COM, евтино",
    "...casino.com",
    "-vulkan-bet.online",
    "казино.бг",
    "Евтино.casino.com.Обадете се",
    "https://spam.example/a",
    "https://10.0.0.1/a",
    "www.spam.example",
    "{own}.spam.example/x",
    "https://{own}@spam.example",
    "{own}/forum/ и spam.com",
)
LEAD_NOWHERE = (
    "На 5.3.2026 г.Там беше.",
    "чл.1, ал.2, т.е. 1.5 м",
    "т.е./т.н., бул.България/пл.Съединение",
    "план.pdf",
    "план.pdf/схема.docx",
    "kmet@obshtina-vidin.bg",
    "kmet.ivanov@ob.vidin.bg, ivan.com@abv.bg",
    "Vreau o bancă.De ce nu? I like it.It is fine.",
    "http:// и https:// и www, а после хляба",
    "Вижте {own}/forum/",
    "(https://{own})",
    "Вижте https://{own}.",
)


def test_what_leads_to_other_sites_is_told_from_sentences(uow_in):
    with uow_in("gorno-selo") as uow:
        own = uow.scope.address.partition("://")[2]
        missed = [said for said in LEAD_AWAY if not is_suspicious(uow, said.format(own=own))]
        stopped = [said for said in LEAD_NOWHERE if is_suspicious(uow, said.format(own=own))]
    assert (missed, stopped) == ([], [])
