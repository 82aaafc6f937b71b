"""Plan and outcome, for a person or as JSON.

told      what both say: rows, letters, events, calls
as_json   the same for programs; its shape has a version
as_text   the same for people: tables and what needs them
tables    these tables
story     what the log has of one invoice
explained why, and what next (asked: what each question saw; advice: what would change it)
foreseen  the days to come (foreseen_text: in the terminal; foreseen_page: as a web page)
receivables what is owed, sent and recovered (receivables_text, _json, _csv, _page: for whom)
recovered what a recovery has found
previewed letters as debtors would see them (mail: one taken apart again; letter_page: in frames)
page      the frame of reports as web pages; charts what is drawn on them
"""

from sheetsdun.report.as_json import to_json
from sheetsdun.report.as_text import print_report
from sheetsdun.report.told import Told, told

__all__ = ["Told", "print_report", "to_json", "told"]
