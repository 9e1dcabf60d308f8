"""Seeding: demonstration content of every part; its pictures are drawn once for all processes."""

import os
import pickle

import pytest

from obshto.ops.compose import all_components
from obshto.platform.search.index_rows import row_of
from obshto.platform.search.models import PublicRow
from obshto.platform.storage.child import remembering
from obshto.platform.unit_of_work import Principal, open_uow


class KeptAnswers:
    """What children answered about demonstration files: a memo with a file for each in a folder.

    The files are the same in every municipality and every process; to open one takes a second.
    """

    def __init__(self, folder):
        self.folder = folder

    def __contains__(self, key):
        return (self.folder / key.hex()).exists()

    def __getitem__(self, key):
        return pickle.loads((self.folder / key.hex()).read_bytes())  # noqa: S301  of this run

    def __setitem__(self, key, answer):
        half = self.folder / f"{key.hex()}.{os.getpid()}"
        half.write_bytes(pickle.dumps(answer))
        half.rename(self.folder / key.hex())  # another process sees all of it or nothing


@pytest.fixture(scope="session")
def kept_answers(folder_of_run):
    return KeptAnswers(folder_of_run("answers"))


def seed_parts(scope, who, kept_answers, *, only=()):
    """Content of every part there, or of those that are named; a part without any plants what the
    watch for leaks does."""
    with remembering(kept_answers):
        for part in all_components():
            if only and part.slug not in only:
                continue
            if part.seeds:
                with open_uow(scope, who) as uow:
                    part.seeds(uow)
            elif callable(part.canary):
                with open_uow(scope, who) as uow:
                    part.canary(uow, "1" * 18)


def offer_as_neighbour(scope, neighbour):
    """What this village published and others may take over, as if the neighbour had done so."""
    who = Principal.system("neighbour")
    with open_uow(scope, who) as uow, open_uow(None, who) as region:
        for part in all_components():
            for entry in part.search.of(uow, None) if part.search else ():
                if entry.pattern:
                    owner = {"part": part.slug, "municipality": neighbour}
                    row = row_of(entry, neighbour)
                    row.pop("picture")  # which the region does not keep
                    region.session.merge(PublicRow(**owner, **row))
