"""A witness keeps heads of a board and sees when it was rewritten, cut or shown differently."""

import ast
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from obshto.modules.voting.distribution import witness
from obshto.modules.voting.distribution.audit import audit
from obshto.modules.voting.services.board import chain_event, file_of

PROGRAM = Path(witness.__file__)


def rows_of(*texts):
    """Events that carry these texts, each after the one before it."""
    made, parent = [], ""
    for height, text in enumerate(texts):
        kind = "Ballot" if height else "Setup"
        made.append(chain_event(kind, [text], height=height, parent=parent))
        parent = made[-1].event_hash
    return made


def board_of(*texts):
    return b"".join(file_of(rows_of(*texts), 1))


def run(*arguments):
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)], capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def test_a_board_that_grows_is_in_order(site, tmp_path):
    kept = tmp_path / "heads"
    for texts in (("{}",), ("{}", '"a"'), ("{}", '"a"', '"b"'), ("{}", '"a"', '"b"')):
        site.put(board_of(*texts))
        assert witness.look(site.address, kept).startswith("Наред")
    lines = [line.split() for line in kept.read_text().splitlines()]
    assert [(int(height), name) for height, name, _time in lines] == [
        (row.height, row.event_hash) for row in rows_of("{}", '"a"', '"b"')
    ]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("{}", '"a"', '"X"', '"c"'), "пренаписано от запис 2"),
        (("{}", '"b"', '"c"'), "пренаписано от запис 1"),  # a ballot left out, chained anew
        (("{}", '"a"'), "скъсено"),
    ],
)
def test_a_board_rewritten_or_cut_raises_an_alarm(site, tmp_path, texts, said):
    kept, told = tmp_path / "heads", tmp_path / "told"
    site.put(board_of("{}", '"a"', '"b"'))
    witness.look(site.address, kept)
    before = kept.read_bytes()
    site.put(board_of(*texts))
    code, words = run(site.address, kept, "--alarm", f"tee {told}")
    assert code == 1 and "ТРЕВОГА" in words and said in words
    assert said in told.read_text() and site.address in told.read_text()
    assert kept.read_bytes() == before  # what was seen first stays


def test_a_ballot_that_stands_there_twice_raises_an_alarm(site, tmp_path):
    """Put again at the end it extends what was seen, and would count instead of a newer one."""
    site.put(board_of("{}", '"a"', '"b"'))
    witness.look(site.address, tmp_path / "heads")
    site.put(board_of("{}", '"a"', '"b"', '"a"'))
    with pytest.raises(witness.Alarm, match="втори път, на запис 3"):
        witness.look(site.address, tmp_path / "heads")


def test_a_chain_that_is_broken_is_seen_at_the_first_look(site, tmp_path):
    rows = rows_of("{}", '"a"', '"b"')
    site.put(b"".join(file_of([rows[0], rows[2]], 1)))
    with pytest.raises(witness.Alarm, match="прекъсната на запис 1"):
        witness.look(site.address, tmp_path / "heads")
    changed = board_of("{}", '"a"').replace(b'"a"', b'"z"')
    site.put(changed)
    with pytest.raises(witness.Alarm, match="не е това"):
        witness.look(site.address, tmp_path / "heads")


def test_what_cannot_be_seen_is_no_alarm(site, tmp_path):
    site.put(board_of("{}", '"a"')[:-700])
    assert run(site.address, tmp_path / "heads")[0] == 2
    site.take()
    assert run(site.address, tmp_path / "heads")[0] == 2
    assert not (tmp_path / "heads").exists()


def test_two_witnesses_who_saw_different_boards_find_out(site, tmp_path):
    one, other, third = (tmp_path / name for name in ("one", "other", "third"))
    for kept, texts in (
        (one, ("{}", '"a"', '"b"')),
        (other, ("{}", '"a"', '"c"')),
        (third, ("{}", '"a"')),
    ):
        site.put(board_of(*texts))
        witness.look(site.address, kept)
    assert run("--compare", one, third)[0] == 0
    code, words = run("--compare", one, third, other)
    assert code == 1 and "видели различно" in words


def test_the_house_serves_the_program_and_its_hash(staff, client, at):
    """Whoever doubts the program compares its hash."""
    base = at("gorno-selo")
    answer = client.get("/voting/programs/witness.py", base_url=base)
    assert answer.data == PROGRAM.read_bytes()
    told = client.get("/voting/programs/witness.py.sha256", base_url=base).text.split()
    assert told == [sha256(answer.data).hexdigest(), "witness.py"]
    for name in ("guide.md.sha256.sha256", "manifest.py.sha256", ".sha256"):
        assert client.get(f"/voting/programs/{name}", base_url=base).status_code == 404


def test_the_audit_reads_what_a_witness_kept(site, tmp_path):
    kept = tmp_path / "heads"
    site.put(board_of("{}", '"a"'))
    witness.look(site.address, kept)
    heads = [(int(line.split()[0]), line.split()[1]) for line in kept.read_text().splitlines()]
    kinds = {finding.kind for finding in audit(board_of("{}", '"b"'), heads).findings}
    assert "head" in kinds


def test_the_program_is_short_enough_to_be_read_by_a_stranger():
    """Lines that do something; blank ones and sentences that explain are not counted."""
    text = PROGRAM.read_text("utf-8")
    kinds = (ast.Module, ast.FunctionDef, ast.ClassDef)
    told = [one.body[0] for one in ast.walk(ast.parse(text)) if isinstance(one, kinds)]
    sentences = [one for one in told if isinstance(one, ast.Expr)]
    said = {n for one in sentences for n in range(one.lineno, one.end_lineno + 1)}
    lines = [one.strip() for n, one in enumerate(text.splitlines(), 1) if n not in said]
    assert len([one for one in lines if one and not one.startswith("#")]) <= 120
