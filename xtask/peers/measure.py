"""What the programs of DuckDB and polars do alike: each form on role after role, timed, its lists written down."""

import time


def measure(kinds, forms, data, answers, top, seconds):
    """Runs `form(data, role, top)` on the roles of each kind, and begins none after so many seconds."""
    for kind, roles in kinds:
        for form in forms:
            rows, done = [], 0
            begun, cpu = time.monotonic(), time.process_time()
            for role in roles:
                if time.monotonic() - begun > seconds:
                    break
                rows += form(data, role, top)
                done += 1
            cpu = time.process_time() - cpu
            text = "".join(",".join(map(str, row)) + "\n" for row in rows)
            (answers / f"{kind}-{form.__name__}.csv").write_text(text)
            print("measured", kind, form.__name__, done, int(cpu * 1e6), flush=True)
