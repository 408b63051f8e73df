"""The steps of a run as Prefect tasks, one file per step.

A task is a thin shell: its name in the UI, its cache key, its retries and its artifacts. What it does is
`nianbao`'s. `plain` and `show` know nothing of Prefect: the command uses them without a server.
"""
