"""Step 1: the sources into one dossier."""

from __future__ import annotations

from pathlib import Path

from prefect import State, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed

from nianbao.dossier import Dossier
from nianbao.errors import UnusableInput
from nianbao.reading import read
from tasks.database import database_settings


# Never cached: reading costs little, and a corrected source (or the last year's dossier it names) must be seen.
@task(task_run_name="读取资料", cache_policy=NO_CACHE, persist_result=True, result_serializer="json")
def collect(sources: list[str], password_block: str = "") -> Dossier | State[Dossier]:
    """Read the sources. What cannot be used is a failed state, its mistakes stand in the log line by line, and no
    traceback with them: nothing is wrong with the program.
    """
    try:
        return read([Path(source) for source in sources], database=database_settings(password_block))
    except UnusableInput as broken:
        get_run_logger().error(f"资料不能使用：\n{broken}")
        more = len(broken.mistakes) - 1
        return Failed(message=f"{broken.mistakes[0]}" + (f"（另有 {more} 处，见日志）" if more else ""), data=broken)
