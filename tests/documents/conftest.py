"""The fixture of all document tests."""

from __future__ import annotations

import pytest

from nianbao.report import Report
from tests.documents.sample_reports import DOCUMENT_EDITIONS, report_of


@pytest.fixture(params=DOCUMENT_EDITIONS)
def report(request: pytest.FixtureRequest) -> Report:
    """The same checks on both editions."""
    return report_of(request.param)
