"""`make ui`: Prefect's server and pages on this machine only, the sample run in it, and the review gate to try.

Everything works without a network: the server sends no usage figures and shows no promotions, and nothing listens
but loopback. (Prefect's page asks amplitude.com for a configuration before it has read that setting; unanswered, it
goes on.)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

from flows.places import home

SAMPLE = "data/samples/qingshi-shuiwuju-2025.yaml"
OFFLINE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_RUNNER_POLL_FREQUENCY": "2",
    "NO_PROXY": "127.0.0.1,localhost",
}


def main() -> None:
    """Start, run the sample once, wait for Ctrl-C, stop what was started."""
    port = os.environ.get("NIANBAO_UI_PORT", "4200")
    address = f"http://127.0.0.1:{port}"
    state = home() / "reports" / ".prefect"
    environment = {"PREFECT_HOME": str(state)} | os.environ | OFFLINE | {"PREFECT_API_URL": f"{address}/api"}
    state.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started: list[subprocess.Popen[bytes]] = []
    try:
        print("正在启动 Prefect 服务和页面，约需十秒…", flush=True)
        with (state / "server.log").open("ab") as log:
            started.append(
                _start(["prefect", "server", "start", "--host", "127.0.0.1", "--port", port], environment, log)
            )
            _await(f"{address}/api/health", started[0], state / "server.log")
            started.append(_start(["flows.ui", "serve"], environment, log))
        _print_where(address)
        while all(process.poll() is None for process in started):
            time.sleep(0.5)
        sys.exit(f"服务意外停止，原因见 {state / 'server.log'}")
    except KeyboardInterrupt:
        print("\n已停止。")
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(timeout=20)


def serve() -> None:
    """Serve the on-demand deployment from this machine and start it once with the sample."""
    import prefect
    from prefect.deployments import run_deployment
    from prefect.deployments.runner import RunnerDeployment
    from prefect.types.entrypoint import EntrypointType

    from flows.annual_report import annual_report

    deployment = annual_report.to_deployment(
        "on-demand",
        parameters={"sources": [SAMPLE], "out": "reports"},
        description="随时编制一个单位的年报，送审后等待审阅人填写结论。",
        tags=["年报", "随时"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)
    deployment.apply()
    run_deployment("annual-report/on-demand", timeout=0)
    prefect.serve(deployment, pause_on_shutdown=False, print_starting_message=False)


def _start(module: list[str], environment: dict[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *module]
    return subprocess.Popen(command, env=environment, cwd=home(), stdout=log, stderr=log, start_new_session=True)


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; its first start makes the database."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with opener.open(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.3)
    sys.exit(f"Prefect 服务没有启动成功（端口可能被占用，可设 NIANBAO_UI_PORT 换一个），原因见 {log}")


def _print_where(address: str) -> None:
    print(f"Prefect 页面：{address}")
    print("样例正在运行，约半分钟后停在审阅一步：")
    print(f"  1. 打开 {address}，点左边的 Runs，再点开“青石县水务局…”这一条")
    print("  2. 在 Artifacts 中看草稿（draft）和核对结果（findings）")
    print("  3. 点右上角“⋮”中的 Resume，填写结论、审阅人和意见")
    print("按 Ctrl-C 停止。", flush=True)


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
