"""LibreOffice opens the Word document and prints all of it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nianbao.documents import render_docx
from nianbao.documents.content import content
from nianbao.report import Report
from tests.documents.readback import pdf_text


@pytest.mark.slow
def test_libreoffice_prints_every_line(tmp_path: Path, report: Report) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "report.docx"
    source.write_bytes(render_docx(report))
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    printed = pdf_text((tmp_path / "report.pdf").read_bytes())
    printed = re.sub(r"—[0-9]+—", "", printed)
    lines = [line.text for part in content(report).parts for line in part.lines]
    for text in (*report.dossier.title, *(s.heading for s in report.form.sections), *lines):
        assert re.sub(r"\s", "", text) in printed
