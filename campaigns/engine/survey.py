"""What came of a survey: counts, figures and texts, question by question."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from campaigns.engine.fields import FieldSpec, Json

#: Nothing is shown to the public of fewer: one answer among few has a face.
LEAST_SHOWN = 10
#: Types of field whose answers are options: the only ones that are ever public.
COUNTED_TYPES = frozenset({"choice", "choices", "role"})
_TEXTS = frozenset({"text", "long_text"})


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a question."""

    label: str
    count: int
    #: Of those who answered the question, rounded; where several can be chosen, they add up to more than 100.
    percent: int


@dataclass(frozen=True, slots=True)
class Figures:
    median: float
    smallest: float
    largest: float


@dataclass(frozen=True, slots=True)
class QuestionResult:
    spec: FieldSpec
    #: How many answered this question.
    answered: int
    shares: tuple[Share, ...] = ()
    figures: Figures | None = None
    texts: tuple[str, ...] = ()

    @property
    def is_of_choice(self) -> bool:
        return self.spec.field_type in COUNTED_TYPES


def results(specs: Sequence[FieldSpec], answers: Sequence[dict[str, Json]]) -> list[QuestionResult]:
    """What came of each question that can be counted, measured or listed, in the order of the form.

    Who somebody is and where they can be reached, and what they agreed to, is no question of a survey.

    :param answers: by storage key, one for each person.
    """
    found = []
    for spec in specs:
        values = [answer[spec.clean_name] for answer in answers if _is_given(answer.get(spec.clean_name))]
        if spec.field_type in COUNTED_TYPES:
            found.append(QuestionResult(spec, len(values), shares=_shares(spec, values)))
        elif spec.field_type == "number":
            found.append(QuestionResult(spec, len(values), figures=_figures(values)))
        elif spec.field_type in _TEXTS:
            found.append(QuestionResult(spec, len(values), texts=tuple(str(value) for value in values)))
    return found


def shown(found: Sequence[QuestionResult], *, people: int) -> list[QuestionResult]:
    """What of it may be public: questions of choice that enough people answered.

    An option that few chose is shown as the share that it is; who answered is not, and neither are counts.

    :param people: how many answered the survey.
    """
    if people < LEAST_SHOWN:
        return []
    return [result for result in found if result.is_of_choice and result.answered >= LEAST_SHOWN]


def _is_given(value: Json) -> bool:
    return value not in (None, "", [], {})


def _shares(spec: FieldSpec, values: Sequence[Json]) -> tuple[Share, ...]:
    counted = Counter(option for value in values for option in dict.fromkeys(_options(value)))
    labels = dict(spec.choices) | {option: spec.choice_label(option) for option in counted}
    return tuple(
        Share(label, counted[option], round(100 * counted[option] / len(values)) if values else 0)
        for option, label in labels.items()
    )


def _options(value: Json) -> list[str]:
    return [str(option) for option in value] if isinstance(value, list) else [str(value)]


def _figures(values: Sequence[Json]) -> Figures | None:
    numbers = [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return Figures(median(numbers), min(numbers), max(numbers)) if numbers else None
