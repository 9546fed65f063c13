"""What the values of header keys mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markup import values
from portal.markup.fields import Fields


def fields_of(**raw) -> Fields:
    fields = Fields()
    for line, (key, value) in enumerate(raw.items(), 1):
        fields.add(key, value, line)
    return fields


def codes(fields: Fields) -> list[str]:
    return [problem.code for problem in fields.problems]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain words", "plain words"),
        ("see [the page](https://x.example) now", "see the page now"),
        ('see [the page](https://x.example "title")', "see the page"),
        ("![a picture](x.png)", "a picture"),
        ("**bold** and *soft* and `code`", "bold and soft and code"),
        ("__bold__ and _soft_", "bold and soft"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        (r"user\_name and a\@b", "user_name and a@b"),
        (r"C:\Users\me", r"C:\Users\me"),
        (r"\*not bold\*", "*not bold*"),
        ("[only brackets] stay", "[only brackets] stay"),
    ],
)
def test_titles_are_shown_without_markdown(written, shown):
    assert values.plain(written) == shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("32629809", ("32629809",)),
        ("1, 22 ,333,", ("1", "22", "333")),
        ("1 22 333", ("1", "22", "333")),
        ("1, 1", ("1",)),
        ("9,9", ("9",)),
        (["12", "345, 6"], ("12", "345", "6")),
        ("D88F3F43-0CC3-4143-ACED-C4820B56E8EC", ("d88f3f43-0cc3-4143-aced-c4820b56e8ec",)),
        ("{d88f3f43-0cc3-4143-aced-c4820b56e8ec}", ("d88f3f43-0cc3-4143-aced-c4820b56e8ec",)),
        ("", ()),
    ],
)
def test_ids_are_digits_or_guids_each_once(written, read):
    assert values.ids(fields_of(a=written), "topic", "a") == read


@pytest.mark.parametrize("written", ["Some words", "12a", "١٢٣", "1" * 13, "d88f3f43-0cc3"])
def test_what_is_no_id_is_left_out_and_named(written):
    fields = fields_of(a=f"77, {written}")
    assert values.ids(fields, "topic", "a") == ("77",)
    assert codes(fields) == ["topic-not-an-id"]


def test_labels_among_ids_are_no_defect_where_they_are_usual():
    fields = fields_of(a=["77", "commerce"])
    assert values.ids(fields, "topic", "a", labels_too=True) == ("77",)
    assert codes(fields) == []


def clouds(**raw) -> tuple[tuple[str, ...], bool]:
    return values.visible_clouds(fields_of(**raw), "on", "off")


def test_clouds_come_in_any_spelling_and_go_out_in_order():
    assert clouds(on="USSEC,FairFax, public") == (("public", "fairfax", "ussec"), True)


def test_disabled_clouds_are_taken_away():
    assert clouds(on="public, fairfax, mooncake", off="Fairfax,mooncake") == (("public",), True)


@pytest.mark.parametrize("raw", [{}, {"on": ""}, {"off": ""}])
def test_without_clouds_it_is_for_all_six(raw):
    visible, stated = clouds(**raw)
    assert (len(visible), stated) == (6, False)


def test_disabled_clouds_alone_are_taken_from_all_six():
    assert clouds(off="blackforest") == (("public", "fairfax", "mooncake", "usnat", "ussec"), True)


def test_our_own_articles_may_say_all():
    visible, stated = clouds(on="all")
    assert (len(visible), stated) == (6, True)


def test_an_unknown_cloud_is_named_with_the_one_that_may_be_meant():
    fields = fields_of(on="public, Fairfx")
    assert values.visible_clouds(fields, "on", "off") == (("public",), True)
    assert "did you mean fairfax?" in fields.problems[0].message


def test_an_article_for_unknown_clouds_only_shows_nowhere_and_says_so():
    fields = fields_of(on="moon")
    assert values.visible_clouds(fields, "on", "off") == ((), True)
    assert codes(fields) == ["unknown-cloud", "no-cloud"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("04/21/2020", date(2020, 4, 21)),
        ("8/6/2021", date(2021, 8, 6)),
        ("2021-08-16", date(2021, 8, 16)),
        ("2021-08-16T10:00:00Z", date(2021, 8, 16)),
        ("21/04/2020", date(2020, 4, 21)),
        ("", None),
    ],
)
def test_dates_in_the_forms_headers_use(written, read):
    fields = fields_of(a=written)
    assert values.day(fields, "a") == read
    assert codes(fields) == []


@pytest.mark.parametrize("written", ["soon", "02/30/2020", "2020", "0000-01-01", "13/13/2020"])
def test_what_is_no_date_is_named(written):
    fields = fields_of(a=written)
    assert values.day(fields, "a") is None
    assert codes(fields) == ["date"]


@pytest.mark.parametrize(("written", "read"), [("2", 2), (" 07 ", 7), ("", None)])
def test_a_position_is_a_whole_number(written, read):
    assert values.display_order(fields_of(a=written), "a") == read


@pytest.mark.parametrize("written", ["first", "-1", "2.5", "99999999999"])
def test_what_is_no_position_is_named(written):
    fields = fields_of(a=written)
    assert values.display_order(fields, "a") is None
    assert codes(fields) == ["display-order"]


@pytest.mark.parametrize(("written", "read"), [("MT", "machine"), ("ht", "human"), ("Auto", ""), ("", "")])
def test_the_kind_of_translation(written, read):
    assert values.translation(fields_of(a=written), "a") == read


def test_a_locale_is_folded_and_nonsense_is_named():
    assert values.locale(fields_of(a="sv-SE"), "a") == "sv-se"
    fields = fields_of(a="../etc")
    assert values.locale(fields, "a") is None
    assert codes(fields) == ["locale"]


def test_people_are_named_once_in_their_order():
    fields = fields_of(authors="Ann; bob", author="carl, ANN", other="x")
    assert values.names(fields, "authors", "author") == ("Ann", "bob", "carl")


def test_unknown_keys_are_noted_with_the_one_that_may_be_meant():
    fields = fields_of(infobubbletest="x", **{"ms.new": "y", "zzz": "z"})
    values.report_unknown(fields, {"infobubbletext"}, any_ms_key=True)
    assert [problem.line for problem in fields.problems] == [1, 3]
    assert "infobubbletext" in fields.problems[0].message


def test_very_many_unknown_keys_are_summed_up():
    fields = fields_of(**{f"key{number}": "x" for number in range(1000)})
    values.report_unknown(fields, {"title"}, any_ms_key=False)
    assert len(fields.problems) == values.MOST_UNKNOWN + 1


@given(st.text(max_size=60))
def test_no_value_breaks_them(text):
    fields = fields_of(a=text)
    for topic in values.ids(fields, "topic", "a"):
        assert topic == topic.casefold()
    values.day(fields, "a")
    values.display_order(fields, "a")
    values.visible_clouds(fields, "a", "a")
    values.plain(text)
