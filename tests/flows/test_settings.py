"""`.env.example` says what is true: who reads which variable, and how they are set."""

import os
import re
import subprocess

from tests.flows.conftest import ROOT, SAMPLES
from tests.flows.test_command import nianbao

EXAMPLE = ROOT / ".env.example"


def named():
    return set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.M))


def test_it_names_every_variable_of_ours_and_none_that_nobody_reads():
    from prefect.settings import get_current_settings

    code = "".join(
        path.read_text("utf-8") for room in ("flows", "tasks", "nianbao") for path in (ROOT / room).rglob("*.py")
    )
    ours = set(re.findall(r"NIANBAO_[A-Z_]+", code))
    assert ours == {name for name in named() if name.startswith("NIANBAO_")}
    known = {"PREFECT_API_URL", *get_current_settings().to_environment_variables()}
    assert {name for name in named() if name.startswith("PREFECT_")} <= known


def test_the_line_that_sets_them_works(tmp_path):
    (line,) = re.findall(r"^#     (cp .*)$", EXAMPLE.read_text("utf-8"), re.M)
    (tmp_path / ".env.example").write_text(EXAMPLE.read_text("utf-8") + "NIANBAO_HOME=/srv/nianbao\n", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name not in named()}
    script = line + " && env"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert {"NIANBAO_HOME=/srv/nianbao", "DO_NOT_TRACK=1"} <= set(done.stdout.splitlines())


def test_the_command_reads_no_env_file(tmp_path):
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://127.0.0.1:9/api\n", encoding="utf-8")
    done = nianbao("run", SAMPLES / "xiaohe-zhen-2025.yaml", "--out", tmp_path / "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
