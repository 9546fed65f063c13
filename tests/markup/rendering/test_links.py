"""Where a link leads is decided by its dialect, the table of moved addresses, and what may be followed at all."""

import pytest

from portal.markup.source import Kind
from tests.markup.rendering.shown import codes, rendered, shown

LEARN = "https://learn.microsoft.com"
ENTRA = f"{LEARN}/entra/identity/hybrid/connect"


def href(target: str, **options) -> str:
    html = shown(f"[x](<{target}>)", **options)
    return html.partition('href="')[2].partition('"')[0]


def alchemy(target: str) -> str:
    return href(target, dialect="alchemy", kind=Kind.ALCHEMY, path="sv-SE/AlchemyInsights/one.md")


def learn(target: str) -> str:
    return href(target, dialect="learn", kind=Kind.LEARN, path="hybrid/connect/one.md")


def native(target: str) -> str:
    return href(target, dialect="native", kind=Kind.NATIVE, path="object-not-syncing/sv-se.md")


def test_it_keeps_a_whole_address_and_guards_the_page_it_leaves():
    assert shown("[x](https://example.com/a?b=1&c=2#d)") == (
        '<p><a href="https://example.com/a?b=1&amp;c=2#d" rel="noopener noreferrer">x</a></p>'
    )


def test_it_keeps_mail():
    assert href("mailto:a@example.com") == "mailto:a@example.com"


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("ttps://example.com/a", "https://example.com/a"),
        ("aka.ms/x", "https://aka.ms/x"),
        ("www.example.com", "https://www.example.com"),
        ("/azure/storage/", f"{LEARN}/azure/storage/"),
        ("some-page", f"{LEARN}/azure/some-page"),
    ],
)
def test_it_mends_the_slips_of_selfhelp(written, leads_to):
    assert href(written) == leads_to


@pytest.mark.parametrize("target", ["https://example.com[x]/y", "http://proxy:port", "http://"])
def test_it_shows_only_the_words_of_an_address_that_no_browser_could_open(target):
    assert shown(f"[words](<{target}>)") == "<p>words</p>"
    assert codes(f"[words](<{target}>)") == ["link-removed"]


def test_it_leads_from_alchemy_to_siblings_and_names_the_article():
    html = shown("[x](/AlchemyInsights/other)", dialect="alchemy", path="sv-SE/AlchemyInsights/one.md")
    assert f'data-article="AlchemyInsights/other" href="{LEARN}/AlchemyInsights/other"' in html
    assert alchemy("other.md#part") == f"{LEARN}/AlchemyInsights/other#part"
    assert alchemy("/microsoft-365/a/b") == f"{LEARN}/microsoft-365/a/b"


def test_it_leads_from_learn_to_the_pages_beside_it():
    assert learn("other.md#part") == f"{ENTRA}/other#part"
    assert learn("./other.md") == f"{ENTRA}/other"
    assert learn("../../fundamentals/x.md") == f"{LEARN}/entra/fundamentals/x"
    assert learn("~/docs/identity/x.md") == f"{LEARN}/entra/identity/x"
    assert rendered("[x](other.md#p)", dialect="learn", path="hybrid/connect/one.md").links == ("hybrid/connect/other",)


def test_it_names_no_article_above_the_root():
    assert rendered("[x](../../a/b.md)", dialect="learn", path="one.txt").links == ()


@pytest.mark.parametrize("written", ["../other-slug/", "../other-slug", "../other-slug/en-us.md"])
def test_it_leads_between_our_own_articles(written):
    assert native(written) == "/articles/native/other-slug/"


def test_it_keeps_the_part_of_our_own_article_that_is_meant():
    html = shown("[x](../other/#part)", dialect="native", path="one/en-us.md")
    assert 'data-article="other#part" href="/articles/native/other/#part"' in html


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://docs.microsoft.com/azure/storage/x", f"{LEARN}/azure/storage/x"),
        ("http://docs.microsoft.com/azure/storage/x", f"{LEARN}/azure/storage/x"),
        (
            "https://docs.microsoft.com/azure/active-directory/hybrid/tshoot-connect-objectsync",
            f"{ENTRA}/tshoot-connect-objectsync",
        ),
        (
            "https://docs.microsoft.com/en-us/azure/active-directory/hybrid/a#b",
            f"{LEARN}/en-us/entra/identity/hybrid/connect/a#b",
        ),
        (
            "https://docs.microsoft.com/azure/active-directory/connect/active-directory-aadconnect-troubleshoot-sync-errors",
            f"{ENTRA}/tshoot-connect-sync-errors",
        ),
        (
            "https://docs.microsoft.com/azure/active-directory/connect-health/active-directory-aadconnect-health-sync",
            f"{ENTRA}/how-to-connect-health-sync",
        ),
        (
            "https://learn.microsoft.com/azure/active-directory/app-provisioning/user-provisioning",
            f"{LEARN}/entra/identity/app-provisioning/user-provisioning",
        ),
    ],
)
def test_it_leads_to_where_a_page_lives_now(old, new):
    assert href(old) == new
    assert codes(f"[x]({old})") == ["address-retired"]


def test_it_keeps_a_help_number_that_it_cannot_place_with_a_note():
    assert href("https://support.microsoft.com/help/4000000") == "https://support.microsoft.com/help/4000000"
    assert codes("[x](https://support.microsoft.com/help/4000000)") == ["address-retired"]


def test_it_changes_where_a_link_leads_but_never_its_words():
    address = "https://docs.microsoft.com/azure/storage/x"
    assert f">{address}</a>" in shown(f"[{address}]({address})")


def test_it_shows_the_address_of_a_link_without_words():
    assert '<span class="url" data-added="" dir="ltr">https://example.com/</span></a>' in shown(
        "[](https://example.com/)"
    )
    assert codes("[](https://example.com/)") == ["empty-link-text"]


def test_it_shows_only_the_words_of_a_link_without_target():
    assert shown("[words]()") == "<p>words</p>"
    assert codes("[words]()") == ["empty-target"]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "vbscript:x", "file:///etc/passwd", "data:text/html,x", "ftp://x/"]
)
def test_it_shows_only_the_words_of_a_link_that_may_not_be_followed(target):
    assert shown(f"[words](<{target}>)") == "<p>words</p>"
    assert codes(f"[words](<{target}>)") == ["link-removed"]


def test_it_says_which_windows_app_a_link_would_open():
    assert shown("[Update](ms-settings:windowsupdate)") == (
        '<p>Update<span class="hint" data-added=""> (opens on Windows: ms-settings:windowsupdate)</span></p>'
    )


def test_it_says_where_a_link_to_nowhere_in_the_page_stands():
    problems = rendered("# T\n\nText.\n\n[x](#nowhere)").problems
    assert [(problem.code, problem.line) for problem in problems] == [("anchor-not-found", 5)]


def test_it_keeps_addresses_left_to_right_in_arabic():
    assert 'dir="ltr"' in shown("[https://example.com/](https://example.com/)", locale="ar-sa")
