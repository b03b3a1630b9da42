"""Two records beside each other: one child, a slip of the pen, a twin, a sibling, or somebody else."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.likeness import one_slip, sound
from workflows.matching import Kind, Person, compare, keys_of, search_keys, slips

HOME = {"address": "3 Mill Row, Kelder", "postcode": "KD1 2AB"}
AWAY = {"address": "71 Quay Lane, Kelder", "postcode": "KD7 4CD"}


def child(names: str, born: str, **more: str) -> Person:
    """A record: 'Given Names/Surname' and a day."""
    first, last = names.split("/")
    return Person(given_name=first, surname=last, date_of_birth=date.fromisoformat(born), **more)


BORN = "2011-03-04"
TABLE: list[tuple[Kind, tuple[str, str, dict[str, str]], tuple[str, str, dict[str, str]]]] = [
    # One child, well or badly written.
    (Kind.SAME, ("Robin/Fielding", BORN, {}), ("Robin/Fielding", BORN, {})),
    (Kind.SAME, ("Robin/Fielding", BORN, {}), ("ROBIN/ fielding ", BORN, {})),
    (Kind.SAME, ("Robin/Fielding", BORN, {}), ("Robin/Feilding", BORN, {})),
    (Kind.SAME, ("Robin/Fielding", BORN, {}), ("Robyn/Fielding", BORN, {})),
    (Kind.SAME, ("Zoë/O’Connor", BORN, {}), ("Zoe/OConnor", BORN, {})),
    (Kind.SAME, ("Łukasz/Wójcik", BORN, {}), ("Lukasz/Wojcik", BORN, {})),
    (Kind.SAME, ("Mohammed/Khan", BORN, {}), ("Muhammad/Khan", BORN, {})),
    (Kind.SAME, ("Mo/Khan", BORN, {}), ("Mohamed/Khan", BORN, {})),
    (Kind.SAME, ("Alex/Marsh", BORN, {}), ("Alexandra/Marsh", BORN, {})),
    (Kind.SAME, ("Robin James/Fielding", BORN, {}), ("Robin/Fielding", BORN, {})),
    (Kind.SAME, ("Robin/Fielding-Marsh", BORN, {}), ("Robin/Marsh", BORN, {})),
    (Kind.SAME, ("Fielding/Robin", BORN, {}), ("Robin/Fielding", BORN, {})),
    (Kind.SAME, ("Robin/Fielding", BORN, {}), ("Robin/Marsh", BORN, {"other_names": "Fielding"})),
    (Kind.SAME, ("Robin/Fielding", "2011-03-04", {}), ("Robin/Fielding", "2011-04-03", {})),
    (Kind.SAME, ("Robin/Fielding", "2011-03-04", {}), ("Robin/Fielding", "2012-03-04", {})),
    (Kind.SAME, ("Robin/Fielding", "2011-03-04", {}), ("Robin/Fielding", "2011-03-14", {})),
    (
        Kind.SAME,
        ("Kit/Ash", BORN, {"pnc_id": "2019/0412345P"}),
        ("A/B", "2009-01-01", {"pnc_id": "2019/0412345P"}),
    ),
    # One child, perhaps.
    (Kind.POSSIBLE, ("Robin/Fielding", BORN, {}), ("Robin/Marsh", BORN, {})),
    (Kind.POSSIBLE, ("Robin/Fielding", BORN, HOME), ("Robin/Fielding", "2009-11-23", HOME)),
    (Kind.POSSIBLE, ("Robyn/Fielding", "2011-03-04", {}), ("Robin/Fielding", "2011-04-03", {})),
    (
        Kind.POSSIBLE,
        ("Robin/Fielding", BORN, {"nhs_number": "943 476 5919"}),
        ("Robyn/Fielding", BORN, {"nhs_number": "111 222 3330"}),
    ),
    # Two children of one family.
    (Kind.TWIN, ("Robin/Fielding", BORN, HOME), ("Kit/Fielding", BORN, HOME)),
    (Kind.TWIN, ("Amira/Iqbal", BORN, HOME), ("Yusuf/Iqbal", BORN, {"postcode": "kd1 2ab"})),
    (Kind.SIBLING, ("Robin/Fielding", BORN, HOME), ("Kit/Fielding", "2013-10-19", HOME)),
    (Kind.SIBLING, ("Robin/Fielding", BORN, HOME), ("Kit/Fielding", "2012-03-04", HOME)),
    # Somebody else.
    (Kind.NONE, ("Robin/Fielding", BORN, {}), ("Kit/Quill", BORN, {})),
    (Kind.NONE, ("Robin/Fielding", BORN, HOME), ("Kit/Fielding", BORN, AWAY)),
    (Kind.NONE, ("Robin/Fielding", BORN, HOME), ("Robin/Fielding", "2009-11-23", AWAY)),
    (Kind.NONE, ("Robin/Fielding", BORN, HOME), ("Kit/Fielding", "2013-10-19", AWAY)),
    (Kind.NONE, ("Robin/Fielding", BORN, HOME), ("Ida/Quill", "2013-10-19", HOME)),
]


@pytest.mark.parametrize(("kind", "one", "other"), TABLE)
def test_two_records_look_like_what_they_are(
    kind: Kind, one: tuple[str, str, dict[str, str]], other: tuple[str, str, dict[str, str]]
) -> None:
    first, second = child(one[0], one[1], **one[2]), child(other[0], other[1], **other[2])
    assert compare(first, second).kind is kind, compare(first, second)


@pytest.mark.parametrize(("kind", "one", "other"), [row for row in TABLE if row[0] is not Kind.NONE])
def test_whoever_fits_is_filed_under_a_key_that_is_looked_for(
    kind: Kind, one: tuple[str, str, dict[str, str]], other: tuple[str, str, dict[str, str]]
) -> None:
    first, second = child(one[0], one[1], **one[2]), child(other[0], other[1], **other[2])
    if "other_names" not in other[2]:
        assert search_keys(first) & keys_of(second) or second.address == ""
    assert search_keys(second) & keys_of(first) or second.address == ""


def test_the_words_say_what_fits_and_what_differs() -> None:
    said = compare(
        child("Robin/Fielding", BORN, **HOME), child("Robin/Feilding", BORN, address="9 Mill Row, Kelder")
    )
    assert said.sentence == "Same date of birth, same first name, last name one letter off, same street."
    twin = compare(child("Robin/Fielding", BORN, **HOME), child("Kit/Fielding", BORN, **HOME))
    assert twin.differs == ("another first name",)
    swapped = compare(child("Robin/Fielding", "2011-03-04"), child("Robin/Fielding", "2011-04-03"))
    assert "day and month of birth swapped" in swapped.fits


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        ("fielding", "feilding", True),
        ("fielding", "fieldin", True),
        ("fielding", "fjelding", True),
        ("fielding", "fielding", False),
        ("fielding", "feildign", False),
        ("amy", "any", False),
    ],
)
def test_one_letter_off_is_one_letter_and_not_two(a: str, b: str, slip: bool) -> None:
    assert one_slip(a, b) is one_slip(b, a) is slip


def test_names_that_are_heard_alike_have_one_sound() -> None:
    assert sound("kestrel") == sound("castrel") == sound("kestrell")
    assert sound("philips") == sound("fillips")
    assert sound("quill") != sound("marsh")


NAMES = st.sampled_from(
    [
        "Robin",
        "Robyn",
        "Fielding",
        "Feilding",
        "Mohammed",
        "Muhammad",
        "Mo",
        "Khan",
        "Alex",
        "Alexandra",
        "Kit",
        "Amira",
        "Amir",
        "Fielding-Marsh",
    ]
) | st.text(min_size=1, max_size=12)
PEOPLE = st.builds(
    Person,
    given_name=NAMES,
    surname=NAMES,
    date_of_birth=st.dates(date(2008, 1, 1), date(2014, 12, 31))
    | st.sampled_from([date(2011, 3, 4), date(2011, 4, 3)]),
    other_names=st.sampled_from(["", "Fielding", "Robbie, Marsh"]),
    address=st.sampled_from(["", "3 Mill Row, Kelder", "9 Mill Row, Kelder", "1 Quay Lane"]),
    postcode=st.sampled_from(["", "KD1 2AB", "KD7 4CD"]),
    pnc_id=st.sampled_from(["", "2019/0412345P", "2003/0011985X"]),
    nhs_number=st.sampled_from(["", "943 476 5919"]),
)


@settings(max_examples=300)
@given(PEOPLE, PEOPLE)
def test_the_order_of_two_records_does_not_matter(one: Person, other: Person) -> None:
    assert compare(one, other) == compare(other, one)


@settings(max_examples=300)
@given(PEOPLE, PEOPLE)
def test_nobody_is_more_alike_than_oneself(one: Person, other: Person) -> None:
    assert compare(one, one).score >= compare(one, other).score
    if any(letter.isalnum() for letter in one.given_name) and any(letter.isalnum() for letter in one.surname):
        assert compare(one, one).kind is Kind.SAME


@given(st.dates(date(1995, 1, 1), date(2030, 12, 31)))
def test_a_slip_of_a_birthday_is_a_slip_both_ways(day: date) -> None:
    assert day not in slips(day)
    assert all(day in slips(other) for other in slips(day))
    assert len(slips(day)) < 60
