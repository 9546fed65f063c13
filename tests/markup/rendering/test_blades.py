"""Links into the Azure portal are words with a hint of what to open, because a page elsewhere cannot open it."""

import pytest

from tests.markup.rendering.shown import codes, shown

BLADE = "Microsoft_Azure_Compute.SerialConsoleBlade"
HINT = f'<span class="blade-hint" data-added="" data-blade="{BLADE}"> (in the Azure portal: {BLADE.replace(".", " › ")})</span>'


@pytest.mark.parametrize(
    "scheme", ["data-blade", "button-data-blade", "button-data-context", "datablade", "DATA-BLADE"]
)
@pytest.mark.parametrize("rest", ["", ".resourceId.$resourceId"])
def test_it_names_extension_and_blade(scheme, rest):
    assert shown(f"[Open it]({scheme}:{BLADE}{rest}).") == (
        f'<p><span class="blade" data-blade="{BLADE}">Open it</span>{HINT}.</p>'
    )


def test_it_reads_raw_html_with_a_button_inside():
    html = shown(f'<a href="data-blade:{BLADE}.id.$resourceId"><button style="color:red"><b>Start</b></button></a>')
    assert "Start</span>" in html
    assert HINT in html
    assert "<button" not in html


def test_it_follows_a_button_to_the_web():
    assert 'href="https://example.com/"' in shown("[x](button-link:https://example.com/)")


def test_it_says_when_no_blade_is_named():
    assert shown("[x](data-blade:)") == "<p>x</p>"
    assert codes("[x](data-blade:)") == ["blade-unnamed"]
