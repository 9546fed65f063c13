"""The numbers of the ranking; `manage.py measure_search` (tests/bench/site) tells what each is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FieldWeight:
    """How much a word counts in a field, how much the field's length matters (0 to 1), and what is a usual length."""

    weight: float
    length_counts: float
    usual_length: float


FIELDS = {
    "title": FieldWeight(weight=5.0, length_counts=0.5, usual_length=8),
    "description": FieldWeight(weight=3.0, length_counts=0.5, usual_length=10),
    "headings": FieldWeight(weight=2.0, length_counts=0.5, usual_length=12),
    "ids": FieldWeight(weight=2.0, length_counts=0.5, usual_length=10),
    "tags": FieldWeight(weight=2.0, length_counts=0.5, usual_length=6),
    "body": FieldWeight(weight=1.4, length_counts=0.6, usual_length=130),
}
# BM25's k1: how soon more of the same word says no more.
SATURATION = 1.2
# How much a hit of each sort of term counts beside a word's stem.
STEM, EXACT, WHOLE, PAIR, CONCEPT, STOP = 1.0, 0.25, 0.4, 0.25, 0.6, 0.1
# Of a pasted message, the terms that tell most.
MOST_TERMS = 40
# Terms that together weigh less than this share of a query find no texts of their own; they only add to what others found.
ADDING_SHARE = 0.25
# A text in the reader's own language is worth this much more than one in another.
OWN_LANGUAGE = 1.15
# What scores less than this share of the best hit is no hit.
HIT_SHARE = 0.25
