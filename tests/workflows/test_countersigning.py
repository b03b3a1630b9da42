"""Agreement between two managers, against values worked out by hand."""

import pytest

from workflows.countersigning import Judged, agreed, kappa

MET, PARTLY, NOT_MET = Judged.MET, Judged.PARTLY, Judged.NOT_MET


def test_nothing_compared_says_nothing() -> None:
    assert agreed([]) == 0
    assert kappa([]) is None


def test_two_managers_who_always_say_the_same_one_thing_cannot_be_told_from_chance() -> None:
    pairs = [(MET, MET)] * 10
    assert agreed(pairs) == 10
    assert kappa(pairs) is None


def test_full_agreement_over_two_answers_is_one() -> None:
    assert kappa([(MET, MET), (NOT_MET, NOT_MET)]) == pytest.approx(1)


def test_kappa_is_what_cohens_formula_gives_by_hand() -> None:
    # 20 both met, 5 met/not, 10 not/met, 15 both not: p0 = 35/50 = 0.7; pe = 0.5*0.6 + 0.5*0.4 = 0.5.
    pairs = [(MET, MET)] * 20 + [(MET, NOT_MET)] * 5 + [(NOT_MET, MET)] * 10 + [(NOT_MET, NOT_MET)] * 15
    assert agreed(pairs) == 35
    assert kappa(pairs) == pytest.approx(0.4)


def test_agreement_below_chance_is_below_nought() -> None:
    # p0 = 0; pe = 2 * 0.5 * 0.5 = 0.5; (0 - 0.5) / 0.5 = -1.
    assert kappa([(MET, PARTLY), (PARTLY, MET)]) == pytest.approx(-1)


def test_three_answers_by_hand() -> None:
    # p0 = 2/5; first: 3 met, 1 partly, 1 not; second: 2 met, 2 partly, 1 not; pe = (6 + 2 + 1)/25 = 0.36.
    pairs = [(MET, MET), (MET, MET), (MET, PARTLY), (PARTLY, NOT_MET), (NOT_MET, PARTLY)]
    assert agreed(pairs) == 2
    assert kappa(pairs) == pytest.approx((0.4 - 9 / 25) / (1 - 9 / 25))
