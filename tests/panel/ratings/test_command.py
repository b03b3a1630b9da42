"""`panel ratings` and `panel sample-size`, as an operator types them."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from panel.cli import main

SEED = Path(__file__).with_name("bradford.csv")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def rated(tmp_path: Path, text: str | bytes, *options: str) -> list[dict[str, str]]:
    """The rows that come out for a file of this text."""
    result = run("ratings", str(written(tmp_path, text)), *options)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "answers.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_the_inspection_of_bradford_comes_out_rating_for_rating() -> None:
    result = run("ratings", str(SEED))
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    with SEED.open(newline="") as file:
        printed = {row["standard"]: row["standard_rating"] for row in csv.DictReader(file)}
    assert {row["standard"]: row["rating"] for row in rows} == printed
    assert len(rows) == 12
    assert {(row["total"], row["maximum"], row["overall_rating"]) for row in rows} == {
        ("7", "36", "Requires improvement")
    }
    assert not any("states" in row["notes"] for row in rows)


def test_counts_give_the_same_as_percentages(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        "service,year,standard,key_question,yes,no,not_applicable\n"
        "Kelder,2023,3.1 Assessment,3.1.1,11,6,3\nKelder,2023,3.1,3.1.2 Keeping safe,20,0,0\n",
    )
    assert [(row["rating"], row["lowest_percent"], row["framework"]) for row in rows] == [
        ("Good", "65", "2021")
    ]
    assert "rests on rounding" in rows[0]["notes"]
    assert "one case from Requires improvement" in rows[0]["notes"]


def test_services_and_years_stay_apart_and_in_order(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        b"\xef\xbb\xbfService, Year ,Standard,Standard Rating,extra\r\n"
        b"B,2020,1.1,Good,x\r\nA,2019/20,1.1,inadequate,\r\nB,2020,1.2,Outstanding,,\r\n\r\n",
    )
    assert [(row["service"], row["year"], row["total"], row["maximum"]) for row in rows] == [
        ("B", "2020", "5", "6"),
        ("B", "2020", "5", "6"),
        ("A", "2019/20", "0", "3"),
    ]
    assert all("an assumption" in row["notes"] for row in rows)


def test_a_stated_rating_that_does_not_follow_is_named(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        "service,year,standard,key_question,percent_yes,standard_rating\nA,2020,3.1,3.1.1,64.5%,Inadequate\n",
    )
    assert rows[0]["rating"] == "Good"
    assert "the file states Inadequate" in rows[0]["notes"]


def test_a_standard_of_which_nothing_applied_is_not_rated(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        "service,year,standard,key_question,yes,no,not_applicable,standard_rating\n"
        "A,2020,3.2,3.2.2,,,7,\nA,2020,1.1,,,,,Good\n",
    )
    assert [(row["rating"], row["points"]) for row in rows] == [("Not rated", ""), ("Good", "2")]
    assert {(row["total"], row["maximum"]) for row in rows} == {("2", "3")}


def test_in_the_year_of_the_changeover_it_is_said_which_framework_was_taken(tmp_path: Path) -> None:
    text = "service,year,standard,standard_rating\nA,2021,3.1,Good\nA,2022,3.1,Good\n"
    first, second = rated(tmp_path, text)
    assert "framework 2018: reports of this year used either 2018 or 2021" in first["notes"]
    assert "reports of this year" not in second["notes"]


def test_not_applicable_may_stand_beside_a_percentage(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        "service,year,standard,key_question,percent_yes,yes,no,not_applicable,standard_rating\n"
        "A,2020,3.1,3.1.2,79.5,,,4,\n",
    )
    assert (rows[0]["rating"], rows[0]["lowest_percent"]) == ("Outstanding", "80")
    assert "rests on rounding" in rows[0]["notes"]


def test_the_framework_can_be_said(tmp_path: Path) -> None:
    text = "service,year,standard,standard_rating\nA,2021,2.1,Good\n"
    assert rated(tmp_path, text, "--framework", "2025")[0]["overall_rating"] == ""
    assert rated(tmp_path, text)[0]["overall_rating"] == "Good"


def test_a_name_is_no_formula_in_what_is_printed(tmp_path: Path) -> None:
    rows = rated(tmp_path, "service,year,standard,standard_rating\n=1+1,2020,3.1,Good\n")
    assert (rows[0]["service"], rows[0]["standard"]) == ("'=1+1", "3.1")
    refused = run("ratings", str(written(tmp_path, HEADER + "A,2020,@x,,,,,,Good\n")))
    assert (refused.exit_code, refused.stdout) == (1, "")


def twelve_outstanding(*more: str) -> str:
    """Every standard of 2018 by judgement, and more rows."""
    keys = [f"{domain}.{n}" for domain in (1, 2, 3) for n in (1, 2, 3, 4)]
    return HEADER + "".join(f"A,2020,{key},,,,,,Outstanding\n" for key in keys) + "".join(more)


def test_a_standard_that_the_framework_does_not_have_is_never_counted(tmp_path: Path) -> None:
    whole = rated(tmp_path, twelve_outstanding())
    assert {(row["total"], row["maximum"]) for row in whole} == {("36", "36")}
    more = ("A,2020,9.9,9.9.1,10,,,,\n", "A,2020,3.5,,,,,,Inadequate\n")
    refused = run("ratings", str(written(tmp_path, twelve_outstanding(*more))))
    known = "which has 1.1, 1.2, 1.3, 1.4, 2.1, 2.2, 2.3, 2.4, 3.1, 3.2, 3.3, 3.4"
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"row 14, standard: 9.9 is no standard of the framework of 2018, {known}\n" in refused.stderr
    assert f"row 15, standard: 3.5 is no standard of the framework of 2018, {known}\n" in refused.stderr
    assert "2 problem(s) found; nothing was rated." in refused.stderr


def test_a_standard_is_one_however_it_is_called(tmp_path: Path) -> None:
    rows = rated(
        tmp_path,
        HEADER + "A,2020,3.1 Assessment,3.1.1,90,,,,\nA,2020,3.1,3.1.2,40,,,,\nA,2020,1.1,,,,,,Good\n",
    )
    assert [(row["standard"], row["rating"], row["maximum"]) for row in rows] == [
        ("3.1 Assessment", "Inadequate", "6"),
        ("1.1", "Good", "6"),
    ]


@pytest.mark.parametrize("called", ["R", "r Resettlement", "Resettlement policy and provision"])
def test_resettlement_is_rated_beside_the_total(tmp_path: Path, called: str) -> None:
    rows = rated(tmp_path, HEADER + f"A,2023,{called},,,,,,Outstanding\nA,2023,1.1,,,,,,Inadequate\n")
    assert {(row["total"], row["maximum"]) for row in rows} == {("0", "3")}
    assert "not in the total" in rows[0]["notes"]
    refused = run("ratings", str(written(tmp_path, HEADER + f"A,2020,{called},,,,,,Good\n")))
    assert f"row 2, standard: {called} is no standard of the framework of 2018" in refused.stderr


def test_in_2025_each_standard_is_rated_by_judgement_and_no_answers_are_banded(tmp_path: Path) -> None:
    """Its key questions are not known, so the bands of 2018 say nothing of them."""
    refused = run("ratings", str(written(tmp_path, HEADER + "A,2025,2.1,2.1.1,70,,,,\n")))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert (
        "row 2, key_question: no key questions of 2.1 in the framework of 2025 are known here"
        in refused.stderr
    )
    rows = rated(tmp_path, HEADER + "A,2025,2.1,,,,,,Good\nA,2025,V1 Victims,,,,,,Inadequate\n")
    assert [(row["rating"], row["total"], row["notes"]) for row in rows] == [
        ("Good", "", "rated by judgement"),
        ("Inadequate", "", "rated by judgement"),
    ]


def test_of_fewer_than_five_cases_no_band_is_made(tmp_path: Path) -> None:
    """As on the page of a self-inspection."""
    few, five = (
        rated(tmp_path, HEADER + f"A,2020,3.1,3.1.1,,{yes},{no},,\n")[0] for yes, no in ((3, 1), (4, 1))
    )
    assert (few["rating"], few["points"], few["lowest_percent"], few["total"]) == ("Not rated", "", "", "")
    assert "too few for a band, because fewer than 5 cases count (our choice): 3.1.1 (3 of 4)" in few["notes"]
    assert (five["rating"], five["lowest_percent"], five["total"]) == ("Outstanding", "80", "3")
    assert "too few" not in five["notes"]


def test_what_counts_in_too_few_cases_decides_nothing_and_no_stated_rating_takes_its_place(
    tmp_path: Path,
) -> None:
    rows = rated(
        tmp_path,
        HEADER
        + "A,2020,3.1,3.1.1,,9,1,,\nA,2020,3.1,3.1.2,,0,4,,\nA,2020,3.2,3.2.1,,1,1,,Requires improvement\n",
    )
    assert [(row["rating"], row["lowest_key_question"]) for row in rows] == [
        ("Outstanding", "3.1.1"),
        ("Not rated", ""),
    ]
    assert "3.1.2 (0 of 4)" in rows[0]["notes"]
    assert "the file states Requires improvement" in rows[1]["notes"]


HEADER = "service,year,standard,key_question,percent_yes,yes,no,not_applicable,standard_rating\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file: it is empty"),
        ("service,year\nA,2020\n", "the header: the column standard is missing"),
        ("service,year,standard,yes,yes\nA,2020,3.1,1,1\n", "the header: the column yes is there twice"),
        (HEADER, "the file: it has a header and no rows"),
        (HEADER + "A,20,3.1,,,,,,Good\n", "row 2, year: 20 is no year"),
        (HEADER + ",2020,3.1,,,,,,Good\n", "row 2, service: it is empty"),
        (HEADER + "A,2020,34,,,,,,Good\n", "row 2, standard: 34 is no standard of the framework of 2018"),
        (HEADER + "A,2021,R,,,,,,Good\n", "say which with --framework"),
        (HEADER + "A,2025,3.1,,,,,,Good\n", "2025, which has 1.1, 1.2, 1.3, 2.1, 2.2, 2.3, V1"),
        (HEADER + "A,2020,3.1,2.1.1,90,,,,\n", "row 2, key_question: 2.1.1 is no key question of 3.1, which"),
        (HEADER + "A,2020,3.1,2.1.1,,,,,Good\n", "row 2, key_question: 2.1.1 is no key question of 3.1"),
        (HEADER + "A,2020,3.4,3.4.3,90,,,,\n", "which has 3.4.1, 3.4.2"),
        (HEADER + "A,2023,3.4,3.4.1,90,,,,\n", "no key questions of 3.4 in the framework of 2021 are known"),
        (HEADER + "A,2020,1.1,1.1.1,90,,,,\n", "row 2, key_question: no key questions of 1.1"),
        (HEADER + "A,2020,3.1,3.1.1,101,,,,\n", "row 2, percent_yes: 101 does not lie between 0 and 100"),
        (HEADER + "A,2020,3.1,3.1.1,NaN,,,,\n", "row 2, percent_yes: NaN is no percentage"),
        (HEADER + "A,2020,3.1,3.1.1,-1,,,,\n", "row 2, percent_yes: -1 does not lie between 0 and 100"),
        (HEADER + "A,2020,3.1,3.1.1,1e-999999999,,,,\n", "row 2, percent_yes: 1e-999999999 is no percentage"),
        (HEADER + f"A,2020,3.1,{'3' * 201},90,,,,\n", "row 2, key_question: it is longer than 200"),
        (HEADER + "A,2020,3.1,3.1.1,90,0,0,4,\n", "0 yes and 0 no, which are no answers that count"),
        (HEADER + "A,2020,3.1,3.1.1,many,,,,\n", "row 2, percent_yes: many is no percentage"),
        (HEADER + "A,2020,3.1,3.1.1,,-1,3,,\n", "row 2, yes: -1 is no whole number"),
        (HEADER + "A,2020,3.1,3.1.1,,1,,,\n", "row 2, no: it is empty"),
        (HEADER + "A,2020,3.1,,,1,3,,\n", "row 2, key_question: there are answers"),
        (
            HEADER + "A,2020,3.1,3.1.1,90,1,3,,\n",
            "row 2, percent_yes: 90 does not follow from 1 yes and 3 no",
        ),
        (HEADER + "A,2020,3.1,,,,,,Fine\n", "row 2, standard_rating: Fine is none of"),
        (
            HEADER + "A,2020,3.1,,,,,,Good\nA,2020,3.1,,,,,,Inadequate\n",
            "row 3, standard_rating: an earlier row",
        ),
        (HEADER + "A,2020,3.1,3.1.1,50,,,,\nA,2020,3.1,3.1.1,60,,,,\n", "row 3, key_question: 3.1.1 stands"),
        (HEADER + "A,2020,3.1,3.1.1,50,,,,,more\n", "row 2: it has more cells than the header"),
        ("PK\x03\x04\0\0", "the file: it is no CSV"),
    ],
)
def test_a_bad_file_is_refused_with_row_column_and_reason(tmp_path: Path, text: str, says: str) -> None:
    result = run("ratings", str(written(tmp_path, text)))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert says in result.stderr


@pytest.mark.parametrize(("population", "printed"), [("33", "28"), ("56", "42"), ("0", "0")])
def test_the_size_of_a_sample_is_printed(population: str, printed: str) -> None:
    assert run("sample-size", population).stdout == f"{printed}\n"


def test_confidence_and_margin_are_per_cent() -> None:
    assert run("sample-size", "500", "--confidence", "95", "--margin", "3").stdout == "341\n"
    refused = run("sample-size", "500", "--confidence", "100")
    assert refused.exit_code == 1
    assert "between 0 and 100" in refused.stderr


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("--total 70", "28"),
        ("--total 70 --share 40", "28"),
        ("--total 70 --share 60", "42"),
        ("--total 5 --share 50", "3"),
        ("28 --total 70", "28"),
        ("27 --total 70", "27"),
        ("0 --total 70", "0"),
    ],
)
def test_of_a_fixed_total_the_part_out_of_court_is_printed_and_never_more_than_there_are(
    said: str, printed: str
) -> None:
    assert run("sample-size", *said.split()).stdout == f"{printed}\n"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("", "Give the POPULATION"),
        ("33 --share 40", "A share belongs to a fixed total"),
        ("--total 70 --confidence 80", "give one or the other"),
        ("--total 70 --margin 5", "give one or the other"),
        ("--total 0", "Invalid value for '--total'"),
        ("--total 70 --share 101", "Invalid value for '--share'"),
    ],
)
def test_a_size_that_is_asked_for_in_two_ways_or_none_is_refused(said: str, says: str) -> None:
    refused = run("sample-size", *said.split())
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert refused.stdout == ""
