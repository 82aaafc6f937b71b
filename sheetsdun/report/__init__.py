"""Plan and outcome, for a person or as JSON.

told      what both say: rows, letters, events, calls
as_json   the same for programs; its shape has a version
as_text   the same for people: a table and what needs them
"""

from sheetsdun.report.as_json import to_json
from sheetsdun.report.as_text import print_report
from sheetsdun.report.told import Told, told

__all__ = ["Told", "print_report", "to_json", "told"]
