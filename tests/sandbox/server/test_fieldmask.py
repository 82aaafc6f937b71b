"""The ``fields`` parameter."""

import pytest

from sheetsdun.sandbox import fieldmask

ANSWER = {
    "id": "1",
    "sheets": [
        {"properties": {"sheetId": 0, "title": "A"}, "data": [{"rowData": [{"values": [{"note": "n"}]}]}]},
        {"properties": {"sheetId": 1, "title": "B"}},
    ],
}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("id", {"id": "1"}),
        ("*", ANSWER),
        (
            "sheets/properties/title",
            {"sheets": [{"properties": {"title": "A"}}, {"properties": {"title": "B"}}]},
        ),
        (
            "sheets.properties.title",
            {"sheets": [{"properties": {"title": "A"}}, {"properties": {"title": "B"}}]},
        ),
        (
            "id,sheets(properties(sheetId),data/rowData/values(note))",
            {
                "id": "1",
                "sheets": [
                    {
                        "properties": {"sheetId": 0},
                        "data": [{"rowData": [{"values": [{"note": "n"}]}]}],
                    },
                    {"properties": {"sheetId": 1}},
                ],
            },
        ),
        ("sheets(*)", {"sheets": ANSWER["sheets"]}),
        (
            "sheets/*/title",
            {"sheets": [{"properties": {"title": "A"}, "data": [{}]}, {"properties": {"title": "B"}}]},
        ),
        (
            "sheets.properties.title,sheets.properties.sheetId",
            {
                "sheets": [
                    {"properties": {"sheetId": 0, "title": "A"}},
                    {"properties": {"sheetId": 1, "title": "B"}},
                ]
            },
        ),
        ("sheets,sheets.properties.title", {"sheets": ANSWER["sheets"]}),
        ("sheets.properties.title,sheets", {"sheets": ANSWER["sheets"]}),
        ("other", {}),
    ],
)
def test_a_mask_keeps_what_it_names(text, kept):
    assert fieldmask.apply(fieldmask.parse(text), ANSWER) == kept


@pytest.mark.parametrize("text", ["", ",", "a,", "a(", "a)", "a()", "a b", "(a)", "a//b", "a(b", "a;b"])
def test_a_broken_mask_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the server's sentence is made by its caller
        fieldmask.parse(text)


def test_answers_are_masked_over_http(client, stub):
    stub.answers["sheets.spreadsheets.get"] = {
        "spreadsheetId": "ID",
        "properties": {"title": "T", "locale": "en"},
    }
    answer = client.get("/v4/spreadsheets/ID?fields=properties.title")
    assert answer.json() == {"properties": {"title": "T"}}
