"""The case summary of a form: in its own words, with every line of an answer, and nothing that Markdown would change."""

import cmarkgfm
import pytest

from portal.forms.summary import moment_of, summary
from tests.forms.made import element, filled, options

FORM = (
    element("what", "dropdown", dropdownOptions=options("slow", "broken")),
    element("which", "multiselectdropdown", order=2, dropdownOptions=options("one", "two")),
    element("since", "datetimepicker", order=3),
    element("story", "multilinetextbox", order=4, useAsAdditionalDetails=True),
    element("more", order=5),
)


def told(**answers):
    return summary(filled(*FORM, **answers), about=(("Cloud", "Azure US Government"),), zone="+01:00")


def test_it_tells_answers_in_words_then_the_description_then_what_is_open():
    text = told(what="slow", which=["one", "two"], since="2026-01-31T08:15", story="First.\nThen.").text
    headings = ["Case", "Answers", "Description", "Not answered"]
    assert [line for line in text.split("\n") if line in headings] == headings
    assert "What: Slow" in text
    assert "    One\n    Two" in text
    assert "Since: 2026-01-31 08:15 UTC+01:00" in text
    assert "Story:\n    First.\n    Then." in text
    assert text.rstrip().endswith("More")


def test_markdown_keeps_every_sign_of_an_answer():
    story = "# no heading\n``` ` no end\n<b>1 * 2 * 3</b>"
    html = cmarkgfm.github_flavored_markdown_to_html(told(story=story, more="a `b` *c*").markdown)
    assert "# no heading\n``` ` no end\n&lt;b&gt;1 * 2 * 3&lt;/b&gt;" in html
    assert "<code>a `b` *c*</code>" in html


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-01-31", "+01:00", "2026-01-31"),
        ("2026-01-31T08:15", "", "2026-01-31 08:15"),
        ("2026-01-31T08:15", "+00:00", "2026-01-31 08:15 UTC"),
        ("2026-01-31T08:15", "-08:00", "2026-01-31 08:15 UTC-08:00"),
        ("2026-01-31T08:15Z", "+01:00", "2026-01-31 08:15 UTC"),
        ("2026-01-31T08:15+0530", "", "2026-01-31 08:15 UTC+05:30"),
        ("no moment", "+01:00", "no moment"),
    ],
)
def test_a_moment_is_told_with_its_zone(text, zone, expected):
    assert moment_of(text, zone) == expected
