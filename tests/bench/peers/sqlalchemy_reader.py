"""Reads everything that SQLAlchemy's get_multi_* functions tell of a database, keeps it, and
prints what that took: seconds of the clock and of the processor, and MiB at the peak."""

import json
import resource
import sys
import time

from sqlalchemy import create_engine, inspect

url, *schemas = sys.argv[1:]


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


began, before = time.perf_counter(), used()
inspector = inspect(create_engine(url))
kept = []
for schema in schemas or [None]:
    kept += [
        inspector.get_multi_columns(schema=schema),
        inspector.get_multi_pk_constraint(schema=schema),
        inspector.get_multi_foreign_keys(schema=schema),
        inspector.get_multi_indexes(schema=schema),
        inspector.get_multi_unique_constraints(schema=schema),
        inspector.get_multi_check_constraints(schema=schema),
        inspector.get_multi_table_options(schema=schema),
    ]
    if inspector.dialect.supports_comments:
        kept.append(inspector.get_multi_table_comment(schema=schema))
print(
    json.dumps(
        {
            "wall": time.perf_counter() - began,
            "cpu": used() - before,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "tables": sum(len(part) for part in kept[:: len(kept) // len(schemas or [None])]),
        }
    )
)
