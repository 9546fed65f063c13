"""The structure and words of real articles are those of cmark-gfm, by the checker that judges the whole."""

import importlib.util

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from portal.markup.reading import read
from portal.markup.rendering import render
from portal.markup.source import NotAnArticle, Unreadable
from tests.shared import SHARED, needs_shared

EVERY = 12  # a slice of the corpus; the whole is measured by the command of the issue
LEAST = 0.99


def checker():
    spec = importlib.util.spec_from_file_location("check_fidelity", SHARED / "tools" / "check_fidelity.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_shared
@pytest.mark.parametrize("corpus", ["selfhelp", "alchemy"])
def test_it_has_the_structure_and_words_of_the_reference(corpus):
    judge, root = checker(), SHARED / "corpus" / corpus
    shapes: list[bool] = []
    words: list[bool] = []
    for file in sorted(root.rglob("*.md"))[::EVERY]:
        path = file.relative_to(root).as_posix()
        try:
            source = read(file.read_bytes(), path)
        except (NotAnArticle, Unreadable):
            continue
        if source.kind.is_json:
            continue
        html = render(source, path=path).html
        markdown = judge.repaired(judge.body_of(file))
        reference = judge.known_tags_only(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))
        shapes.append(judge.shape(html) == judge.shape(reference))
        words.append(judge.words(html) == judge.words(reference))
    assert len(shapes) >= 90
    assert sum(shapes) >= LEAST * len(shapes)
    assert sum(words) >= LEAST * len(words)
