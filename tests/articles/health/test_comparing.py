"""The difference of two English texts: lines that went and came, the words marked, what is the same folded away."""

from hypothesis import given
from hypothesis import strategies as st

from portal.articles.health.comparing import Sort, compare, share_changed

TEXTS = st.lists(
    st.sampled_from(["One line.", "Two words here.", "Three.", "Four more words, all told."]), max_size=8
).map("\n".join)


def words(line) -> str:
    return "".join(words for _, words in line.pieces)


def test_it_marks_the_words_that_changed():
    gone, new = compare("Open the old portal.", "Open the new portal.").lines
    assert (gone.sort, new.sort) == (Sort.GONE, Sort.NEW)
    assert (Sort.GONE, "old") in gone.pieces
    assert (Sort.NEW, "new") in new.pieces
    assert (Sort.SAME, "Open the ") in new.pieces


def test_it_folds_what_lies_far_from_a_change():
    text = "\n".join(f"Line {number}." for number in range(20))
    lines = compare(text, f"{text}\nA last one.").lines
    assert [(line.sort, line.folded) for line in lines] == [
        (Sort.FOLDED, 18), (Sort.SAME, 0), (Sort.SAME, 0), (Sort.NEW, 0),
    ]  # fmt: skip


def test_the_same_text_has_no_difference():
    assert share_changed("One two.", "One two.") == 0
    assert all(line.sort in (Sort.SAME, Sort.FOLDED) for line in compare("One two.", "One two.").lines)


@given(TEXTS, TEXTS)
def test_what_came_and_went_adds_up_to_both_texts(before, after):
    lines = compare(before, after).lines
    same = sum(line.folded or 1 for line in lines if line.sort in (Sort.SAME, Sort.FOLDED))
    gone = [words(line) for line in lines if line.sort is Sort.GONE]
    new = [words(line) for line in lines if line.sort is Sort.NEW]
    assert same + len(gone) == len(before.splitlines())
    assert same + len(new) == len(after.splitlines())
    assert all(line in before for line in gone)
    assert all(line in after for line in new)


@given(TEXTS, TEXTS)
def test_the_share_stays_between_nothing_and_all(before, after):
    assert 0 <= share_changed(before, after) <= 1
