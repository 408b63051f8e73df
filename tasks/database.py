"""A database's password as a Prefect server knows it: from the Secret block that a deployment names."""

from __future__ import annotations

from prefect.blocks.system import Secret
from pydantic import SecretStr

from nianbao.errors import UnusableInput
from nianbao.settings import DatabaseSettings


def database_settings(block: str) -> DatabaseSettings:
    """The settings of the environment; a password that it lacks comes from the Secret block, where one is named.

    Only its name is ever an input of a task or a flow: inputs are kept and shown.
    """
    settings = DatabaseSettings()
    if not block or settings.password.get_secret_value():
        return settings
    try:
        held = str(Secret.load(block, _sync=True).get() or "")
    except ValueError:  # there is none of this name
        held = ""
    if not held:
        raise UnusableInput("Prefect 服务上没有这个名称的 Secret 块，或者块中没有内容，请核对密码块的名称", block)
    return settings.model_copy(update={"password": SecretStr(held)})
