"""Our own drawings are whole in every language, by day and by night, and their words fit and can be read."""

import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest

from portal import locales
from portal.markup import drawings
from portal.markup.drawing_rules import PALETTE, word_keys
from tests.markup.drawn import SVG

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
DRAWINGS = sorted(ARTICLES.glob("*/media/*.svg"))
EXPECTED = {
    "after-the-fix", "attribute-flow", "attribute-flow-inbound", "attribute-flow-outbound", "common-scenario", "cycle",
    "diagnosis-steps", "matching", "orphaned-object-scenario",
}  # fmt: skip
every_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


def words_of(path: Path) -> dict[str, str]:
    return {file.name[len(path.stem) + 1 : -5]: file.read_text() for file in path.parent.glob(f"{path.stem}.*.toml")}


def draw(path: Path) -> drawings.Drawn:
    return drawings.render_all(path.stem, path.read_text(), words_of(path))


def test_the_drawings_of_the_articles_are_there():
    assert {path.stem for path in DRAWINGS} >= EXPECTED


@every_drawing
def test_a_drawing_has_no_problem_in_any_language(path):
    assert draw(path).problems == []


@every_drawing
def test_a_drawing_is_drawn_in_every_language_for_day_and_night(path):
    names = {picture.name for picture in draw(path).pictures}
    assert names == {f"{path.stem}.{mode}.{locale}.svg" for mode in ("light", "dark") for locale in locales.KNOWN}


@every_drawing
def test_its_words_files_cover_its_words_exactly(path):
    for locale, toml in words_of(path).items():
        assert list(drawings.read_words(toml)) == word_keys(path.read_text()), locale


@every_drawing
def test_its_night_has_no_colour_of_the_day(path):
    for picture in draw(path).pictures:
        if picture.dark:
            used = {
                v for e in ElementTree.fromstring(picture.data).iter() for k in ("fill", "stroke") if (v := e.get(k))
            }
            assert used <= {*PALETTE.values(), "none"}


@every_drawing
def test_its_texts_fit_their_boxes(path):
    for picture in draw(path).pictures:
        root = ElementTree.fromstring(picture.data)
        room = boxes(root)
        for text in root.iter(f"{SVG}text"):
            left, right = extent(text, root)
            within = smallest(room, text)
            assert within[0] - 1 <= left, (picture.name, "".join(text.itertext()))
            assert right <= within[1] + 1, (picture.name, "".join(text.itertext()))


@every_drawing
def test_its_texts_stand_out_from_what_is_behind_them(path):
    # WCAG 2.2, 1.4.3: at least 4.5 to 1 for text of this size.
    for picture in draw(path).pictures:
        root = ElementTree.fromstring(picture.data)
        room = boxes(root)
        for text in root.iter(f"{SVG}text"):
            ground = smallest([box for box in room if box[4] != "none"], text)[4]
            assert contrast(text.get("fill", ""), ground) >= 4.5, (picture.name, text.get("id"), ground)


@every_drawing
def test_its_letters_are_big_enough_for_a_phone(path):
    root = ElementTree.fromstring(path.read_text())
    width = float(root.get("viewBox", "").split()[2])
    smallest_size = min(float(text.get("font-size", "0")) for text in root.iter(f"{SVG}text"))
    assert smallest_size / width >= 13 / 540


# Measuring: rough, from average widths of letters, for fonts differ from reader to reader.


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float, str]]:
    """Left, right, top, bottom and fill of every rect and circle that stands where its numbers say."""
    moved = {child for group in root.iter() if group.get("transform") for child in group}
    found = []
    for shape in root.iter():
        if shape in moved:
            continue
        number = {
            name: float(shape.get(name, "0"))
            for name in ("x", "y", "width", "height", "cx", "cy", "r")
            if shape.get(name)
        }
        x, y, r = number.get("x", 0), number.get("y", 0), number.get("r", 0)
        fill = shape.get("fill", "none")
        if shape.tag == f"{SVG}rect":
            found.append((x, x + number["width"], y, y + number["height"], fill))
        elif shape.tag == f"{SVG}circle":
            found.append((number["cx"] - r, number["cx"] + r, number["cy"] - r, number["cy"] + r, fill))
    return found


def smallest(room, text) -> tuple[float, float, float, float, str]:
    x, y = float(text.get("x", "0")), float(text.get("y", "0")) - 5
    around = [box for box in room if box[0] <= x <= box[1] and box[2] <= y <= box[3]]
    return min(around, key=lambda box: (box[1] - box[0]) * (box[3] - box[2]))


def extent(text: ElementTree.Element, root: ElementTree.Element) -> tuple[float, float]:
    lines = [span.text or "" for span in text] or [text.text or ""]
    width = max(map(ems, lines)) * float(text.get("font-size", "0"))
    anchor, x = text.get("text-anchor", root.get("text-anchor", "start")), float(text.get("x", "0"))
    if text.get("direction") == "rtl":
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, left + width


def ems(line: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    narrow = sum(not unicodedata.combining(letter) for letter in line) - wide
    return wide + 0.54 * narrow


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
