"""How a service rates itself: bands that are withheld, ratings that are lifted, reports that are pinned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.flow import Refused
from workflows.ratings import Framework, KeyQuestion, Rating, percent
from workflows.self_rating import (
    Answers,
    Lift,
    LiftFacts,
    PublishFacts,
    Rated,
    allow_lift,
    allow_publish,
    at_the_edge,
    needed_for,
    rate_standard,
    total,
    unmet,
    unmet_to_publish,
)

I, RI, G, O = Rating  # noqa: E741
QUESTIONS = ("3.1.1", "3.1.2", "3.1.3")


def rated(*counts: tuple[int, int], lift: Lift | None = None, judged: Rating | None = None) -> Rated:
    answers = {key: Answers(yes, no, 0) for key, (yes, no) in zip(QUESTIONS, counts, strict=False)}
    return rate_standard("3.1", QUESTIONS[: len(counts)], answers, judged=judged, lift=lift, least=5)


def names(facts: LiftFacts) -> set[str]:
    return {one.name for one in unmet(facts)}


def facts(one: Rated, new: Rating = G) -> LiftFacts:
    return LiftFacts(rated=one, new=new, points=5)


@pytest.mark.parametrize(
    ("counts", "rating", "few"),
    [
        (((4, 0),), None, {"3.1.1"}),
        (((5, 0),), O, set()),
        (((9, 1), (0, 4)), O, {"3.1.2"}),
        (((9, 1), (0, 5)), I, set()),
        (((0, 0), (9, 1)), O, set()),
    ],
)
def test_a_key_question_that_counts_in_too_few_cases_has_no_band_and_decides_nothing(
    counts: tuple[tuple[int, int], ...], rating: Rating | None, few: set[str]
) -> None:
    one = rated(*counts)
    assert (one.rating, one.few) == (rating, few)


def test_a_judgement_counts_only_where_there_are_no_key_questions() -> None:
    assert rated((1, 9), judged=O).rating is I
    assert rate_standard("1.1", (), {}, judged=G, lift=None, least=5).rating is G
    assert rated((0, 0), judged=G).rating is None


@pytest.mark.parametrize(
    ("yes", "no", "edge"),
    [
        (60, 40, True),  # exactly five points below 65
        (59, 41, False),
        (75, 25, True),
        (74, 26, False),
        (45, 55, True),
        (44, 56, False),
        (3, 4, True),  # 43 %, but one case more is 57 %
        (9, 5, True),  # 64 %
        (12, 8, True),  # 60 %, and one case is 65 %
        (80, 20, False),  # nothing above
        (0, 0, False),
    ],
)
def test_the_edge_of_a_band_is_five_points_or_one_case(yes: int, no: int, edge: bool) -> None:
    assert at_the_edge(KeyQuestion(key="1", yes=yes, no=no), 5) is edge


def test_a_rating_is_lifted_by_one_band_at_the_edge_and_only_once() -> None:
    low = rated((60, 40), (60, 40), (90, 10))
    assert names(facts(low)) == set()
    allow_lift(facts(low))
    assert names(facts(low, O)) == {"lift_one_band"}
    assert names(facts(low, RI)) == {"lift_one_band"}
    assert names(facts(rated((60, 40), (55, 45)))) == {"lift_at_the_edge"}
    assert names(facts(rate_standard("1.1", (), {}, judged=RI, lift=None, least=5))) == {"lift_by_questions"}
    assert names(facts(rated((4, 0)))) == {"lift_by_questions"}
    held = Lift(RI, G, {"3.1.1": Answers(60, 40, 0)})
    assert names(facts(rated((60, 40), lift=held))) == {"lift_once"}
    with pytest.raises(Refused):
        allow_lift(facts(rated((55, 45))))


def test_the_highest_rating_cannot_be_lifted() -> None:
    assert names(facts(rated((90, 10)), O)) >= {"lift_one_band"}


def test_a_lifted_rating_falls_when_the_answers_change() -> None:
    held = Lift(RI, G, {"3.1.1": Answers(60, 40, 0)})
    same, changed = rated((60, 40), lift=held), rated((61, 40), lift=held)
    assert (same.rating, same.computed, same.lift_fell) == (G, RI, False)
    assert (changed.rating, changed.lift, changed.lift_fell) == (RI, None, True)


def test_a_lifted_rating_falls_when_the_same_answers_come_to_another_rating() -> None:
    """INS-4: it took the place of the rating that a person saw."""
    other = rated((60, 40), lift=Lift(G, O, {"3.1.1": Answers(60, 40, 0)}))
    assert (other.rating, other.lift, other.lift_fell) == (RI, None, True)


def test_the_total_counts_what_holds_and_leaves_resettlement_out() -> None:
    held = Lift(RI, G, {"3.1.1": Answers(60, 40, 0)})
    beside = rate_standard("R", (), {}, judged=O, lift=None, least=5, in_total=False)
    found = total(Framework.F2018, [rated((60, 40), lift=held), rated((9, 1)), beside])
    assert found is not None
    assert (found.total, found.maximum, found.scaled) == (5, 6, True)
    assert total(Framework.F2025, [rated((9, 1))]) is None


@pytest.mark.parametrize(
    ("rated_", "drafts", "fits", "says"),
    [
        (1, 1, True, set()),
        (0, 1, True, {"something_rated"}),
        (1, 0, False, {"written_by_a_person"}),
        (1, 1, False, {"still_fits"}),
        (0, 0, False, {"something_rated", "written_by_a_person"}),
    ],
)
def test_a_report_is_published_when_a_person_wrote_about_these_ratings(
    rated_: int, drafts: int, fits: bool, says: set[str]
) -> None:
    found = PublishFacts(rated=rated_, drafts=drafts, drafted_about_this=fits)
    assert {one.name for one in unmet_to_publish(found)} == says
    if says:
        with pytest.raises(Refused):
            allow_publish(found)


@pytest.mark.parametrize(
    ("more", "says"), [({"round_dropped": True}, "round_stands"), ({"round_runs": True}, "round_done")]
)
def test_a_report_waits_for_its_round_of_audits(more: dict[str, bool], says: str) -> None:
    found = PublishFacts(rated=1, drafts=1, drafted_about_this=True, **more)
    assert [one.name for one in unmet_to_publish(found)] == [says]


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([RI, G, O]))
def test_what_a_band_would_have_needed_is_the_least_that_reaches_it(
    yes: int, no: int, wanted: Rating
) -> None:
    question = KeyQuestion(key="1", yes=yes, no=no)
    if not question.answered:
        with pytest.raises(ValueError):
            needed_for(question, wanted)
        return
    more = needed_for(question, wanted)
    first = {RI: 50, G: 65, O: 80}[wanted]
    assert (percent(yes + more, question.answered) or 0) >= first
    assert more == 0 or (percent(yes + more - 1, question.answered) or 0) < first


counts = st.tuples(st.integers(0, 30), st.integers(0, 30))


@given(st.lists(counts, min_size=1, max_size=3))
def test_a_rating_is_never_above_the_lowest_band_and_a_lift_adds_at_most_one(
    found: list[tuple[int, int]],
) -> None:
    one = rated(*found)
    bands = [q.band for q in one.questions if q.key not in one.few and q.band is not None]
    assert one.rating == (min(bands) if bands else None)
    for new in Rating:
        if not unmet(facts(one, new)):
            assert one.computed is not None
            assert new == one.computed + 1
            assert all(q.per_cent is not None and q.per_cent < 80 for q in one.holding_down)
