"""The drawing of a flow: well-formed, complete, with the way taken marked, and words that fit."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from portal.flows import drawing, paths, read, walk
from portal.flows.drawings.lettering import measure, wrap
from tests.flows.conftest import FLOWS

LIBRARY = read(FLOWS)
SVG = "{http://www.w3.org/2000/svg}"
NO_YES = {"user-exists-on-premises": "no", "same-user": "yes"}
EACH = [(name, locale) for name in LIBRARY.names for locale in LIBRARY.locales(name)]


def draw(name: str, locale: str = "en-us", answers: dict[str, str] | None = None, **options) -> ElementTree.Element:
    flow = LIBRARY.flow(name, locale)
    svg = drawing(flow, walk(flow, answers or {}), words=LIBRARY.words_in(locale), **options)
    return ElementTree.fromstring(svg)


def nodes(picture: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {group.get("data-node"): group for group in picture.iter(f"{SVG}g") if group.get("data-node")}


def marked(picture: ElementTree.Element, mark: str) -> set[str]:
    return {name for name, group in nodes(picture).items() if mark in group.get("class").split()}


@pytest.mark.parametrize("width", [360, 720])
@pytest.mark.parametrize(("name", "locale"), EACH)
def test_it_is_well_formed_and_shows_every_node_once(name, locale, width):
    flow = LIBRARY.flow(name, locale)
    groups = [group.get("data-node") for group in draw(name, locale, width=width).iter(f"{SVG}g")]
    shown = [group for group in groups if group]
    assert sorted(shown) == sorted([*flow.questions, *flow.outcomes])


@pytest.mark.parametrize("width", [360, 720])
@pytest.mark.parametrize(("name", "locale"), EACH)
def test_nothing_overlaps_and_nothing_leaves_the_picture(name, locale, width):
    picture = draw(name, locale, width=width)
    _, _, across, down = (float(number) for number in picture.get("viewBox").split())
    frames = [r for r in picture.iter(f"{SVG}rect") if r.get("class") == "flow-frame"]
    boxes = [tuple(float(frame.get(key)) for key in ("x", "y", "width", "height")) for frame in frames]
    assert all(x >= 0 and y >= 0 and x + w <= across and y + h <= down for x, y, w, h in boxes)
    columns = {}
    for x, y, w, h in boxes:
        columns.setdefault(x if width >= 560 else 0, []).append((y, y + h, w))
    for column in columns.values():
        assert all(upper[1] < lower[0] for upper, lower in pairwise(sorted(column)))


def test_a_page_can_show_the_one_that_fits_its_width():
    assert draw("duplicated-attribute", width=360).get("class") == "flow-drawing flow-drawing-narrow"
    assert draw("duplicated-attribute").get("class") == "flow-drawing flow-drawing-wide"


def test_the_way_taken_is_marked_by_more_than_colour():
    picture = draw("duplicated-attribute", answers=NO_YES)
    assert marked(picture, "flow-node-taken") == {"user-exists-on-premises", "same-user", "orphaned"}
    assert marked(picture, "flow-node-here") == {"orphaned"}
    wires = [p for p in picture.iter(f"{SVG}path") if p.get("class") == "flow-wire flow-wire-taken"]
    others = [p for p in picture.iter(f"{SVG}path") if p.get("class") == "flow-wire"]
    assert len(wires) == 2
    assert min(float(w.get("stroke-width")) for w in wires) >= 2 * max(float(w.get("stroke-width")) for w in others)
    ticks = [p for p in picture.iter(f"{SVG}path") if p.get("class") == "flow-mark"]
    assert len(ticks) == 2


def test_every_answer_has_a_wire():
    flow = LIBRARY.flow("object-not-syncing")
    wires = [p for p in draw("object-not-syncing").iter(f"{SVG}path") if "flow-wire" in p.get("class", "").split()]
    assert len(wires) == sum(len(question.answers) for question in flow.questions.values())


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_the_way_taken_is_told_to_those_who_hear_it(name, locale):
    flow = LIBRARY.flow(name, locale)
    way = max(paths(flow), key=lambda one: len(one.taken))
    picture = draw(name, locale, answers=way.answers, prefix="p1")
    heard = picture.find(f"{SVG}desc")
    assert picture.get("aria-labelledby") == "p1-title p1-desc"
    assert (picture.get("role"), heard.get("id")) == ("img", "p1-desc")
    assert way.here.title.replace("`", "") in heard.text
    assert all(step.answer.say.replace("`", "") in heard.text for step in way.taken)


def test_it_carries_nothing_that_a_strict_page_forbids():
    for name, locale in EACH:
        flow = LIBRARY.flow(name, locale)
        svg = drawing(flow, walk(flow, {}), words=LIBRARY.words_in(locale))
        assert not re.search(r"\sstyle=|<style|<script|<foreignObject|href=|\son\w+=|url\(", svg)


def test_arabic_runs_from_right_to_left():
    picture, english = draw("duplicated-attribute", "ar-sa"), draw("duplicated-attribute")
    assert (picture.get("direction"), picture.get("lang")) == ("rtl", "ar-SA")
    assert (english.get("direction"), english.get("lang")) == ("ltr", "en-US")
    start = nodes(picture)["user-exists-on-premises"].find(f"{SVG}rect")
    assert float(start.get("x")) > 300


def test_the_dark_variant_exchanges_the_colours():
    flow, words = LIBRARY.flow("duplicated-attribute"), LIBRARY.words_in("en-us")
    light, dark = drawing(flow, words=words), drawing(flow, words=words, dark=True)
    assert "#1b1f24" in light
    assert "#1b1f24" not in dark
    assert re.sub(r"#\w{6}", "", light) == re.sub(r"#\w{6}", "", dark)


def test_a_part_shows_only_the_questions_of_the_way_open():
    picture = draw("which-error", answers={"category": "match"}, whole=False)
    closed = marked(picture, "flow-question-closed")
    assert "refused-because" in closed
    assert not {"category", "which-match"} & closed
    assert "soft-match" in nodes(picture)
    assert "cloud-based" not in nodes(picture)


def test_words_of_a_flow_are_escaped(folder):
    text = (folder / "tea.toml").read_text(encoding="utf-8").replace("Is it warm?", "<b>warm</b> & 'sound'?")
    (folder / "tea.toml").write_text(text, encoding="utf-8")
    flow = read(folder).flow("tea")
    picture = ElementTree.fromstring(drawing(flow, walk(flow, {}), words=LIBRARY.words_in("en-us")))
    assert "<b>warm</b> & 'sound'?" in "".join(picture.itertext())


@pytest.mark.parametrize(
    "text",
    [
        "Does the user exist in your on-premises Active Directory?",
        "IdentityDataValidationFailed: the data are not valid",
        "これらのアカウントは両方とも同じユーザーのものですか?「はい」、または「いいえ」。",
        "هل المستخدم موجود في Active Directory المحلي لديك؟",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ],
)
@pytest.mark.parametrize("width", [60, 120, 300])
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrap(text, width, 14)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line, 14) <= width for line in lines if len(line) > 3)


# As Chromium measured them with DejaVu Sans, the widest font that `system-ui` may be.
@pytest.mark.parametrize(
    ("line", "size", "bold", "width"),
    [
        ("هل المستخدم موجود في Active Directory", 15, True, 326),
        ("dn-attributes-failure: فشلت", 14, True, 217),
        ("Does the user exist in your on-premises", 15, True, 338),
        ("Hat ein Benutzer oder eine Gruppe die", 15, True, 326),
        ("Har anslutningsobjektet för Microsoft", 15, True, 319),
        ("The identifier cannot be changed", 14, False, 234),
    ],
)
def test_a_line_is_never_wider_in_a_browser_than_it_was_taken_for(line, size, bold, width):
    assert width <= measure(line, size, bold=bold) <= width * 1.2


def test_japanese_is_as_wide_in_bold():
    assert measure("同期", 14, bold=True) == measure("同期", 14) == 28


def test_no_japanese_line_begins_with_a_full_stop():
    assert all(
        line[0] not in "、。」?" for line in wrap("値を持つのは、既存ユーザーです。「はい」と答えます。", 60, 14)
    )


def test_a_long_name_breaks_before_a_capital_letter():
    assert wrap("IdentityDataValidationFailed", 160, 14) == ["IdentityDataValidation", "Failed"]
