"""Step 1: the sources into one dossier."""

from __future__ import annotations

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from nianbao.dossier import Dossier
from nianbao.reading import read


# Never cached: reading costs little, and a corrected source (or the last year's dossier it names) must be seen.
@task(task_run_name="读取资料", cache_policy=NO_CACHE, persist_result=True, result_serializer="json")
def collect(sources: list[str]) -> Dossier:
    """Read the sources; what cannot be used stops the run with one sentence."""
    return read([Path(source) for source in sources])
