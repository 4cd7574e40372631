"""PostgreSQL writes its tables anew, so that deleted rows leave its files. See `rewrite_tables`."""

import logging
from typing import Any

from sqlalchemy import Engine

logger = logging.getLogger(__name__)
PATIENCE_S = 5
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
COLUMNS = (
    "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'text' AND table_name = %s"
)


def rewrite_tables(engine: Engine) -> bool:
    """Every table, and what the planner remembers of its values; False when somebody reads on."""
    raw = engine.raw_connection()
    driver: Any = raw.driver_connection
    driver.autocommit = True
    try:
        cursor = raw.cursor()
        cursor.execute(f"SET lock_timeout = '{PATIENCE_S}s'")
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
            _forget_values(cursor, table)
        cursor.execute("RESET lock_timeout")
    except engine.dialect.loaded_dbapi.Error as error:  # the next time does it
        logger.warning("tables were not written anew: %s", _code(error))
        raw.invalidate()
        return False
    finally:
        driver.autocommit = False
        raw.close()
    return True


def _code(error: Exception) -> object:
    """PostgreSQL's own code of an error; its message could quote a value."""
    told = error.args[0] if error.args else None
    return told.get("C") if isinstance(told, dict) else type(error).__name__


def _forget_values(cursor: Any, table: str) -> None:
    """Of a table that became empty the planner keeps old values; a change of type drops them."""
    # The name is that of one of our own tables.
    cursor.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT 1) AS found')  # nosec B608
    if cursor.fetchone()[0]:
        return
    cursor.execute(COLUMNS, (table,))
    for (column,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text')
