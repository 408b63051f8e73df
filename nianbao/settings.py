"""The settings of the model endpoint and of databases, from the environment and from `.env` in the current directory.

Nothing is set by default: without `OPENAI_BASE_URL` and `NIANBAO_MODEL` the offline drafter writes everything.
A value that cannot be used becomes one `UnusableInput` that names its variable and never repeats the value.
"""

from __future__ import annotations

import json
import re
from ipaddress import IPv6Address
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, FilePath, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict, SettingsError

from nianbao.errors import UnusableInput

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<login>[^/?#\s]*@)?(?:\[(?P<six>[0-9a-f:.]+(?:%25[\w.-]+)?)\]|(?P<host>[a-z0-9_.-]+))"
    r"(?::(?P<port>\d{1,5}))?(?P<path>/[\w.~!$&'()*+,;=:%/-]*)?",
    re.IGNORECASE | re.ASCII,
)
# These are the client's own; a server's extras are added beside them.
_OURS = frozenset({"model", "messages", "response_format", "stream", "n"})
_EXPECTED = {
    "OPENAI_BASE_URL": "应当是模型服务的地址，形如 http://10.1.2.3:8000/v1，不带用户名、密码、问号和井号",
    "OPENAI_API_KEY": "只能由英文字母、数字和英文符号组成，中间没有空格",
    "NIANBAO_MODEL_POLICY": "应当是 local_only（只用本机和内网的模型）或 public（可以用外部的模型）",
    "NIANBAO_MODEL_HOSTS": "应当是主机名，不带 http:// 和端口，几个之间用英文逗号隔开",
    "NIANBAO_MODEL_MODE": "应当是 auto、json_schema、json_object、plain 之一",
    "NIANBAO_MODEL_EXTRA_BODY": "应当是一个 JSON 对象，且不含 " + "、".join(sorted(_OURS)),
    "NIANBAO_MODEL_DEADLINE": "应当是大于 0、不超过 3600 的秒数",
    "NIANBAO_MODEL_MAX_TOKENS": "应当是大于 0 的整数",
    "NIANBAO_MODEL_TEMPERATURE": "应当是 0 到 2 之间的数",
    "NIANBAO_MODEL_RETRIES": "应当是 0 到 10 之间的整数",
    "NIANBAO_MODEL_LIMIT": "应当是 1 到 64 之间的整数",
    "NIANBAO_MODEL_PROXY": "应当是代理的地址，形如 http://10.1.2.3:3128",
    "NIANBAO_MODEL_CA": "应当是一个存在的证书文件（PEM）",
}


def host_of(url: str, *, login: bool = False) -> str:
    """The host of an address, in lower case and without a trailing dot; `ValueError` unless it is a plain http(s) URL.

    The grammar is narrower than the standard's, so that no two readers of one address can see two hosts in it.
    """
    found = _URL.fullmatch(url)
    if not found or int(found["port"] or 80) > 65535 or (found["login"] and not login):
        raise ValueError("not a plain http(s) URL")
    if found["six"]:
        IPv6Address(found["six"].partition("%")[0])  # ValueError too
        return found["six"].lower()
    return found["host"].lower().removesuffix(".")


def _hosts(value: Any) -> Any:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _object(value: Any) -> Any:
    return json.loads(value, parse_constant=_no_number) if isinstance(value, str) else value


class _Settings(BaseSettings):
    """What all of them do alike."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )

    def __init__(self, **values: Any) -> None:
        # Raised outside the handler: an exception's context would carry the values, and one of them is a secret.
        wrong: UnusableInput | None = None
        try:
            super().__init__(**values)
        except ValidationError as error:
            wrong = self._unusable(error)
        except (SettingsError, UnicodeDecodeError):
            wrong = UnusableInput("读不出来，请存为 UTF-8 编码", ".env")
        if wrong:
            raise wrong

    @classmethod
    def _unusable(cls, error: ValidationError) -> UnusableInput:
        names = {name: str(field.validation_alias) for name, field in cls.model_fields.items()}
        places = [str(detail["loc"][0]) if detail["loc"] else "" for detail in error.errors(include_input=False)]
        variables = dict.fromkeys(names.get(place, place) for place in places)
        wrong = "；".join(f"{name} {_EXPECTED.get(name, '应当是一段文字')}" for name in variables)
        return UnusableInput(f"{wrong}。现在的值不能用，请改正环境变量或 .env", cls._place)

    _place: ClassVar[str]


class DatabaseSettings(_Settings):
    """What a database is entered with; where it is and what is asked of it stands in a file of the office."""

    _place: ClassVar[str] = "数据库设置"

    password: SecretStr = Field(default=SecretStr(""), validation_alias="NIANBAO_DATABASE_PASSWORD")


class ModelSettings(_Settings):
    """Where the model is and how it is asked; see `.env.example` for each variable."""

    _place: ClassVar[str] = "模型设置"

    base_url: str = Field("", validation_alias="OPENAI_BASE_URL")
    api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY")
    model: str = Field("", validation_alias="NIANBAO_MODEL")
    policy: Literal["local_only", "public"] = Field("local_only", validation_alias="NIANBAO_MODEL_POLICY")
    hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)] = Field(
        (), validation_alias="NIANBAO_MODEL_HOSTS"
    )
    mode: Literal["auto", "json_schema", "json_object", "plain"] = Field("auto", validation_alias="NIANBAO_MODEL_MODE")
    extra_body: Annotated[dict[str, Any], NoDecode, BeforeValidator(_object)] = Field(
        {}, validation_alias="NIANBAO_MODEL_EXTRA_BODY"
    )
    deadline: float = Field(180, gt=0, le=3600, validation_alias="NIANBAO_MODEL_DEADLINE")
    max_tokens: int = Field(3000, gt=0, validation_alias="NIANBAO_MODEL_MAX_TOKENS")
    temperature: float = Field(0.2, ge=0, le=2, validation_alias="NIANBAO_MODEL_TEMPERATURE")
    retries: int = Field(2, ge=0, le=10, validation_alias="NIANBAO_MODEL_RETRIES")
    limit: int = Field(3, ge=1, le=64, validation_alias="NIANBAO_MODEL_LIMIT")
    proxy: SecretStr | None = Field(None, validation_alias="NIANBAO_MODEL_PROXY")
    ca_file: FilePath | None = Field(None, validation_alias="NIANBAO_MODEL_CA")

    @property
    def configured(self) -> bool:
        """Whether there is a model to ask at all."""
        return bool(self.base_url and self.model)

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, url: str) -> str:
        # Vendors' pages often show the whole address of the call; what is wanted is the part before it.
        url = url.rstrip("/").removesuffix("/chat/completions")
        if url:
            host_of(url)
        return url

    @field_validator("proxy")
    @classmethod
    def _plain_proxy(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy:
            host_of(proxy.get_secret_value(), login=True)
        return proxy

    @field_validator("api_key")
    @classmethod
    def _sendable(cls, key: SecretStr) -> SecretStr:
        # A sign that no header can hold would come back inside an exception of the HTTP library, with the key.
        plain = key.get_secret_value().strip()
        if not re.fullmatch(r"[!-~]*", plain):
            raise ValueError("not a header value")
        return SecretStr(plain)

    @field_validator("hosts")
    @classmethod
    def _bare_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host_of(f"http://[{host.strip('[]')}]" if ":" in host else f"http://{host}") for host in hosts)

    @field_validator("extra_body")
    @classmethod
    def _only_extras(cls, extra: dict[str, Any]) -> dict[str, Any]:
        if _OURS & extra.keys():
            raise ValueError("reserved")
        return extra
