"""The flow on the Prefect server that PREFECT_API_URL names, without its log lines in the user's terminal."""

from __future__ import annotations

import os
from pathlib import Path

from nianbao.errors import UnusableInput


def make_report(sources: list[Path], out: Path) -> Path:
    """The edition's folder, by a run that the UI shows."""
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")  # the server keeps the log lines
    import httpx
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.annual_report import annual_report

    try:
        # Heartbeats tell a server that a run of hours is alive; their thread would hold up one of seconds at its end.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            state = annual_report([str(path) for path in sources], str(out), return_state=True)
    except (httpx.TransportError, RuntimeError) as broken:
        if isinstance(broken, RuntimeError) and "Failed to reach API" not in str(broken):
            raise
        raise UnusableInput(
            "连不上 Prefect 服务，请检查服务是否启动，或取消环境变量 PREFECT_API_URL 后在本机直接运行",
            os.environ.get("PREFECT_API_URL", ""),
        ) from None
    if not state.is_completed():
        raise UnusableInput(state.message or "运行没有完成，详情见 Prefect 页面")
    return Path(str(state.result()))
