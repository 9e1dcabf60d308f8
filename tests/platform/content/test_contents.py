"""A long text begins with a list of its chapters."""

from obshto.platform.content.contents import chaptered
from obshto.platform.content.markdown import to_html

LONG = "# Кога\n\nа\n\n## Дребно\n\nб\n\n# Къде *точно*\n\nв\n\n# Колко & защо\n\nг\n"


def test_chapters_are_the_headings_of_the_first_level_and_each_can_be_reached():
    text = chaptered(to_html(LONG))
    titles = [chapter.title for chapter in text.chapters]
    assert titles == ["Кога", "Къде точно", "Колко & защо"]
    assert all(f'<h2 id="{chapter.id}">' in text.html for chapter in text.chapters)
    assert "<h3>Дребно</h3>" in text.html, "no more than that is touched"


def test_a_text_of_two_chapters_has_no_list_and_stays_as_it_was():
    html = to_html("# Кога\n\nа\n\n# Къде\n\nб\n")
    assert chaptered(html).chapters == () and chaptered(html).html == html
