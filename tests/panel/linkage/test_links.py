"""Two lists of children held against each other: hard pairs one by one, and whole public sets."""

import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.linkage.links import link
from panel.linkage.people import Record
from panel.linkage.words import explain
from tests.bench.families import lists
from tests.bench.linkage import named


def child(said: str) -> Record:
    """'given, surname, birthday, sex, address, postcode'."""
    given_name, surname, born, sex, address, postcode = (part.strip() for part in said.split(","))
    return Record(
        id="1",
        given_name=given_name,
        surname=surname,
        date_of_birth=born,
        sex=sex,
        address=address,
        postcode=postcode,
    )


def linked(left: str, right: str) -> bool:
    return bool(link([child(left)], [child(right)]))


SAME = [
    (
        "Abdul Rahman, Khan, 2010-03-05, M, 2 Elm St, ZZ1 1AA",
        "Abdurrahman, Khan, 2010-03-05, M, 2 Elm Street, ZZ1 1AA",
    ),
    ("Tom, Lee, 2010-01-01, M, 2 Elm St, ZZ1 1AA", "Thomas, Lee, 2010-06-15, M, 2 Elm Street, ZZ1 1AA"),
    (
        "Mohammed, Khan, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
        "Muhammad, Khan, 05/03/2010, M, 12 Mill Rd, ZZ11AA",
    ),
    ("Yousef, Ali, 2010-03-05, M, 12 Mill Road, ZZ1 1AA", "Yusuf, Aly, 2010-05-03, M, 12 Mill Road, ZZ1 1AA"),
    ("Sean, O'Neil, 2010-03-05, M, 3 Elm Lane, ZZ1 1AA", "Seán, ONeil, 20100305, , 3 Elm Ln, "),
    (
        "Aisha, Khan, 2010-03-05, F, 12 Mill Road, ZZ1 1AA",
        "Khan, Ayesha, 2010-03-05, F, 12 Mill Road, ZZ1 1AA",
    ),
    (
        "Wiktoria, Wójcik, 2010-03-05, F, 9 Oak Close, ZZ1 1AA",
        "Victoria, Wojcik, 2010-03-06, F, 9 Oak Cl, ZZ1 1AA",
    ),
    (
        "Ann-Marie, Smith-Jones, 2010-03-05, F, 9 Oak Close, ZZ1 1AA",
        "Annmarie, Jones, 2010-03-05, F, , ZZ1 1AA",
    ),
    (
        "William, Green, 2010-03-05, M, 9 Oak Close, ZZ1 1AA",
        "Bill, Green, 2011-03-05, M, 9 Oak Close, ZZ1 1AA",
    ),
    (
        "Chukwuemeka, Okafor, 2010-03-05, M, 1 Ash St, ZZ1 1AA",
        "Emeka, Okafor, 2010-03-05, M, 1 Ash Street, ZZ1 1AA",
    ),
    ("Miley, McDonagh, 2010-03-05, M, 4 The Site, ZZ1 1AA", "Miles, Mc Donagh, 2010-03-05, M, NFA, "),
    (
        "Sofia, Popescu, 2010-03-05, F, 4 Mill Road, ZZ1 1AA",
        "Sofia, Popescu, 2010-03-05, F, 77 Elm Lane, ZZ9 9XX",
    ),
    ("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA", "Jack, Ward, , M, 4 Mill Road, ZZ1 1AA"),
    ("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA", "Jack, Ward, 2010-03-05, M, ZZ1 1AA, 4 Mill Road"),
    ("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA", "Jack, Baker, 2010-03-05, M, 4 Mill Road, ZZ1 1AA"),
    (
        "Jaspreet, Kaur, 2010-03-05, F, 4 Mill Road, ZZ1 1AA",
        "Jasprete, Kuar, 2010-03-05, F, 4 Mil Road, ZZ1 1AB",
    ),
]
OTHER = [
    # twins
    (
        "Hassan, Ali, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
        "Hussain, Ali, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
    ),
    (
        "Ella, Smith, 2010-03-05, F, 12 Mill Road, ZZ1 1AA",
        "Bella, Smith, 2010-03-05, F, 12 Mill Road, ZZ1 1AA",
    ),
    (
        "Jayden, Eze, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
        "Kayden, Eze, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
    ),
    ("Amir, Khan, 2010-03-05, M, 12 Mill Road, ZZ1 1AA", "Amira, Khan, 2010-03-05, F, 12 Mill Road, ZZ1 1AA"),
    (
        "Oluwaseun, Eze, 2010-03-05, M, 1 Ash Road, ZZ1 1AA",
        "Oluwatobi, Eze, 2010-03-05, M, 1 Ash Road, ZZ1 1AA",
    ),
    (
        "Muhammad Ali, Khan, 2010-03-05, M, 1 Ash Road, ZZ1 1AA",
        "Muhammad Amin, Khan, 2010-03-05, M, 1 Ash Road, ZZ1 1AA",
    ),
    (
        "Maja, Nowak, 2010-03-05, F, 12 Mill Road, ZZ1 1AA",
        "Maya Zofia, Nowak, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
    ),
    # brothers and sisters, father and son
    (
        "John, Ward, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
        "Martin, Ward, 2012-07-01, M, 12 Mill Road, ZZ1 1AA",
    ),
    (
        "Mohammed, Khan, 2010-03-05, M, 12 Mill Road, ZZ1 1AA",
        "Mohammed, Khan, 2012-07-21, M, 12 Mill Road, ZZ1 1AA",
    ),
    ("John, Ward, 2010-03-05, M, 12 Mill Road, ZZ1 1AA", "John, Ward, 1985-11-22, M, 12 Mill Road, ZZ1 1AA"),
    # strangers
    ("Mohammed, Ali, , M, 12 Mill Road, ZZ1 1AA", "Mohammed, Ali, , M, 80 Elm Lane, ZZ9 9XX"),
    ("Mohammed, Ali, , , , ", "Mohammed, Ali, , , , "),
    ("John, Smith, 2010-03-05, M, , ", "Jon, Smith, , M, , "),
    ("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA", "Jack, Cash, 2010-03-05, M, 77 Elm Lane, ZZ9 9XX"),
    ("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA", "Jack, Ward, 2013-11-28, M, 77 Elm Lane, ZZ9 9XX"),
    (", Ward, , M, 4 Mill Road, ZZ1 1AA", "Jack, Ward, , M, 4 Mill Road, ZZ1 1AA"),
    ("unknown, unknown, , , 4 Mill Road, ZZ1 1AA", "unknown, unknown, , , 4 Mill Road, ZZ1 1AA"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_child_written_down_twice_is_linked(one: str, two: str) -> None:
    assert linked(one, two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_two_children_are_not_linked_however_much_fits(one: str, two: str) -> None:
    assert not linked(one, two)


def test_twins_who_both_stand_in_both_lists_are_linked_each_with_themselves() -> None:
    rest = {"surname": "Ali", "date_of_birth": "2010-03-05", "address": "1 Ash Road", "postcode": "ZZ1 1AA"}
    left = [Record(id="a", given_name="Hassan", **rest), Record(id="b", given_name="Hussain", **rest)]
    right = [Record(id="1", given_name="Husain", **rest), Record(id="2", given_name="Hasan", **rest)]
    assert [(found.left_id, found.right_id) for found in link(left, right)] == [("a", "2"), ("b", "1")]


def test_a_line_without_a_first_name_is_given_to_neither_twin() -> None:
    rest = {"surname": "Ali", "date_of_birth": "2010-03-05", "address": "1 Ash Road", "postcode": "ZZ1 1AA"}
    left = [Record(id="a", given_name="Hassan", **rest), Record(id="b", given_name="Hussain", **rest)]
    assert link(left, [Record(id="1", **rest)]) == []


def test_nobody_is_linked_twice() -> None:
    rest = {"given_name": "Hassan", "surname": "Ali", "date_of_birth": "2010-03-05", "postcode": "ZZ1 1AA"}
    links = link([Record(id="a", **rest), Record(id="b", **rest)], [Record(id="1", **rest)])
    assert [(found.left_id, found.right_id) for found in links] == [("a", "1")]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_neither_the_order_of_the_lines_nor_of_the_lists_changes_a_link(seed: int, order: object) -> None:
    of = lists(60, seed=seed)
    links = link(of.left, of.right)
    left, right = list(of.left), list(of.right)
    order.shuffle(left)  # type: ignore[attr-defined]
    order.shuffle(right)  # type: ignore[attr-defined]
    assert link(left, right) == links
    turned = [(found.right_id, found.left_id, found.score) for found in link(right, left)]
    assert sorted(turned) == sorted((found.left_id, found.right_id, found.score) for found in links)


@pytest.mark.parametrize(("name", "recall"), [("FEBRL4", 0.97), ("FEBRL1", 0.95), ("OTHERFAMILIES", 0.97)])
def test_a_set_that_nothing_was_learned_from_is_linked_nearly_whole_and_hardly_wrong(
    name: str, recall: float
) -> None:
    of, began = named(name), time.perf_counter()
    links = {(found.left_id, found.right_id) for found in link(of.left, of.right)}
    right = len(links & of.truth)
    assert right / len(links) >= 0.99
    assert right / len(of.truth) >= recall
    assert time.perf_counter() - began < 60


def test_the_heavy_libraries_are_loaded_by_the_first_linking_and_not_before() -> None:
    program = (
        "import sys, panel.linkage.links, panel.linkage.words, panel.linkage.files, panel.linkage.scoring;"
        "print(sorted({'splink', 'duckdb', 'pyarrow', 'pandas', 'numpy', 'sqlmodel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_score_is_explained_in_words() -> None:
    one = child("Jack, Ward, 2010-03-05, M, 4 Mill Road, ZZ1 1AA")
    two = child("Jack, Wart, 2010-03-05, F, 9 Mill Road, ZZ9 9XX")
    assert explain(one, two).sentence == (
        "Same date of birth, same first name, last name one letter off, same street; but another sex."
    )
    assert explain(one, two) == explain(two, one)
    unlike = explain(one, child("Ann, Cash, , F, , "))
    assert unlike.fits == ()
    assert "another first name" in unlike.differs
