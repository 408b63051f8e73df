"""`prefect.yaml` deploys, its schedule is the year's, and a cron yields runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
import yaml

from tests.flows.conftest import ROOT


def test_no_schedule_names_the_invented_sample():
    scheduled = [
        one for one in yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"] if one["schedules"]
    ]
    assert scheduled
    assert not [one["name"] for one in scheduled if any("samples" in source for source in one["parameters"]["sources"])]


@pytest.mark.slow
def test_prefect_yaml_deploys_and_a_cron_yields_a_scheduled_run(runs, server, tmp_path):
    environment = os.environ | {"PREFECT_API_URL": server, "PREFECT_HOME": str(tmp_path), "NIANBAO_HOME": str(tmp_path)}
    prefect = [sys.executable, "-m", "prefect", "--no-prompt"]
    for arguments in (["work-pool", "create", "nianbao", "--type", "process"], ["deploy", "--all"]):
        done = subprocess.run([*prefect, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    deployment = runs.client.read_deployment_by_name("annual-report/year-end")
    schedule = deployment.schedules[0].schedule
    assert (schedule.cron, schedule.timezone) == ("0 9 5 1 *", "Asia/Shanghai")
    assert deployment.entrypoint == "flows.annual_report.annual_report"
    assert not deployment.pull_steps
    assert runs.client.read_deployment_by_name("annual-report/on-demand").schedules == []
    explained = {
        key: value["description"][:2] for key, value in deployment.parameter_openapi_schema["properties"].items()
    }
    assert explained == {"sources": "资料", "out": "存放", "review": "是否", "password_block": "密码"}

    assert deployment.parameters == {"sources": [], "out": "reports"}
    run = runs.client.create_flow_run_from_deployment(deployment.id, name="到时启动").id
    state = runs.advance(run)
    assert state.name == "Failed"
    assert "没有写明资料" in state.message
    assert "sources" in state.message
    assert "没有写明资料" in runs.client.read_flow_run(run).name

    soon = runs.flow.to_deployment("soon", cron="*/30 * * * *", parameters={"sources": ["x"]}).apply()
    for _ in range(60):
        waiting = [run for run in runs.client.read_flow_runs() if run.deployment_id == soon and run.auto_scheduled]
        if waiting:
            return
        time.sleep(0.5)
    pytest.fail("the scheduler created no run: check the versions of fastapi and sqlalchemy")
