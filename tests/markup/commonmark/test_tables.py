"""Pipe tables: source and expected pairs after GitHub's extension."""

import pytest

from .rendered import html, one_line


def table(header: str, *rows: str) -> str:
    """`a|b` rows to the HTML of a table, alignment left out."""
    head = "".join(f"<th>{cell}</th>" for cell in header.split("|"))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>" + (f"<tbody>{body}</tbody>" if rows else "") + "</table>"


PAIRS = {
    "bars around": ("| a | b |\n|---|---|\n| 1 | 2 |", table("a|b", "1|2")),
    "bars between": ("a | b\n-|-\n1 | 2", table("a|b", "1|2")),
    "one column": ("|a|\n|-|", table("a")),
    "rows are filled and cut": ("|a|b|\n|-|-|\n|1|\n|1|2|3|", table("a|b", "1|", "1|2")),
    "a row without bars": ("|a|b|\n|-|-|\nc", table("a|b", "c|")),
    "an escaped bar": (
        "|a\\|b|\n|-|\n|`c\\|d`|",
        "<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td><code>c|d</code></td></tr></tbody></table>",
    ),
    "inline text in cells": ("|**a**|\n|-|\n|<br>|", table("<strong>a</strong>", "<br>")),
    "the header is the last line before": ("x\n|a|\n|-|", "<p>x</p>" + table("a")),
    "columns must be as many": ("|a|b|\n|-|", "<p>|a|b||-|</p>"),
    "another block ends it": ("|a|\n|-|\n> b", table("a") + "<blockquote><p>b</p></blockquote>"),
    "a blank line ends it": ("|a|\n|-|\n\nb", table("a") + "<p>b</p>"),
    "within a list": ("- |a|\n  |-|\n  |b|", f"<ul><li>{table('a', 'b')}</li></ul>"),
    "an underlined heading is none": ("a\n---", "<h2>a</h2>"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_it_reads(name):
    source, expected = PAIRS[name]
    assert one_line(source) == expected


def test_it_aligns():
    assert html("|a|b|c|d|\n|:-|-:|:-:|-|").count('align="') == 3


def test_it_puts_cells_on_lines_of_their_own():
    assert "<td>1</td>\n<td>2</td>\n" in html("|a|b|\n|-|-|\n|1|2|")
