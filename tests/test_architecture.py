"""The arrows of the house: who may import whom, and what the pure modules may not touch."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What a part of nianbao may import from nianbao. Later parts rest on earlier ones, never the reverse.
ALLOWED = {
    "errors": set(),
    "findings": set(),
    "numerals": set(),
    "identity": {"findings"},
    "instructions": set(),
    "settings": {"errors"},
    "forms": {"findings"},
    "dossier": {"errors", "findings", "forms"},
    "facts": {"dossier", "findings", "forms"},
    "notes": {"dossier", "identity", "instructions", "findings"},
    "narrative": {"dossier", "facts", "findings"},
    "checking": {"numerals", "facts", "dossier", "findings", "forms"},
    "rules": {"checking", "identity", "instructions", "numerals", "facts", "dossier", "findings", "forms"},
    "drafting": {
        "narrative",
        "facts",
        "notes",
        "dossier",
        "findings",
        "forms",
        "errors",
        "numerals",
        "identity",
        "settings",
    },
    "report": {"narrative", "facts", "dossier", "findings", "forms"},
    "workbook": {"findings", "forms"},
    "reading": {"settings", "workbook", "notes", "dossier", "forms", "findings", "errors", "numerals"},
    "documents": {"workbook", "report", "narrative", "facts", "dossier", "forms", "findings", "errors"},
    "review": {
        "documents",
        "report",
        "rules",
        "checking",
        "narrative",
        "facts",
        "dossier",
        "forms",
        "findings",
        "errors",
    },
}
PURE = (
    "errors",
    "findings",
    "forms",
    "dossier",
    "facts",
    "narrative",
    "numerals",
    "identity",
    "instructions",
    "notes",
    "checking",
    "rules",
    "report",
    "workbook",
)
EFFECTS = {
    "os",
    "pathlib",
    "socket",
    "time",
    "tempfile",
    "shutil",
    "subprocess",
    "requests",
    "urllib",
    "httpx",
    "httpx2",
    "openai",
    "random",
}
MODULES = sorted((ROOT / "nianbao").rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            if node.module == "nianbao":
                found |= {f"nianbao.{alias.name}" for alias in node.names}
    return found


def room(path: Path) -> str:
    return path.relative_to(ROOT / "nianbao").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_point_one_way(path):
    here = room(path)
    if here == "__init__":
        return
    allowed = ALLOWED[here] | {here}
    inside = {name.split(".")[1] for name in imports(path) if name.startswith("nianbao.")}
    assert inside <= allowed, f"{here} must not import {inside - allowed}"
    outside = {name.split(".")[0] for name in imports(path)}
    assert not outside & {"prefect", "flows", "tasks", "tests"}


CHECKING = {
    "language": {"language"},
    "known": {"language", "known"},
    "figures": {"language", "known", "figures"},
    "words": {"language", "known", "words"},
}


def test_the_rooms_of_the_checker_keep_apart():
    for here, allowed in CHECKING.items():
        for path in (ROOT / "nianbao" / "checking" / here).glob("*.py"):
            inside = {name.split(".")[2] for name in imports(path) if name.startswith("nianbao.checking.")}
            assert inside & set(CHECKING) <= allowed, path


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in PURE], ids=lambda p: str(p.relative_to(ROOT)))
def test_pure_modules_touch_no_file_network_or_clock(path):
    tops = {name.split(".")[0] for name in imports(path)}
    assert not tops & EFFECTS
    called = {
        n.func.id
        for n in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert "open" not in called


def test_tasks_know_prefect_and_nianbao_but_no_flow():
    for path in (ROOT / "tasks").glob("*.py"):
        assert not any(name.split(".")[0] == "flows" for name in imports(path)), path


def test_no_address_of_a_registry_or_path_of_a_machine():
    for name in ("requirements.lock", "Makefile", "pyproject.toml", ".ci/run", "prefect.yaml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        bare = text.replace("--no-emit-index-url", "").replace("--no-emit-find-links", "")
        assert "index-url" not in bare
        assert "find-links" not in bare
        assert "://" not in text or name == "prefect.yaml"
