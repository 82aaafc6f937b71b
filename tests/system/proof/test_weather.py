"""A network that repeats, delays and loses whatever it carries, at many calls of one run, while people work."""

from __future__ import annotations

import random

import pytest
import requests
from embedded.line import (
    Everywhere,
    Happening,
    Line,
    Send,
    Weather,
    repeated,
    repeated_behind,
    repeated_late,
    repeated_soon,
)
from embedded.morning import Morning
from embedded.people import IN_THE_SHEET, Act
from embedded.shop import Shop
from tally import Tally

LATER = {"hours": 2}


def later(shop: Shop, line: Line) -> list[str]:
    """What is still under way arrives between two of three clean runs; what was not right with them."""
    troubles = []
    for _ in range(3):
        shop.google.pass_time(**LATER)
        if (end := shop.sync(take_over=True)).outcome is None:
            troubles.append(str(end))
        line.land()
    shop.google.pass_time(**LATER)
    shop.sync(take_over=True)  # sweeps what has arrived last
    shop.google.pass_time(**LATER)
    return troubles if shop.idle() else [*troubles, "The last run was not idle."]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("happening", [repeated, repeated_behind, repeated_soon, repeated_late])
def test_every_request_arrives_twice(morning: Morning, happening: Happening, figures: Tally) -> None:
    shop = morning.again()
    line = Everywhere(happening)
    end = shop.sync(line)
    troubles = later(shop, line)
    figures["runs whose every request arrived twice"] += 1
    figures.wrong(wrong := morning.wrong(figures))
    assert not wrong, (wrong, end)
    assert not troubles, end


def acting(shop: Shop, act: Act) -> Happening:
    """Somebody acts right before a call."""

    def happen(_line: Line, request: requests.PreparedRequest, send: Send) -> requests.Response:
        act.do(shop)
        return send(request)

    return happen


@pytest.mark.timeout(3600)
def test_a_run_in_bad_weather(morning: Morning, soak: float, figures: Tally) -> None:
    found = {}
    for seed in range(round(400 * soak) or 6):
        chance = random.Random(seed)
        shop = morning.again()
        name = chance.choice([*IN_THE_SHEET])
        act = IN_THE_SHEET[name]
        line = Weather(chance, [] if act.moves_columns else [acting(shop, act)])
        end = shop.sync(line)
        second = Weather(chance)
        shop.google.pass_time(minutes=chance.choice([1, 5, 45]))
        again = shop.sync(second, take_over=True)
        line.late += second.late
        troubles = later(shop, line)
        wrong = morning.wrong(figures, but=act.mine)
        figures["runs in bad weather"] += 2
        figures.wrong(wrong)
        if wrong or troubles:
            found[seed, name, str(end), str(again)] = wrong, troubles
    assert not found
