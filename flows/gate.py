"""The review gate: ask, wait (for days, without a process), act on the answer; again until it is published."""

from __future__ import annotations

from prefect import runtime
from prefect.client.orchestration import get_client
from prefect.flow_runs import suspend_flow_run

from nianbao.errors import ReviewError
from tasks.publish import publish_edition
from tasks.review import Review, open_round, return_edition

ROUNDS = 50


def review_and_publish(folder: str, subject: str) -> str:
    """The folder of the published documents.

    Every round is about one digest, fixed by `open_round` and part of the key its answer is kept under. So
    a run that is resumed twice or retried by hand replays each answer for the text it was given for, and
    `publish` refuses where the text on disk is no longer that one.
    """
    run_id, note = str(runtime.flow_run.id), ""
    for number in range(1, ROUNDS + 1):
        asked = open_round(run_id, number, folder, note)
        form = Review.with_initial_data(description=asked.description)
        rename_run(f"{subject}报告（待审阅，第{number}轮）")
        answer = suspend_flow_run(wait_for_input=form, key=asked.key)
        given = (run_id, number, folder, asked.digest, answer.reviewer, answer.comment)
        if answer.decision == "退回":
            note = return_edition(*given)
            continue
        outcome = publish_edition(*given)
        if outcome.folder:
            rename_run(f"{subject}报告（已公开）")
            return outcome.folder
        note = outcome.reason
    raise ReviewError(f"已审阅{ROUNDS}轮仍未公开，请线下商定后重新运行")


def rename_run(name: str) -> None:
    """The list of runs should show the unit, the year and what the run waits for."""
    with get_client(sync_client=True) as client:
        client.set_flow_run_name(runtime.flow_run.id, name)
