"""A file of codes: read in every dress that a spreadsheet gives it, or refused with row and reason."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from panel.codes.reading import Problem, Reading, read
from workflows.codes import CodeList

OFFENCES, GRAVITY = CodeList.OFFENCES, CodeList.GRAVITY
DEFAULTS = Path(config.__file__).parent / "codes"
PLAIN = "code,title,mode\nZD71001,Damage to a café’s window,either way\nZA88001,Common assault,summary\n"
MATRIX = """part,key,words,value
limit,lowest,,1
limit,highest,,2
limit,lower_by,,1
limit,raise_by,,1
presumption,1,,no_further_action
presumption,2,,youth_caution
factor,weapon,A weapon,+1
score,ZD71001,Damage,2
"""


def said(reading: Reading) -> list[tuple[int, str]]:
    """Row and column of each problem."""
    return [(problem.row, problem.column) for problem in reading.problems]


@pytest.mark.parametrize("kind", CodeList)
def test_the_default_of_each_list_can_be_loaded_and_says_what_it_is(kind: CodeList) -> None:
    content = (DEFAULTS / f"{kind}.csv").read_bytes()
    reading = read(kind, content)
    assert reading.problems == ()
    assert reading.unused == ()
    assert len(reading.entries) >= 20
    assert content.startswith(b'"# ')


def test_the_default_offences_have_every_mode_of_trial() -> None:
    reading = read(OFFENCES, (DEFAULTS / "offences.csv").read_bytes())
    modes = [entry.details["mode"] for entry in reading.entries]
    assert {mode: modes.count(mode) >= 5 for mode in set(modes)} == {
        "summary": True,
        "either_way": True,
        "indictable_only": True,
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_delimiter_and_line_ending_make_no_difference(
    encoding: str, delimiter: str, ending: str
) -> None:
    text = PLAIN.replace(",", delimiter).replace("\n", ending)
    reading = read(OFFENCES, text.encode(encoding))
    assert reading.problems == ()
    assert [entry.title for entry in reading.entries] == ["Damage to a café’s window", "Common assault"]


def test_columns_may_stand_in_any_order_with_others_between_and_rows_may_be_blank() -> None:
    text = "# a note, with a comma\n\nTitle , note,MODE,Code\nTheft, x ,Either-Way, zt 68003 \n,,,\n\n"
    reading = read(OFFENCES, text.encode())
    assert reading.problems == ()
    assert reading.unused == ("note",)
    (entry,) = reading.entries
    assert (entry.code, entry.title, entry.details["mode"]) == ("ZT68003", "Theft", "either_way")


def test_commas_quotes_and_line_breaks_inside_quotes_stay_in_their_cell() -> None:
    text = 'code,title,mode\nZD71001,"Damage, to ""a""\nwindow",summary\nZA88001,Assault,x\n'
    assert said(read(OFFENCES, text.encode())) == [(3, "mode")]
    (entry,) = read(OFFENCES, text.replace("ZA88001,Assault,x\n", "").encode()).entries
    assert entry.title == 'Damage, to "a"\nwindow'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, "")]),
        (" \n\n", [(0, "")]),
        ("# only a note\n", [(0, "")]),
        ("code,title,mode\n", [(0, "")]),
        ("code,title\nZD71001,Damage\n", [(1, "mode")]),
        ("kode,titel,modus\nZD71001,Damage,summary\n", [(1, "code"), (1, "title"), (1, "mode")]),
        ("code,title,mode,Title\nZD71001,Damage,summary,x\n", [(1, "title")]),
        ("code,title,mode\nZD71001,Damage,whenever\n", [(2, "mode")]),
        ("code,title,mode\nZD71,Damage,summary\n", [(2, "code")]),
        ("code,title,mode\n,Damage,summary\n", [(2, "code")]),
        ("code,title,mode\nZD71001,,\n", [(2, "title"), (2, "mode")]),
        ("code,title,mode\nZD71001,A,summary\nZD71001,B,summary\n", [(3, "code")]),
        ("code,title,mode\nZD71001,A,summary\nzd71001,B,summary\n", [(3, "code")]),
        ("code,title,mode\nZD71001,A, with a comma,summary\n", [(2, "")]),
        ("code,title,mode\nZD71001,=HYPERLINK(1),summary\n", [(2, "title")]),
        ("code,title,mode\nZD71001," + "x" * 201 + ",summary\n", [(2, "title")]),
        ("code,title,mode,flags\nZD71001,A,summary,knife gun\n", [(2, "flags")]),
        ("code,title,mode,class\nZD71001,A,summary,12-34\n", [(2, "class")]),
        ("code,title,mode,prosecute_months\nZD71001,A,summary,0\n", [(2, "prosecute_months")]),
        ("code,title,mode,prosecute_months\nZD71001,A,summary,121\n", [(2, "prosecute_months")]),
        ('code,title,mode\nZD71001,"A,summary\n', [(0, "")]),
        ("code,title,mode\nZD71001,A\0B,summary\n", [(0, "")]),
    ],
)
def test_each_fault_of_a_file_is_told_with_its_row_and_column_and_nothing_is_taken(
    text: str, expected: list[tuple[int, str]]
) -> None:
    reading = read(OFFENCES, text.encode())
    assert said(reading) == expected
    assert reading.entries == ()
    assert all(problem.says.endswith(".") for problem in reading.problems)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\x00\x81", b"PK\x03\x04\x00\x00", b"\x81\x8d\x8f\x90\x9d", b"\xff\xfe\x00"]
)
def test_what_is_no_text_is_refused_in_words(content: bytes) -> None:
    assert read(OFFENCES, content).problems == (
        Problem(0, "", "This is not a text file. Save the list as CSV and choose that file."),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("score,ZD71001,Damage,2", "score,ZD71001,Damage,3", [(9, "value")]),
        ("score,ZD71001,Damage,2", "score,ZD71001,Damage,two", [(9, "value")]),
        ("score,ZD71001,Damage,2", "score,D71001,Damage,2", [(9, "key")]),
        ("score,ZD71001,Damage,2", "guess,ZD71001,Damage,2", [(9, "part")]),
        ("factor,weapon,A weapon,+1", "factor,weapon,A weapon,0", [(8, "value")]),
        ("factor,weapon,A weapon,+1", "factor,weapon,,1", [(8, "words")]),
        ("factor,weapon,A weapon,+1", "factor,Weapon!,A weapon,1", [(8, "key")]),
        ("presumption,2,,youth_caution", "presumption,2,,a_warning", [(7, "value")]),
        ("presumption,2,,youth_caution", "presumption,two,,youth_caution", [(7, "key")]),
        ("presumption,2,,youth_caution\n", "", [(0, "")]),
        ("presumption,2,,", "presumption,3,,", [(0, ""), (7, "key")]),
        ("limit,highest,,2\n", "", [(0, "")]),
        ("limit,highest,,2", "limit,highest,,1", [(0, "")]),
        ("limit,highest,,2", "limit,middle,,2", [(3, "key")]),
        ("limit,lower_by,,1", "limit,lower_by,,-1", [(0, "")]),
    ],
)
def test_a_matrix_says_all_that_the_arithmetic_needs_or_is_refused(
    old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    assert read(GRAVITY, MATRIX.encode()).problems == ()
    assert old in MATRIX
    assert said(read(GRAVITY, MATRIX.replace(old, new).encode()))[: len(expected)] == expected


def test_an_outcome_of_the_panel_has_one_home_office_code() -> None:
    text = "code,title,for\n2,YC,youth_caution\n8,CR,youth_caution\n9,Other,\n10,Odd,a_warning\n"
    assert said(read(CodeList.OUTCOMES, text.encode())) == [(5, "for")]
    text = text.replace("a_warning", "")
    assert said(read(CodeList.OUTCOMES, text.encode())) == [(3, "for")]
    assert said(read(CodeList.OUTCOMES, b"code,title,for\nxx,YC,\n")) == [(2, "code")]


def test_an_ethnicity_code_is_replaced_by_one_that_is_in_use() -> None:
    text = "code,title,replaced_by\nA4,Chinese,\nO1,Chinese,A4\nO3,Other,O1\n"
    assert said(read(CodeList.ETHNICITY, text.encode())) == [(4, "replaced_by")]
    assert said(read(CodeList.ETHNICITY, b"code,title\nWHITE,White\n")) == [(2, "code")]


def test_five_thousand_rows_are_read_at_once() -> None:
    rows = "".join(f"ZD{n:05},Offence number {n},summary\n" for n in range(5000))
    start = time.perf_counter()
    reading = read(OFFENCES, f"code,title,mode\n{rows}".encode())
    assert time.perf_counter() - start < 3
    assert len(reading.entries) == 5000


@given(content=st.binary(max_size=300))
def test_whatever_is_sent_there_is_an_answer(content: bytes) -> None:
    for kind in CodeList:
        reading = read(kind, content)
        assert bool(reading.entries) != bool(reading.problems)


@given(text=st.text(alphabet='codetilm,;\t"\r\n#ZD710=é ', max_size=200))
def test_whatever_is_typed_under_the_right_headings_there_is_an_answer(text: str) -> None:
    reading = read(OFFENCES, f"code,title,mode\n{text}".encode())
    assert bool(reading.entries) != bool(reading.problems)
