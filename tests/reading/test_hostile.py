"""Broken and hostile files: read or refused in bounded memory and time, in one sentence, and never believed wrongly."""

import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao.documents import render_docx, render_pdf
from nianbao.errors import UnusableInput
from nianbao.reading import read
from tests.reading import hostile, markup
from tests.reading.test_wild_reports import EDITIONS, page, printed, silent, wrong

KNOWN = hostile.known()
MOST_SECONDS = 10
MEMORY = """
import resource, sys
from pathlib import Path
from nianbao.errors import NianbaoError
from nianbao.reading import read
try:
    read([Path(sys.argv[1])])
except NianbaoError as refused:
    print(refused)
own, children = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(max(own, children))
"""


@pytest.mark.parametrize("name", KNOWN)
def test_each_kind_is_refused_with_one_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(KNOWN[name])
    begun = time.perf_counter()
    with pytest.raises(UnusableInput) as refused:
        read([path])
    assert time.perf_counter() - begun < MOST_SECONDS
    assert "\n" not in str(refused.value)
    assert re.search(r"[一-龥]{4}", refused.value.message)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["压缩炸弹.docx", "压缩炸弹.pdf", "双层炸弹.pdf", "空行.html", "深.html", "多段.html"])
def test_memory_is_bounded(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(KNOWN[name])
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert int(done.stdout.split()[-1]) < 1_600, done.stdout


def sources(edition: str) -> dict[str, bytes]:
    return {
        "a.docx": render_docx(printed(edition)),
        "a.pdf": render_pdf(printed(edition)),
        "a.html": page(edition).encode(),
        "b.html": page(edition).replace("utf-8", "gb2312").encode("gb18030"),
    }


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("CI"), reason="1,000 files take over a minute; set CI=1 to read them")
def test_a_thousand_files(tmp_path):
    """No error but a refusal, and no wrong cell without a word; bounded in time for each."""
    draw, files = random.Random(20260131), {edition: sources(edition) for edition in EDITIONS}
    counts, believed, said = 0, list[str](), list[str]()
    for number in range(1000):
        edition = draw.choice(EDITIONS)
        name = draw.choices(["markup", "a.docx", "a.pdf", "a.html", "b.html"], [5, 2, 1, 2, 1])[0]
        if name == "markup":
            text = page(edition)
            for change in markup.draw_changes(draw):
                text = change(text, draw)
            raw = text.encode()
        else:
            raw = hostile.mutated(files[edition][name], draw)
        path = tmp_path / ("年报" + draw.choice([".html", ".docx", ".pdf", ""]))
        path.write_bytes(raw or b"x")
        begun = time.perf_counter()
        try:
            dossier = read([path])
        except UnusableInput as refused:
            said.append(str(refused))
        else:
            counts += 1
            if name in ("markup", "a.docx", "a.pdf") and (wrong(dossier, edition) or silent(dossier, edition)):
                believed.append(f"{number} {name} {list(wrong(dossier, edition).items())[:3]}")
        assert time.perf_counter() - begun < MOST_SECONDS, (number, name)
        path.unlink()
    assert believed == []
    assert not [sentence for sentence in said if "\n" in sentence]
    assert counts > 300
    assert len(said) > 100
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_600_000
