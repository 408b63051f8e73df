"""The model's settings: from the environment and `.env`, and refused in one sentence that repeats no value."""

import re
from pathlib import Path

import pytest

from nianbao.errors import UnusableInput
from nianbao.settings import DatabaseSettings, ModelSettings

EXAMPLE = (Path(__file__).resolve().parent.parent / ".env.example").read_text(encoding="utf-8")
VARIABLES = {str(field.validation_alias) for field in ModelSettings.model_fields.values()}

GOOD = {
    "OPENAI_BASE_URL": ("http://10.0.0.1:8000/v1/", "base_url", "http://10.0.0.1:8000/v1"),
    "NIANBAO_MODEL": (" qwen3-32b ", "model", "qwen3-32b"),
    "NIANBAO_MODEL_POLICY": ("public", "policy", "public"),
    "NIANBAO_MODEL_HOSTS": ("Model.Office., 59.1.2.3 ,", "hosts", ("model.office", "59.1.2.3")),
    "NIANBAO_MODEL_MODE": ("plain", "mode", "plain"),
    "NIANBAO_MODEL_EXTRA_BODY": (
        '{"thinking": {"type": "disabled"}}',
        "extra_body",
        {"thinking": {"type": "disabled"}},
    ),
    "NIANBAO_MODEL_DEADLINE": ("12.5", "deadline", 12.5),
    "NIANBAO_MODEL_MAX_TOKENS": ("800", "max_tokens", 800),
    "NIANBAO_MODEL_TEMPERATURE": ("0", "temperature", 0),
    "NIANBAO_MODEL_RETRIES": ("0", "retries", 0),
    "NIANBAO_MODEL_LIMIT": ("8", "limit", 8),
}
BAD = {
    "OPENAI_BASE_URL": ["10.0.0.1:8000", "http://name:s3cret-value@h/v1", "ftp://h/v1", "http://h/v1?key=s3cret-value"],
    "OPENAI_API_KEY": ["密钥s3cret-value", "s3cret-value\nX-Other: 1", "s3cret-value 2"],
    "NIANBAO_MODEL_POLICY": ["s3cret-value", "PUBLIC"],
    "NIANBAO_MODEL_HOSTS": ["http://h", "h:8000", "db:8000", "a b", "模型.政务", "user@h"],
    "NIANBAO_MODEL_MODE": ["tools"],
    "NIANBAO_MODEL_EXTRA_BODY": ["{", "[]", "1", '{"model": "s3cret-value"}', '{"stream": true}', '{"a": NaN}'],
    "NIANBAO_MODEL_DEADLINE": ["0", "-1", "nan", "inf", "3601", "s3cret-value"],
    "NIANBAO_MODEL_MAX_TOKENS": ["0", "1.5", "s3cret-value"],
    "NIANBAO_MODEL_TEMPERATURE": ["-0.1", "2.1", "nan"],
    "NIANBAO_MODEL_RETRIES": ["-1", "11"],
    "NIANBAO_MODEL_LIMIT": ["0", "65"],
    "NIANBAO_MODEL_PROXY": ["socks5://h", "h:3128", "http://u:s3cret-value@h/ x"],
    "NIANBAO_MODEL_CA": ["/s3cret-value/ca.pem"],
}


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    for name in (*VARIABLES, "NIANBAO_DATABASE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_means_no_model():
    nothing = ModelSettings()
    assert not nothing.configured
    assert (nothing.policy, nothing.mode, nothing.deadline, nothing.max_tokens) == ("local_only", "auto", 180, 3000)
    assert (nothing.temperature, nothing.retries, nothing.limit, nothing.proxy) == (0.2, 2, 3, None)


@pytest.mark.parametrize(("name", "written", "field", "read"), [(n, *row) for n, row in GOOD.items()])
def test_each_variable_is_read_from_the_environment_and_from_dotenv(monkeypatch, name, written, field, read):
    monkeypatch.setenv(name, written)
    assert getattr(ModelSettings(), field) == read
    monkeypatch.delenv(name)
    Path(".env").write_text(f"{name}='{written}'\nPREFECT_API_URL=x\n", encoding="utf-8")
    assert getattr(ModelSettings(), field) == read


@pytest.mark.parametrize(("name", "written"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_bad_value_is_one_sentence_that_names_the_variable_and_not_the_value(monkeypatch, name, written):
    monkeypatch.setenv(name, written)
    with pytest.raises(UnusableInput) as caught:
        ModelSettings()
    assert name in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__context__ is None  # pydantic's own error holds the value
    assert "\u4e00" <= str(caught.value)[0] <= "\u9fff"


def test_all_bad_values_are_told_at_once(monkeypatch):
    monkeypatch.setenv("NIANBAO_MODEL_LIMIT", "0")
    monkeypatch.setenv("NIANBAO_MODEL_MODE", "x")
    with pytest.raises(UnusableInput, match=r"MODE.*LIMIT"):
        ModelSettings()


def test_a_dotenv_in_another_encoding_is_told():
    Path(".env").write_bytes("NIANBAO_MODEL=通义".encode("gbk"))
    with pytest.raises(UnusableInput, match="UTF-8"):
        ModelSettings()


def test_an_empty_value_is_none(monkeypatch):
    monkeypatch.setenv("NIANBAO_MODEL_DEADLINE", "")
    assert ModelSettings().deadline == 180


def test_the_whole_address_of_the_call_is_cut_to_what_is_wanted():
    assert ModelSettings(base_url="http://h:1/v1/chat/completions").base_url == "http://h:1/v1"


def test_secrets_are_not_shown(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", " sk-s3cret-value\n")
    monkeypatch.setenv("NIANBAO_MODEL_PROXY", "http://u:s3cret-value@h:1")
    read = ModelSettings()
    assert read.api_key.get_secret_value() == "sk-s3cret-value"
    assert "s3cret" not in f"{read!r} {read} {read.model_dump()} {read.model_dump_json()}"


def test_the_password_of_a_database_is_read_and_not_shown(monkeypatch):
    assert DatabaseSettings().password.get_secret_value() == ""
    Path(".env").write_text("NIANBAO_DATABASE_PASSWORD=密 s3cret-value\n", encoding="utf-8")
    read = DatabaseSettings()
    assert read.password.get_secret_value() == "密 s3cret-value"
    assert "s3cret" not in f"{read!r} {read} {read.model_dump()} {read.model_dump_json()}"
    assert "# NIANBAO_DATABASE_PASSWORD=\n" in EXAMPLE


def test_every_variable_is_in_the_example_with_its_default():
    shown = dict(re.findall(r"^# ((?:OPENAI|NIANBAO_MODEL)\w*)=(.*)$", EXAMPLE, re.M))
    assert set(shown) == VARIABLES
    for name in ("POLICY", "MODE", "DEADLINE", "MAX_TOKENS", "TEMPERATURE", "RETRIES", "LIMIT"):
        default = ModelSettings.model_fields[name.lower()].default
        assert shown[f"NIANBAO_MODEL_{name}"] == f"{default:g}" if isinstance(default, float) else str(default)
