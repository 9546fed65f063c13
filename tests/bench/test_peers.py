"""The import's peer and the generated tree: the peer renders bodies without headers, and our import takes the tree in whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.markup.reading import read
from portal.markup.rendering import render
from tests.bench import corpus, peers


@pytest.mark.parametrize(
    "header",
    [
        '<properties\n  pageTitle="A"\n/>\n',
        '\ufeff<properties pageTitle="A" />\n<tags ms.service="b" />\n',
        "---\na: b\n---\n",
    ],
)
def test_the_peer_strips_the_header_and_nothing_else(header: str) -> None:
    assert peers.body_of(f"{header}# Title\n\n---\n\nText.".encode()).strip() == "# Title\n\n---\n\nText."


def test_the_peer_counts_what_it_rendered_and_what_it_could_not(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    assert peers.render_all([str(tmp_path / "a.md"), str(tmp_path / "absent.md")], 1) == (1, 1)


def test_the_generated_tree_is_the_same_each_time_and_reads_without_a_problem(tmp_path: Path) -> None:
    corpus.generate(tmp_path / "one", 5)
    corpus.generate(tmp_path / "two", 5)
    names = sorted(file.relative_to(tmp_path / "one").as_posix() for file in (tmp_path / "one").rglob("*.md"))
    assert len(names) == 5
    for name in names:
        data = (tmp_path / "one" / name).read_bytes()
        assert data == (tmp_path / "two" / name).read_bytes()
        source = read(data, name)
        assert not source.problems
        assert "<ol" in render(source, path=name).html
