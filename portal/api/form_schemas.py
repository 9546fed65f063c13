"""The shapes of a scoping form and of its answers."""

from __future__ import annotations

from ninja import Field, Schema


class OptionOut(Schema):
    value: str
    text: str


class ElementOut(Schema):
    """One line of a form, in order. `html` is clean. What is not shown with these answers says so in `shown`."""

    id: str
    control: str
    label: str
    required: bool
    options: list[OptionOut]
    several: bool
    longest: int | None
    hint: str
    hints: list[str]
    html: str
    takes_answer: bool
    typed_instead_of_list: bool
    shown: bool


class ScopingFormOut(Schema):
    """A scoping form with all its elements; `shown` is as if nothing were answered yet."""

    collection: str
    path: str
    title: str
    locale: str
    cloud: str
    clouds: list[str]
    topics: list[str]
    products: list[str]
    attach: str
    url: str
    elements: list[ElementOut]


class AnswersIn(Schema):
    """Answers by the id of their element: a text, or several. An option may be named by its value or its text."""

    answers: dict[str, str | list[str]] = Field(
        default_factory=dict,
        description="By element id: a text, or a list of texts where several may be chosen.",
        examples=[{"problem_description": "Two users do not sync."}],
    )
    zone: str = Field("", description="The time zone of moments that name none, such as +01:00; UTC unless given.")


class AnsweredOut(Schema):
    """What was taken: the elements shown by these answers, and the answers that count."""

    form: str
    shown: list[str]
    answers: dict[str, list[str]]
    title: str
    text: str
    markdown: str
