"""Dates as Sheets keeps them: days since 30 December 1899, the time of day as a fraction."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_SECONDS_A_DAY = 86_400
_FIRST = -693_593  # 1 January of the year 1
_LAST = 2_958_465  # 31 December 9999


def to_serial(when: dt.datetime) -> float:
    """The serial number of a wall-clock instant; its time zone is not looked at."""
    return (when.replace(tzinfo=dt.UTC) - _EPOCH) / dt.timedelta(days=1)


def day_serial(day: dt.date) -> int:
    """The serial number of a day: 2 for 1 January 1900."""
    return day.toordinal() - _EPOCH.toordinal()


def from_serial(serial: float) -> dt.datetime | None:
    """The wall-clock instant of a serial number to the millisecond; None outside the years 1 to 9999."""
    if not _FIRST <= serial <= _LAST:
        return None
    milliseconds = round(serial * _SECONDS_A_DAY * 1000)
    return (_EPOCH + dt.timedelta(milliseconds=milliseconds)).replace(tzinfo=None)
