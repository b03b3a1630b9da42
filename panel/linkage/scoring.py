"""The weight of every pair that shares a key, by splink on DuckDB, with the shipped m and u values."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from panel.linkage.levels import LEVELS, SHAPE, UNKNOWN, rows
from panel.linkage.people import Person

FILE = Path(__file__).parents[2] / "config" / "linkage.toml"
# The fewest records of which one may be the other: a short list does not make a likeness a likelihood.
FEWEST = 5_000

Weights = Mapping[str, Mapping[str, Mapping[str, float]]]


@cache
def shipped() -> dict[str, Any]:
    """The figures of `config/linkage.toml`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def settings(weights: Weights, *, most: int) -> dict[str, Any]:
    """What splink is told: the levels, their m and u values, and that pairs are found by their keys."""
    return {
        "link_type": "link_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": 1 / max(most, FEWEST),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.keys = r.keys", "sql_dialect": "duckdb", "arrays_to_explode": ["keys"]}
        ],
        "comparisons": [_comparison(name, weights[name]) for name in LEVELS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(name: str, figures: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    levels = []
    for level in LEVELS[name]:
        made: dict[str, Any] = {"sql_condition": level.when, "label_for_charts": level.name}
        if level.name == UNKNOWN:
            made["is_null_level"] = True
        else:
            made |= {"m_probability": figures[level.name]["m"], "u_probability": figures[level.name]["u"]}
        levels.append(made)
    return {"output_column_name": name, "comparison_levels": levels}


def scored(
    left: list[Person],
    right: list[Person],
    keys: tuple[list[frozenset[str]], list[frozenset[str]]],
    weights: Weights,
    *,
    at_least: float | None = None,
) -> Iterator[tuple[int, int, float, dict[str, str]]]:
    """Each pair with a key in common: its places, its weight in bits, the level of each comparison."""
    import duckdb
    from splink import DuckDBAPI, Linker

    memory = duckdb.connect(":memory:")
    database = DuckDBAPI(memory)
    for name, people, own in (("a", left, keys[0]), ("b", right, keys[1])):
        memory.execute(
            f"CREATE TABLE list_{name} AS SELECT unnest(from_json(?::JSON, ?), recursive := true)",
            [rows(people, own), SHAPE],
        )
    tables = [database.register(f"list_{name}", dataset_display_name=name) for name in "ab"]
    linker = Linker(
        tables, settings(weights, most=max(len(left), len(right))), log_level=None, validate_settings=False
    )
    found = linker.inference.predict(threshold_match_weight=at_least)
    columns = ["row_l", "row_r", "match_weight", *(f"gamma_{name}" for name in LEVELS)]
    scores = memory.execute(f"select {', '.join(columns)} from {found.physical_name}")  # noqa: S608
    while batch := scores.fetchmany(20_000):
        for mine, theirs, weight, *gammas in batch:
            yield mine, theirs, weight, {n: _name(n, g) for n, g in zip(LEVELS, gammas, strict=True)}


def _name(comparison: str, gamma: int) -> str:
    said = [level.name for level in LEVELS[comparison] if level.name != UNKNOWN]
    return UNKNOWN if gamma == -1 else said[len(said) - 1 - gamma]
