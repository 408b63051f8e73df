"""What the two READMEs promise: commands and make targets that exist, and the output that a run really prints."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.zh-CN.md"]
SAMPLE = "data/samples/qingshi-shuiwuju-2025.yaml"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def main(*arguments: str) -> subprocess.CompletedProcess:
    code = "from flows.command import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60
    )


@pytest.mark.parametrize("name", READMES)
def test_every_command_it_names_exists_and_none_is_left_out(name):
    from flows.command import app

    named = set(re.findall(r"`nianbao ([a-z]+)", text(name)))
    assert named == {command for command in app if not command.startswith("-")}


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_it_names_exists(name):
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    assert set(re.findall(r"make ([a-z]+)`", text(name))) <= targets


@pytest.mark.parametrize("name", READMES)
def test_its_first_screen_shows_what_the_run_really_prints(name, tmp_path):
    shown = re.search(r"```console\n\$ make report\n(.*?)```", text(name), re.S)
    printed = main("run", SAMPLE, "--out", str(tmp_path)).stdout.replace(str(tmp_path), "reports")
    assert shown
    setting_up, *lines = shown[1].splitlines()
    assert setting_up.replace(".venv", "$(VENV)") in text("Makefile")
    assert [line.rstrip() for line in lines] == [line.rstrip() for line in printed.splitlines()]


def test_both_readmes_hold_the_same_commands():
    console = [re.findall(r"^\$ ([a-z -]+)", text(name), re.M) for name in READMES]
    assert console[0] == console[1]


def test_links_lead_to_files():
    for name in READMES:
        for target in re.findall(r"\]\(([^)#:]+)\)", text(name)):
            assert (ROOT / target).exists(), target
