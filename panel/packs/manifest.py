"""The manifest of the papers: each part with its SHA-256, and one digest over all: what the panel saw."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]
Entry = dict[str, Any]
# What other cases add to it: pinned with the rest, and no reason to publish the papers of this one again.
NOT_OF_THE_CASE = frozenset({"similar"})


def kept(value: Any) -> Any:
    """What JSON holds of a value, so that its digest is the same when it is read back."""
    return json.loads(json.dumps(value))


def sha256_of(value: Any) -> str:
    """SHA-256 over a value as JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def entry_of(part: Part) -> Entry:
    """One line of the manifest: what the part is, the digest of its words, and whether it is struck."""
    entry = {"key": part["key"], "title": part["title"], "sha256": sha256_of(part["rows"])}
    return entry | ({"struck": part["struck"]} if part.get("struck") else {})


def manifest_of(parts: Sequence[Part]) -> list[Entry]:
    """Every part in its order; a part that was struck out stays in it, with the digest of its words."""
    return [entry_of(part) for part in parts]


def digest_of(reference: str, manifest: Sequence[Entry]) -> str:
    """The digest over the whole."""
    return sha256_of({"case": reference, "parts": list(manifest)})


def differing(before: Sequence[Entry], after: Sequence[Entry]) -> list[str]:
    """The keys of the parts that were added, changed, left out, struck out or put back."""
    old, new = ({entry["key"]: entry for entry in manifest} for manifest in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    return [key for key in keys if _differs(key, old.get(key), new.get(key))]


def _differs(key: str, old: Entry | None, new: Entry | None) -> bool:
    if key in NOT_OF_THE_CASE:
        return _is_struck(old) is not _is_struck(new)
    return old != new


def _is_struck(entry: Entry | None) -> bool:
    return bool(entry and entry.get("struck"))


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> list[str]:
    """What differs, part by part, in plain words."""
    old, new = ({entry["key"]: entry for entry in manifest} for manifest in (before, after))
    return [_said(old.get(key), new.get(key)) for key in differing(before, after)]


def _said(old: Entry | None, new: Entry | None) -> str:
    if old is None or new is None:
        return (
            f"New: {new['title']}" if new is not None else f"No longer there: {old['title'] if old else ''}"
        )
    if _is_struck(old) is not _is_struck(new):
        return f"{'Struck out' if _is_struck(new) else 'Put back'}: {new['title']}"
    return f"Changed: {new['title']}"


def fits(reference: str, content: Mapping[str, Any], manifest: Sequence[Entry], digest: str) -> bool:
    """Whether the words still have the digests of the manifest, and the manifest its own."""
    try:
        known, parts = {entry["key"]: entry for entry in manifest}, content["parts"]
        shown = all(_fits(part, known[part["key"]]) for part in parts)
        whole = [part["key"] for part in parts] == list(known)
    except (KeyError, TypeError, AttributeError):
        return False  # so much was altered that it is no manifest any more
    return shown and whole and digest_of(reference, manifest) == digest


def _fits(part: Part, entry: Entry) -> bool:
    """Whether a part is what its line says; the words of a struck one are not here to be compared."""
    if part.get("struck"):
        return part["struck"] == entry.get("struck") and part["title"] == entry["title"] and not part["rows"]
    return entry_of(part) == entry
