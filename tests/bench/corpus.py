"""The articles that are measured with: the shared corpus, or where that is absent our own and a generated tree."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from portal.runtime.places import CHECKOUT
from tests.shared import CORPUS

OURS = CHECKOUT / "articles"
GENERATED = 2_000
SEED = 11
VOCABULARY = (
    "account anchor attribute before between change choose cloud connector copy create cycle delete directory domain "
    "error every export filter group import join match message name object open permission portal quarantine remove "
    "rename report restore role rule server source start state step synchronize tenant user value verify wait which"
)
WORDS = VOCABULARY.split()


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """A tree of article files, and how the report speaks of it."""

    path: Path
    name: str

    @property
    def files(self) -> int:
        return sum(1 for _ in self.path.rglob("*.md"))


def choose(folder: Path) -> Corpus:
    """The shared corpus; else our own articles and generated ones in a tree below `folder`, the same in every run."""
    shared = CORPUS / "selfhelp"
    if shared.is_dir():
        return Corpus(path=shared, name="../shared/corpus/selfhelp")
    path = folder / "corpus"
    shutil.copytree(OURS, path / OURS.name)
    generate(path, GENERATED)
    name = f"{OURS.name}/ and a generated tree: ../shared is absent, so these figures compare with no other run's"
    return Corpus(path=path, name=name)


def generate(path: Path, number: int) -> None:
    """Articles of the self-help dialect with the blocks that real ones have."""
    chance = random.Random(SEED)
    for index in range(number):
        file = path / f"service-{index % 20}" / f"article-{index}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_article(index, chance), encoding="utf-8")


def _article(index: int, chance: random.Random) -> str:
    title = _words(chance, 5)
    header = (
        f'<properties\n    pageTitle="{title}"\n    description="{_words(chance, 9)}"\n    articleId="generated-{index}"\n'
        f'    selfHelpType="generic"\n    supportTopicIds="{40_000_000 + index}"\n    productPesIds="{14_000 + index % 50}"\n'
        '    cloudEnvironments="public, fairfax, mooncake"\n/>\n'
    )
    sections = "\n\n".join(_section(chance) for _ in range(chance.randint(2, 7)))
    return f"{header}\n# {title}\n\n{_sentences(chance, 3)}\n\n{sections}\n"


def _section(chance: random.Random) -> str:
    steps = "\n".join(f"{number}. {_sentences(chance, 1)}" for number in range(1, chance.randint(3, 7)))
    points = "\n".join(f"- **{_words(chance, 2)}**: {_sentences(chance, 1)}" for _ in range(chance.randint(2, 5)))
    link = f"[{_words(chance, 3)}](https://example.com/{chance.choice(WORDS)}/{chance.choice(WORDS)})"
    code = f"```powershell\nGet-{chance.choice(WORDS).title()} -Name '{chance.choice(WORDS)}'\n```"
    parts = [f"## {_words(chance, 4)}", f"{_sentences(chance, 3)} {link}", steps, points, code]
    return "\n\n".join(parts)


def _sentences(chance: random.Random, number: int) -> str:
    return " ".join(f"{_words(chance, chance.randint(7, 16))}." for _ in range(number))


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(number)).capitalize()
