"""Repairs before parsing: what is mended, what is left alone, and what is said about it."""

import markdown
import pytest

from portal.markup.commonmark import CommonMarkExtension, RepairsExtension


@pytest.fixture
def repairing():
    return markdown.Markdown(extensions=[CommonMarkExtension(), RepairsExtension()])


@pytest.mark.parametrize(
    ("source", "expected", "code"),
    [
        ("[a] (https://b.c)", '<p><a href="https://b.c">a</a></p>', "link-apart"),
        ("a</br>b", "<p>a<br>b</p>", "closed-break"),
        ("##Steps", "<h2>Steps</h2>", "glued-heading"),
    ],
)
def test_it_mends_and_reports(repairing, source, expected, code):
    assert repairing.convert(f"first\n\n{source}") == f"<p>first</p>\n{expected}"
    assert [(problem.code, problem.line) for problem in repairing.problems] == [(code, 3)]


@pytest.mark.parametrize("source", ["`[a] (https://b.c)`", "```\n##Steps\na</br>\n```", "[a] (see below)", "#tag"])
def test_it_leaves_code_and_prose_alone(repairing, source):
    repairing.convert(source)
    assert repairing.problems == []


def test_it_forgets_the_problems_of_the_last_document(repairing):
    repairing.convert("##Steps")
    repairing.reset()
    assert repairing.problems == []


def test_it_says_nothing_without_the_extension():
    assert markdown.Markdown(extensions=[CommonMarkExtension()]).convert("##Steps") == "<p>##Steps</p>"
