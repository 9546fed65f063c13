"""Words from below: ours are translated, values stay as they are and keep their direction."""

from django.utils import translation

from portal.pages.vocabulary import said

ANCHOR = "Old source anchor: sZeiKjDydEyXci4RHup4MA=="


def test_only_what_stands_before_the_colon_is_ours():
    with translation.override("sv"):
        assert said(ANCHOR).endswith(": sZeiKjDydEyXci4RHup4MA==")


def test_a_value_keeps_its_direction_within_words_that_run_right_to_left():
    with translation.override("ar"):
        assert said(ANCHOR).endswith(": \u2068sZeiKjDydEyXci4RHup4MA==\u2069")


def test_a_sentence_without_a_value_gets_no_marks():
    with translation.override("ar"):
        assert "\u2068" not in said("The directory did not answer in time.")
