"""Ledgers in a database: the queries of a small YAML file are asked, read-only, and counted as sheets are.

    kind: database
    url: postgresql+psycopg://reader@10.0.0.5/oa      # or sqlite:///台账.db, from the folder of this file
    year: 2025                                        # optional: the report's year
    timeout: 600                                      # optional: seconds for one query
    query: SELECT received AS 收到日期, … FROM applications ORDER BY id
    # or several: queries: {申请: SELECT …, 案件: SELECT …}

The password never stands here, it comes from NIANBAO_DATABASE_PASSWORD (or from libpq's own password file).
"""

from nianbao.reading.databases._description import Description, load_description
from nianbao.reading.databases._read import read_database
from nianbao.reading.databases._sqlite import what_to_write

__all__ = ["Description", "load_description", "read_database", "what_to_write"]
