"""Developer metadata: created with a chosen or a drawn id, updated, deleted, within Google's limits."""

from __future__ import annotations

from dataclasses import replace

from sheetsdun.sandbox.sheets import filters, resource
from sheetsdun.sandbox.sheets.book import Book, Metadata
from sheetsdun.sandbox.sheets.edit import Edit, new_id
from sheetsdun.sandbox.sheets.errors import invalid, required
from sheetsdun.sandbox.sheets.masks import known, update_mask
from sheetsdun.sandbox.wire import Json

MAX_CHARACTERS = 30_000
_FIELDS = frozenset({"metadataId", "metadataKey", "metadataValue", "location", "visibility"})


def _create(edit: Edit, body: Json) -> Json:
    asked = required(body, "developerMetadata")
    book = edit.book
    identity = asked.get("metadataId")
    if identity is None:
        identity = new_id(book.metadata)
    elif identity < 1:
        raise invalid(f"developerMetadata.metadataId must be positive: {identity}")
    if identity in book.metadata:
        raise invalid(f"A developer metadata entry with ID {identity} already exists.")
    location = required(asked, "location")
    if location.get("locationType") is not None:
        raise invalid("developerMetadata.location.locationType is read-only and must not be set.")
    entry = _checked(
        Metadata(
            identity,
            asked.get("metadataKey") or "",
            asked.get("metadataValue") or "",
            asked.get("visibility") or "",
            filters.place_of(book, location),
        )
    )
    book.metadata[identity] = entry
    _check_room(book, entry)
    return {"developerMetadata": resource.shown_metadata(entry)}


def _update(edit: Edit, body: Json) -> Json:
    new = required(body, "developerMetadata")
    mask = known(update_mask(body), _FIELDS)
    names = set(mask or _FIELDS & new.keys())
    if "metadataId" in names:
        raise invalid("developerMetadata.metadataId cannot be changed.")
    out = []
    for entry, _ in filters.matching_metadata(edit.book, _filters(body.get("dataFilters"))):
        changed = _changed(edit.book, entry, new, names)
        edit.book.metadata[entry.metadata_id] = changed
        _check_room(edit.book, changed)
        out.append(resource.shown_metadata(changed))
    return {"developerMetadata": out} if out else {}


def _changed(book: Book, entry: Metadata, new: Json, names: set[str]) -> Metadata:
    out = entry
    if "metadataKey" in names:
        out = replace(out, key=new.get("metadataKey") or "")
    if "metadataValue" in names:
        out = replace(out, value=new.get("metadataValue") or "")
    if "visibility" in names:
        out = replace(out, visibility=new.get("visibility") or "")
    if "location" in names:
        out = replace(out, place=filters.place_of(book, required(new, "location")))
    return _checked(out)


def _delete(edit: Edit, body: Json) -> Json:
    chosen = filters.matching_metadata(edit.book, _filters([required(body, "dataFilter")]))
    for entry, _ in chosen:
        del edit.book.metadata[entry.metadata_id]
    if not chosen:
        return {}
    return {"deletedDeveloperMetadata": [resource.shown_metadata(entry) for entry, _ in chosen]}


def _filters(asked: list[Json] | None) -> list[Json]:
    if not asked:
        raise invalid("Must specify at least one data filter.")
    return asked


def _checked(entry: Metadata) -> Metadata:
    if not entry.key:
        raise invalid("Developer metadata must have a metadataKey.")
    if entry.visibility not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must have a visibility.")
    return entry


def _check_room(book: Book, entry: Metadata) -> None:
    """Hold the limit of the spreadsheet, or of the sheet that the entry is on."""
    where = entry.place.sheet_id
    held = sum(len(e.key) + len(e.value) for e in book.metadata.values() if e.place.sheet_id == where)
    if held > MAX_CHARACTERS:
        kind = "spreadsheet" if where is None else "sheet"
        raise invalid(f"Developer metadata of a {kind} cannot exceed {MAX_CHARACTERS} characters.")


REQUESTS = {
    "createDeveloperMetadata": _create,
    "updateDeveloperMetadata": _update,
    "deleteDeveloperMetadata": _delete,
}
