"""Identifiers: one way to write each, and no single slip of the pen that its check would miss."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflows import identifiers as i

TODAY = date(2026, 11, 22)
DIGITS = "0123456789"
spaces = st.lists(st.integers(0, 30), max_size=4)


def pnc(text: str) -> str | None:
    return i.pnc_id(text, today=TODAY)


def letter(number: str) -> str:
    return i.POLICE_LETTERS[int(number) % 23]


@st.composite
def pnc_ids(draw: st.DrawFn) -> str:
    """A valid long form, such as '2003/0011985X'."""
    year, serial = draw(st.integers(1950, 2026)), f"{draw(st.integers(0, 9_999_999)):07}"
    return f"{year}/{serial}{letter(f'{year % 100:02}{serial}')}"


@st.composite
def cro_numbers(draw: st.DrawFn) -> str:
    """A valid number, such as '265416/21G'."""
    year, serial = f"{draw(st.integers(0, 99)):02}", f"{draw(st.integers(0, 999_999)):06}"
    return f"{serial}/{year}{letter(year + serial)}"


@st.composite
def summons_numbers(draw: st.DrawFn) -> str:
    """A valid number of 20 characters, with force and system in digits."""
    year, force, system = (f"{draw(st.integers(0, 99)):02}" for _ in range(3))
    serial = f"{draw(st.integers(0, 99_999_999_999)):011}"
    return f"{year}{force}ZD{system}{serial}{letter(force + system + year + serial)}"


@st.composite
def pupil_numbers(draw: st.DrawFn) -> str:
    """A valid permanent number, such as 'B801200005001'."""
    digits = draw(st.lists(st.integers(0, 9), min_size=12, max_size=12))
    total = sum(digit * weight for weight, digit in enumerate(digits, 2))
    return i.SCHOOL_LETTERS[total % 23] + "".join(map(str, digits))


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    """A valid number as we keep it, such as '943 476 5919'."""
    digits = draw(st.lists(st.integers(0, 9), min_size=9, max_size=9))
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    assume(check != 10)
    text = "".join(map(str, digits)) + str(check % 11)
    return f"{text[:3]} {text[3:6]} {text[6:]}"


# The kind, how it is read, valid ones as we keep them, and the places that its check does not cover.
KINDS = {
    "pnc": (pnc, pnc_ids(), range(2)),  # the century is not in the check
    "cro": (i.cro_number, cro_numbers(), ()),
    "asn": (i.arrest_summons_number, summons_numbers(), range(4, 6)),  # nor is the unit
    "upn": (i.pupil_number, pupil_numbers(), ()),
    "nhs": (i.nhs_number, nhs_numbers(), ()),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_no_single_wrong_character_is_missed(kind: str, data: st.DataObject) -> None:
    read, valid, uncovered = KINDS[kind]
    good = data.draw(valid)
    place = data.draw(st.sampled_from([n for n, c in enumerate(good) if c.isalnum() and n not in uncovered]))
    others = DIGITS if good[place].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    slip = data.draw(st.sampled_from([c for c in others if c != good[place]]))
    assert read(good) == good
    assert read(good[:place] + slip + good[place + 1 :]) is None


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_no_two_neighbouring_digits_can_be_swapped_unseen(kind: str, data: st.DataObject) -> None:
    read, valid, uncovered = KINDS[kind]
    good = data.draw(valid)
    pairs = [
        n
        for n in range(len(good) - 1)
        if good[n : n + 2].isdigit() and good[n] != good[n + 1] and not {n, n + 1} & set(uncovered)
    ]
    assume(pairs)
    n = data.draw(st.sampled_from(pairs))
    assert read(good[:n] + good[n + 1] + good[n] + good[n + 2 :]) is None


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_spaces_and_letter_case_make_no_difference(kind: str, data: st.DataObject) -> None:
    read, valid, _ = KINDS[kind]
    good = data.draw(valid)
    typed = good.lower() if data.draw(st.booleans()) else good
    for place in data.draw(spaces):
        at = place % (len(typed) + 1)
        typed = f"{typed[:at]} {typed[at:]}"
    assert read(typed) == good


@given(good=pnc_ids())
def test_the_short_and_the_long_form_of_a_pnc_id_are_the_same(good: str) -> None:
    year, rest = good.split("/")
    assume(1927 <= int(year) <= 2026)
    for short in (f"{year[2:]}/{rest}", f"{year[2:]}/{rest[:-1].lstrip('0') or '0'}{rest[-1]}", year + rest):
        assert pnc(short) == good


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2003/0011985X", "2003/0011985X"),
        ("1979/0163001B", "1979/0163001B"),
        ("79/163001B", "1979/0163001B"),
        ("1981/0154257C", "1981/0154257C"),
        ("2019/0412345P", "2019/0412345P"),
        ("2003/0011985Y", None),
        ("2003/00119855X", None),
        ("", None),
        ("X", None),
        ("２００３/0011985X", None),
    ],
)
def test_pnc_ids_of_the_digest(typed: str, kept: str | None) -> None:
    assert pnc(typed) == kept


def test_two_digits_of_a_year_that_is_still_to_come_are_of_the_last_century() -> None:
    serial = "0000001"
    assert pnc(f"26/1{letter('26' + serial)}") == f"2026/{serial}{letter('26' + serial)}"
    assert pnc(f"27/1{letter('27' + serial)}") == f"1927/{serial}{letter('27' + serial)}"


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (i.cro_number, "265416/21G", "265416/21G"),
        (i.cro_number, "123456/19P", "123456/19P"),
        (i.cro_number, "123456/19Q", None),
        (i.arrest_summons_number, "1101ZD0100000448754K", "1101ZD0100000448754K"),
        (i.arrest_summons_number, "11/01ZD/01/448754K", "1101ZD0100000448754K"),
        (i.arrest_summons_number, "1101ZD0100000410836V", "1101ZD0100000410836V"),
        (i.arrest_summons_number, "1101ZD0100000410836W", None),
        (i.pupil_number, "B801200005001", "B801200005001"),
        (i.pupil_number, "A801200005001", None),
        (i.nhs_number, "943 476 5919", "943 476 5919"),
        (i.nhs_number, "943-476-5919", "943 476 5919"),
        (i.nhs_number, "943 476 5918", None),
        (i.offence_code, "md71101", "MD71101"),
        (i.offence_code, "TH68001A", "TH68001A"),
        (i.offence_code, "COML025", "COML025"),
        (i.offence_code, "TH6800", None),
        (i.offence_code, "TH68001X", None),
        (i.crime_reference, "13190000000", "13190000000"),
        (i.crime_reference, "13/19 0000000", "13190000000"),
        (i.crime_reference, "1319000000", None),
        (i.crime_reference, "131900000000", None),
    ],
)
def test_other_identifiers_of_the_digest(read: object, typed: str, kept: str | None) -> None:
    assert read(typed) == kept  # type: ignore[operator]


def test_an_nhs_number_whose_check_would_be_ten_is_never_valid() -> None:
    digits = "100000001"  # 10 × 1 + 2 × 1 = 12, 12 mod 11 = 1, 11 - 1 = 10
    assert [i.nhs_number(digits + last) for last in DIGITS] == [None] * 10


@given(text=st.text(max_size=40))
def test_whatever_is_typed_there_is_an_answer_and_it_is_stable(text: str) -> None:
    for read in (pnc, i.cro_number, i.arrest_summons_number, i.pupil_number, i.nhs_number, i.offence_code):
        kept = read(text)
        assert kept is None or read(kept) == kept
