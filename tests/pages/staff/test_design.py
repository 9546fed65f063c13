"""The page of the design language shows every part of the stylesheet."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from portal.pages.staff.design import COLOURS, ICONS, SPACES
from tests.pages.tenants.visitors import words

STATIC = Path(settings.BASE_DIR) / "static"
TOKEN = re.compile(r"--([\w-]+):")


def test_it_shows_every_colour_and_space_of_the_stylesheet():
    root = (STATIC / "portal.css").read_text().partition(":root {")[2].partition("}")[0]
    tokens = TOKEN.findall(root)
    assert list(COLOURS) == tokens[: tokens.index("sans")]
    assert [one for one in tokens if re.fullmatch(r"s\d", one)] == list(SPACES)


def test_it_shows_every_icon_of_the_sprite():
    assert re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()) == list(ICONS)


def test_it_shows_statuses_pictures_and_long_names(staff):
    page = words(staff.get("/en-us/public/staff/design/"))
    for part in ("status-pending-sync", 'class="chart"', 'class="timeline"', "Wolfeschlegelsteinhausenbergerdorff"):
        assert part in page


def test_it_shows_a_form_with_a_fault_given_answers_a_table_that_stacks_and_a_difference(staff):
    page = words(staff.get("/en-us/public/staff/design/"))
    for part in (
        'class="errors"',
        "is-wrong",
        "is-new",
        'class="info"',
        'class="given"',
        "stacks",
        "diff-gone",
        "diff-new",
    ):
        assert part in page
