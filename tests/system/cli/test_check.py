"""`sheetsdun check`: all that can be checked without Google."""

import json

import pytest
from click.testing import CliRunner

from sheetsdun.cli import cli
from sheetsdun.config import render

HOLDS = '\n[[expect]]\ndays_past_due = 20\nlevel = "firm"\n'
FAILS = '\n[[expect]]\ndays_past_due = 30\nlevel = "firm"\n'


@pytest.fixture
def check(tmp_path):
    """Run it on a config; the exit code and what was printed."""

    def run(more="", *arguments):
        file = tmp_path / "sheetsdun.toml"
        file.write_text(render("sheet-1", "ar@example.com", sender="Accounts") + more, encoding="utf-8")
        told = CliRunner().invoke(cli, ["check", "--config", str(file), *arguments])
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
        return told.exit_code, told.output

    return run


def test_it_says_what_it_has_checked(check):
    code, told = check(HOLDS)
    assert code == 0
    for said in ("has no mistakes", "The next sending day", "It holds.", "are well"):
        assert said in told


def test_an_expectation_that_fails_is_told_with_its_line(check):
    code, told = check(FAILS + HOLDS)
    assert code == 2
    assert "1 of 2 do not hold" in told
    assert "the last level sent is “final”, not “firm”" in told
    assert "sheetsdun.toml, line " in told


def test_a_policy_that_only_the_sheet_can_have_is_left_to_plan_and_sync(check):
    code, told = check('\n[[expect]]\ndays_past_due = 20\npolicy = "gentle"\nlevel = "soft"\n')
    assert code == 0
    assert "cannot be tried here: the config has no policy “gentle”" in told


def test_mistakes_of_the_file(check):
    code, told = check("\n[limits]\nmax_leters = 3\n")
    assert code == 2
    assert "did you mean max_letters?" in told


def test_for_programs(check):
    code, told = check(FAILS, "--output", "json")
    report = json.loads(told)
    assert (code, report["ok"]) == (2, False)
    (wrong,) = [each for each in report["checks"] if each["result"] == "problem"]
    assert wrong["check"] == "expectations"
    assert len(wrong["details"]) == 1
