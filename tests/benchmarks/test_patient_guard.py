"""What `make bench` says of the patient guard: that it is measured on enough, and no worse than it was."""

import pytest

from benchmarks import patient_guard
from campaigns.engine.patient_guard import Kind


def test_the_sentences_are_many_of_both_kinds_in_both_languages() -> None:
    sentences = patient_guard.labelled()
    assert len(sentences) >= 300
    assert len({sentence.text for sentence in sentences}) == len(sentences)
    for language in ("en", "es"):
        for part in (patient_guard.TUNED, patient_guard.HELD_OUT):
            those = [one for one in sentences if (one.language, one.part) == (language, part)]
            assert len([one for one in those if one.kinds]) >= 40
            assert len([one for one in those if not one.kinds]) >= 40
    assert {kind for sentence in sentences for kind in sentence.kinds} == {kind.value for kind in Kind}


@pytest.mark.parametrize(("part", "precision", "recall"), [("tuned", 0.98, 0.97), ("held_out", 0.95, 0.92)])
def test_it_finds_as_much_as_it_did_and_marks_no_more_for_nothing(part: str, precision: float, recall: float) -> None:
    score = patient_guard.score(one for one in patient_guard.labelled() if one.part == part)
    assert score.precision() >= precision
    assert score.recall() >= recall


def test_the_report_tells_each_kind_and_the_time() -> None:
    lines = list(patient_guard.report())
    assert all(any(line.strip().startswith(f"{kind} ") for line in lines) for kind in Kind)
    assert any("counting its words" in line for line in lines)
    assert "× a tenth of the text at most" in lines[-1]
