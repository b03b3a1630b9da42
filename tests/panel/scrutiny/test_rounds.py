"""Drawing, clearing, scoring, finding and feeding back, by the acts of the service."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from panel.agreed_actions.models import AgreedAction
from panel.counting import answers
from panel.db import transaction
from panel.decisions.models import Decision
from panel.errors import Missing
from panel.history.models import Event
from panel.history.verify import verify
from panel.notifications.models import Notification, Why
from panel.referrals.models import Referral
from panel.rulings import actions as rulings
from panel.scrutiny import actions, drawing, flags, scoring
from panel.scrutiny import commands as c
from panel.scrutiny.anonymising import proposed
from panel.scrutiny.models import SampledCase, ScrutinyRound, ScrutinyScore
from panel.scrutiny.queries import case_at, cases_of, sample_of, score_counted
from tests.panel.conftest import rows
from tests.panel.scrutiny.rounds import (
    CANARIES,
    asked,
    begun,
    cases,
    drawn,
    found,
    score,
)
from tests.support.world import NOW, TODAY, World
from workflows.flow import NotYours, Refused
from workflows.scrutiny import CaseStatus, Finding, RoundStatus
from workflows.vocabulary import Outcome


def broken(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.name for refusal in refused.value.refusals]


def test_the_same_seed_and_list_give_the_same_sample_and_each_outcome_has_its_share(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        for outcome, count in ((Outcome.YCC, 6), (Outcome.CR, 3)):
            cases(db, world, count, outcome)
        command, area, manager = (
            asked(world, per_cent=None, size=6),
            world.areas["north"],
            world.actor("manager"),
        )
        one, two = (drawing.draw_round(db, command, area, by=manager, at=NOW, seed="s") for _ in range(2))
        first, second = ([case.decision_id for case in cases_of(db, r.id)] for r in (one, two))
        assert first == second
        assert one.list_digest == two.list_digest
        assert Counter(case.stratum for case in cases_of(db, one.id)) == {Outcome.YCC: 4, Outcome.CR: 2}
        assert drawing.drawn_again(db, one)
        one.listed = one.listed[:-1]
        assert not drawing.drawn_again(db, one), "a list that was shortened afterwards shows"


def test_a_case_that_is_left_out_is_replaced_by_the_next_of_its_outcome_with_the_reason_kept(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = drawn(db, world, 3, per_cent=None, size=1)
        before = [case.decision_id for case in cases_of(db, round_.id)]
        manager = world.actor("manager")
        assert drawing.exclude(db, round_, 1, c.Reason(words="In the papers"), by=manager, at=NOW)
        first, second = cases_of(db, round_.id)
        assert (first.status, first.reason, second.replaces_id) == (
            CaseStatus.EXCLUDED,
            "In the papers",
            first.id,
        )
        assert second.decision_id not in before
        assert drawing.drawn_again(db, round_)
        assert drawing.exclude(db, round_, 2, c.Reason(words="Known"), by=manager, at=NOW)
        assert not drawing.exclude(db, round_, 3, c.Reason(words="Known"), by=manager, at=NOW)
        assert len(sample_of(db, round_.id)) == 0
        with pytest.raises(Refused) as refused:
            actions.begin(db, round_, by=manager, at=NOW)
        assert broken(refused) == ["scrutiny_all_cleared"]


def test_a_decision_that_was_taken_back_is_not_in_the_lot(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        cases(db, world, 2)
        manager, area = world.actor("manager"), world.areas["north"]
        back, stays = db.exec(select(Decision).order_by(Decision.id)).all()  # type: ignore[arg-type]
        referral = db.get_one(Referral, back.referral_id)
        asked_for = rulings.ask_rescind(db, referral, back, "The wrong offence.", by=manager, at=NOW)
        assert len(drawing.population(db, area, asked(world))) == 2, "it stands until a second person agrees"
        rulings.rescind(db, referral, back, asked_for, by=world.actor("seconded"), at=NOW)
        assert drawing.population(db, area, asked(world)) == [(stays.id, stays.outcome.value)]


def test_a_flagged_decision_is_looked_at_whatever_the_lot_says(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as db:
        cases(db, world, 4)
        last = db.exec(select(Decision.id).order_by(Decision.id.desc())).first()  # type: ignore[attr-defined]
        always = {last: "The police decided otherwise"}
        monkeypatch.setattr(drawing, "flagged", lambda _db, _decisions: always)
        command = asked(world, per_cent=None, size=1)
        round_ = drawing.draw_round(db, command, world.areas["north"], by=world.actor("manager"), at=NOW)
        flagged, by_lot = cases_of(db, round_.id)
        assert (flagged.decision_id, flagged.flag, by_lot.flag) == (last, always[last], "")
        assert drawing.drawn_again(db, round_)
        assert not drawing.exclude(
            db, round_, 1, c.Reason(words="Known"), by=world.actor("manager"), at=NOW
        ), "nothing takes the place of a flagged case"


def test_flags_are_read_from_whatever_table_of_rulings_there_is(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        cases(db, world, 1)
        number = db.exec(select(Decision.id)).one()
        assert flags.flagged(db, [number]) == {}
        assert flags.flagged(db, []) == {}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"since": TODAY.replace(day=1), "until": TODAY.replace(day=2)}, "scrutiny_decided"),
        ({"since": TODAY, "until": TODAY.replace(day=1)}, "scrutiny_period"),
    ],
)
def test_a_period_without_decisions_or_the_wrong_way_round_is_refused(
    sqlite_engine: Engine, small_world: World, more: dict[str, object], rule: str
) -> None:
    with transaction(sqlite_engine) as db, pytest.raises(Refused) as refused:
        drawn(db, small_world, **more)
    assert rule in broken(refused)


def test_only_people_from_outside_judge_and_at_least_two_of_them(
    sqlite_engine: Engine, small_world: World
) -> None:
    one = (small_world.users["scrutineer"],)
    with transaction(sqlite_engine) as db:
        cases(db, small_world, 1)
        area, manager = small_world.areas["north"], small_world.actor("manager")
        with pytest.raises(Refused) as refused:
            drawing.draw_round(db, asked(small_world, members=one), area, by=manager, at=NOW)
        assert broken(refused) == ["scrutiny_people"]
        for stranger in ("board", "inspector", "victim_worker"):
            members = (*one, small_world.users[stranger])
            with pytest.raises(Missing):
                drawing.draw_round(db, asked(small_world, members=members), area, by=manager, at=NOW)
        with pytest.raises(NotYours):
            drawing.draw_round(db, asked(small_world), area, by=small_world.actor("seconded"), at=NOW)


def test_the_service_proposes_texts_without_names_and_a_person_must_clear_each(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = drawn(db, world, 2)
        case = case_at(db, round_.id, 1)
        said = "\n".join(proposed(db, case))
        assert [word for word in CANARIES if word in said] == []
        assert "[the child]" in said
        assert "is sorry" in said
        with pytest.raises(Refused) as refused:
            actions.begin(db, round_, by=world.actor("manager"), at=NOW)
        assert broken(refused) == ["scrutiny_all_cleared"]


@pytest.mark.parametrize("word", ["quillon", "Mrs FIELDING", "Zanzibar", "9 Xanadu Row", "PC Marsh", "Priya"])
def test_a_text_that_still_tells_is_not_cleared(sqlite_engine: Engine, small_world: World, word: str) -> None:
    with transaction(sqlite_engine) as db:
        round_ = drawn(db, small_world)
        told = c.Cleared(offences="Damage", reasons=f"Said {word}", looked=True)
        with pytest.raises(Refused) as refused:
            actions.clear(db, round_, 1, told, by=small_world.actor("manager"), at=NOW)
        assert broken(refused) == ["scrutiny_without_names"]


def test_a_gender_is_told_only_while_every_one_in_the_list_is_of_enough_children(
    sqlite_engine: Engine, small_world: World
) -> None:
    from panel.children.models import Child

    with transaction(sqlite_engine) as db:
        few = drawn(db, small_world, 4)
        assert all("Gender" not in case.facts for case in cases_of(db, few.id))
        many = drawn(db, small_world, 6)
        assert all(case.facts["Gender"] == "Male" for case in cases_of(db, many.id))
        db.exec(select(Child)).first().gender = "female"  # type: ignore[union-attr]
        db.flush()
        mixed = drawn(db, small_world, 1)
        assert all("Gender" not in case.facts for case in cases_of(db, mixed.id))


def test_each_scores_alone_and_once_and_then_they_find_together(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world)
        first, second = world.actor("scrutineer"), world.actor("second_scrutineer")
        assert answers(db, [score_counted(first)]) == [1]
        score(db, world, round_, "scrutineer")
        assert answers(db, [score_counted(first)]) == [0]
        with pytest.raises(Refused):
            score(db, world, round_, "scrutineer")
        together = c.Found(finding=Finding.NOT_AGREED, words="On the reasons")
        with pytest.raises(Refused) as refused:
            scoring.find(db, round_, 1, together, by=first, at=NOW)
        assert broken(refused) == ["scrutiny_enough_scores", "scrutiny_everybody_scored"]
        score(db, world, round_, "second_scrutineer")
        without = c.Found(finding=Finding.INCONSISTENT, words="")
        with pytest.raises(Refused) as refused:
            scoring.find(db, round_, 1, without, by=first, at=NOW)
        assert broken(refused) == ["scrutiny_says_why"]
        scoring.find(db, round_, 1, together, by=second, at=NOW)
        assert case_at(db, round_.id, 1).finding is Finding.NOT_AGREED
        with pytest.raises(Refused):
            scoring.find(db, round_, 1, together, by=first, at=NOW)
    assert verify(engine) == []


def test_alone_one_chooses_among_three_and_says_what_is_not_right(
    sqlite_engine: Engine, small_world: World
) -> None:
    with transaction(sqlite_engine) as db:
        round_ = begun(db, small_world)
        for finding in (Finding.NOT_AGREED, Finding.INCONSISTENT):
            with pytest.raises(Refused):
                scoring.score(
                    db, round_, 1, c.Scored(finding=finding), by=small_world.actor("scrutineer"), at=NOW
                )


def test_whoever_has_a_tie_takes_no_part_and_their_score_counts_no_more(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world)
        for key in ("scrutineer", "second_scrutineer"):
            score(db, world, round_, key)
        tied = world.actor("second_scrutineer")
        scoring.declare_tie(db, round_, 1, by=tied, at=NOW)
        together = c.Found(finding=Finding.APPROPRIATE)
        with pytest.raises(Refused) as refused:
            scoring.find(db, round_, 1, together, by=tied, at=NOW)
        assert "scrutiny_untied" in broken(refused)
        with pytest.raises(Refused) as refused:
            scoring.find(db, round_, 1, together, by=world.actor("scrutineer"), at=NOW)
        assert broken(refused) == ["scrutiny_enough_scores"]
        assert answers(db, [score_counted(tied)]) == [0]


def test_nobody_but_a_scrutineer_of_the_round_scores(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        round_ = begun(db, small_world)
        for key in ("manager", "board", "inspector", "far_manager"):
            with pytest.raises(NotYours):
                score(db, small_world, round_, key)


def test_a_score_cannot_be_changed_in_the_database(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        score(db, world, begun(db, world), "scrutineer")
    with pytest.raises(DBAPIError, match="never changed"), transaction(engine) as db:
        db.execute(text("UPDATE scrutiny_score SET comment = 'other'"))


def test_texts_stay_as_the_scrutineers_saw_them(sqlite_engine: Engine, small_world: World) -> None:
    with transaction(sqlite_engine) as db:
        round_ = begun(db, small_world)
        other = c.Cleared(offences="Other", reasons="Other", looked=True)
        with pytest.raises(Refused) as refused:
            actions.clear(db, round_, 1, other, by=small_world.actor("manager"), at=NOW)
        assert broken(refused) == ["scrutiny_not_seen"]


def test_learning_reaches_case_manager_and_chair_the_history_and_an_action(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = found(db, world)
        told = c.FedBack(
            words="Say what was weighed.",
            action="Show the panel a good example",
            holder_id=world.users["manager"],
            due_on=TODAY,
        )
        actions.feed_back(db, round_, 1, told, by=world.actor("manager"), at=NOW)
        case = case_at(db, round_.id, 1)
        chain = f"case:{case.referral_id}"
        assert (case.status, case.learning) == (CaseStatus.FED_BACK, "Say what was weighed.")
        assert "case.scrutiny" in db.exec(select(Event.verb).where(Event.chain == chain)).all()
        (action,) = db.exec(select(AgreedAction)).all()
        assert (action.round_id, action.referral_id) == (round_.id, case.referral_id)
        with pytest.raises(Refused):
            actions.feed_back(db, round_, 1, told, by=world.actor("manager"), at=NOW)
    tasks = rows(engine, select(Notification).where(Notification.why == Why.SCRUTINY_LEARNING))
    people = {task.user_id for task in tasks}  # type: ignore[attr-defined]
    assert people == {world.users["case_manager"], world.users["chair"]}
    assert verify(engine) == []


def test_a_round_is_finished_with_what_is_learned_and_no_name_in_it(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = found(db, world)
        manager = world.actor("manager")
        with pytest.raises(Refused) as refused:
            actions.finish(db, round_, c.Finished(words="Like Quillon's case"), by=manager, at=NOW)
        assert broken(refused) == ["scrutiny_themes_without_names"]
        actions.finish(db, round_, c.Finished(words="Reasons are short"), by=manager, at=NOW)
        assert round_.status is RoundStatus.FINISHED
        with pytest.raises(Refused):
            drawing.exclude(db, round_, 1, c.Reason(words="Late"), by=manager, at=NOW)


def test_a_round_can_be_dropped_with_a_reason_and_leaves_the_scrutineers_lists(
    engine: Engine, world: World
) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world)
        actions.drop(db, round_, c.Reason(words="The period was wrong"), by=world.actor("manager"), at=NOW)
        assert round_.status is RoundStatus.DROPPED
    tasks = rows(engine, select(Notification).where(Notification.why == Why.SCRUTINY_TO_DO))
    assert len(tasks) == 2
    assert all(task.done_at for task in tasks)  # type: ignore[attr-defined]


def _at_once(engine: Engine, *acts: object) -> list[str]:
    start, said = Barrier(len(acts)), []

    def run(act: object) -> None:
        start.wait()
        try:
            with transaction(engine) as db:
                act(db)  # type: ignore[operator]
            said.append("won")
        except (Refused, StaleDataError, NotYours):
            said.append("lost")

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_two_joint_findings_at_once_give_one(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world, 4)
        for place in range(1, 5):
            for key in ("scrutineer", "second_scrutineer"):
                score(db, world, round_, key, place)

    def finds(key: str, place: int, finding: Finding) -> object:
        def act(db: Session) -> None:
            row = db.get_one(ScrutinyRound, round_.id)
            scoring.find(db, row, place, c.Found(finding=finding, words="So"), by=world.actor(key), at=NOW)

        return act

    for place in range(1, 5):
        pair = (
            finds("scrutineer", place, Finding.APPROPRIATE),
            finds("second_scrutineer", place, Finding.INCONSISTENT),
        )
        assert _at_once(engine, *pair) == ["lost", "won"]
    assert len(rows(engine, select(Event).where(Event.verb == "sampled.find"))) == 4


def test_one_who_sends_a_score_twice_at_once_has_one(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = begun(db, world)

    def act(db: Session) -> None:
        score(db, world, db.get_one(ScrutinyRound, round_.id), "scrutineer")

    assert _at_once(engine, act, act) == ["lost", "won"]
    assert len(rows(engine, select(ScrutinyScore))) == 1


def test_two_who_leave_the_same_case_out_at_once_put_one_in_its_place(engine: Engine, world: World) -> None:
    with transaction(engine) as db:
        round_ = drawn(db, world, 4, per_cent=None, size=1)

    def act(db: Session) -> None:
        row = db.get_one(ScrutinyRound, round_.id)
        drawing.exclude(db, row, 1, c.Reason(words="Known"), by=world.actor("manager"), at=NOW)

    assert _at_once(engine, act, act) == ["lost", "won"]
    assert len(rows(engine, select(SampledCase))) == 2
