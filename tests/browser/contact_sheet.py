"""One picture of many: a row for each state of a page, a column for each of a few looks. `python -m tests.browser.contact_sheet FOLDER FILE`."""

from __future__ import annotations

import base64
import os
import sys
from html import escape
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()  # the states are told in words of the portal, which must be set up first

from tests.browser.conftest import FLAGS, PLACES  # noqa: E402
from tests.browser.states import STATES  # noqa: E402

LOOKS = (
    ("en-us", "light", 1280),
    ("sv-se", "dark", 820),
    ("de-de", "light", 390),
    ("ja-jp", "dark", 1280),
    ("ar-sa", "light", 390),
)
HEIGHT = 150
STYLE = f"""
body {{ margin: 1rem; font: 12px system-ui, sans-serif; background: #fff; color: #222; inline-size: max-content; }}
table {{ border-collapse: collapse; }} th, td {{ padding: 4px; text-align: start; vertical-align: top; border-top: 1px solid #ddd; }}
div {{ block-size: {HEIGHT}px; overflow: hidden; border: 1px solid #bbb; }} img {{ display: block; inline-size: 100%; }}
"""


def sheet(folder: Path) -> str:
    head = "".join(f"<th>{locale} {theme} {width}</th>" for locale, theme, width in LOOKS)
    rows = "".join(f"<tr><th>{escape(state.name)}</th>{_cells(folder, state.name)}</tr>" for state in STATES)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><table><tr><th></th>{head}</tr>{rows}</table>"


def _cells(folder: Path, name: str) -> str:
    return "".join(_cell(folder / f"{name}-{locale}-{theme}-{width}.png", width) for locale, theme, width in LOOKS)


def _cell(file: Path, width: int) -> str:
    if not file.exists():
        return "<td></td>"
    data = base64.b64encode(file.read_bytes()).decode()
    return (
        f'<td><div style="width:{min(240, width * 240 // 820)}px"><img src="data:image/png;base64,{data}"></div></td>'
    )


def main() -> None:
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    page_file = folder / "contact-sheet.html"
    page_file.write_text(sheet(folder), encoding="utf-8")
    found = next(one for one in PLACES if Path(one).exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1240, "height": 800})
        page.goto(page_file.resolve().as_uri())
        page.wait_for_load_state("load")
        page.screenshot(path=target, full_page=True, type="jpeg", quality=72)
        browser.close()


if __name__ == "__main__":
    main()
