"""The drawings of the flows in a browser, with the fonts that are there: no words reach over the edge of their box."""

from __future__ import annotations

import pytest

from portal.flows import read
from tests.flows.conftest import FLOWS

pytestmark = pytest.mark.django_db
LIBRARY = read(FLOWS)
EACH = [(name, locale) for name in LIBRARY.names for locale in LIBRARY.locales(name)]

# The lines that reach out of the frame of their node, of the drawing that the page shows at its width.
REACHING_OUT = """() => {
    const found = [];
    for (const node of document.querySelectorAll("svg.flow-drawing g[data-node]")) {
        const frame = node.querySelector(".flow-frame").getBoundingClientRect();
        for (const line of node.querySelectorAll("tspan")) {
            const words = line.getBoundingClientRect();
            if (words.width && (words.left < frame.left || words.right > frame.right)) found.push(line.textContent);
        }
    }
    return found;
}"""


@pytest.mark.parametrize(("name", "locale"), EACH)
def test_no_words_reach_over_the_edge_of_their_box(visit, name, locale):
    page = visit()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/{locale}/public/flows/{name}/map/")
        assert page.locator("svg.flow-drawing:visible").count() == 1
        assert page.evaluate(REACHING_OUT) == []
