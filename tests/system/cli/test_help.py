"""What a newcomer reads first, and how soon."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from sheetsdun.cli import cli


@pytest.mark.parametrize("command", ["init", "login", "setup", "doctor"])
def test_help_has_an_example(command):
    told = CliRunner().invoke(cli, [command, "--help"])
    assert told.exit_code == 0
    assert "Example" in told.output
    assert f"  sheetsdun {command}" in told.output


def test_commands_load_what_they_need_when_they_run():
    code = (
        "import sys, sheetsdun.cli.init, sheetsdun.cli.login, sheetsdun.cli.setup, sheetsdun.cli.doctor;"
        "print(sorted({'pydantic', 'gspread', 'google', 'jinja2', 'babel', 'holidays'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["setup"], ["login"], ["doctor"]])
def test_a_missing_config_is_one_sentence_and_a_way_out(arguments, tmp_path):
    command = [sys.executable, "-m", "sheetsdun", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "There is no sheetsdun.toml." in answer.stdout + answer.stderr
    assert "sheetsdun init" in answer.stdout + answer.stderr
