"""Generated views beside a query written by hand: `target/venv/bin/python tests/conformance/benches/sql/run.py FOLDER ENGINE ROWS …`.

In: the folder that `prog build rooms.prog --target sql --out FOLDER` wrote, an engine (duckdb, postgresql, spark), numbers of rows. Out: a line
for each number of rows and question: seconds of both, the best of three, one after the other, and how many times the one by hand. Always:
both give the same answer, else nothing is said.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "drivers"))
import sql as engines  # noqa: E402

CITIES = ["harbin", "daqing", "mudanjiang", "jiamusi", "qiqihar", "jixi", "shuangyashan", "yichun", "qitaihe", "hegang", "heihe", "suihua"]
KINDS = ["town", "county", "school"]
FIELDS = ["city", "kind", "seats", "books", "area", "opened", "staffed", "hours", "readers"]
RUNS = 3


def rows(dialect, count):
    """Rows drawn from their number, about two in a hundred of each entry blank."""
    number = {"duckdb": f"range(1, {count} + 1) AS r (n)", "postgresql": f"generate_series(1, {count}) AS r (n)", "spark": f"range(1, {count} + 1)"}
    n = "id" if dialect == "spark" else "n"

    def drawn(salt, size):
        return f"((CAST({n} AS BIGINT) * {7919 + 2 * salt} + {salt * 104729}) % 1000003) % {size}"

    def one_of(values, salt):
        arms = " ".join(f"WHEN {i} THEN '{v}'" for i, v in enumerate(values))
        return f"CASE {drawn(salt, len(values))} {arms} END"

    def given(sql, salt):
        return f"CASE WHEN {drawn(salt + 50, 50)} <> 0 THEN {sql} END"

    day = {
        "duckdb": f"CAST(DATE '2015-01-01' + CAST({drawn(6, 4000)} AS INTEGER) AS DATE)",
        "postgresql": f"DATE '2015-01-01' + CAST({drawn(6, 4000)} AS INTEGER)",
        "spark": f"date_add(DATE '2015-01-01', CAST({drawn(6, 4000)} AS INT))",
    }[dialect]
    entries = [
        one_of(CITIES, 1), one_of(KINDS, 2), f"CAST({drawn(3, 300)} AS INTEGER)", f"CAST({drawn(4, 20000)} AS INTEGER)",
        f"CAST({drawn(5, 60000)} AS DECIMAL(9, 2)) / 100", day, f"{drawn(7, 10)} <> 0", f"CAST({drawn(8, 120)} AS INTEGER)",
        f"CAST({drawn(9, 5000)} AS INTEGER)",
    ]  # fmt: skip
    entries[4] = f"CAST({entries[4]} AS DECIMAL(9, 2))"
    columns = ", ".join(f"{given(sql, i)} AS {name}" for i, (sql, name) in enumerate(zip(entries, FIELDS)))
    return f"SELECT CAST({n} AS BIGINT) AS line, {columns} FROM {number[dialect]}"


def into_track(dialect, quoted):
    """The same rows in the form of the generated table."""
    day = {"duckdb": "strftime(opened, '%Y-%m-%d')", "postgresql": "to_char(opened, 'YYYY-MM-DD')", "spark": "CAST(opened AS STRING)"}[dialect]
    text = "STRING" if dialect == "spark" else "VARCHAR"
    read = {"area": "CAST(area * 100 AS BIGINT)", "opened": day}
    columns = ", ".join(f"{read.get(f, f)} AS {quoted('facts/' + f)}, CAST(NULL AS {text}) AS {quoted('facts/' + f + '!')}" for f in FIELDS)
    return f"SELECT line, CAST(line AS {text}) AS {quoted('case')}, FALSE AS withdrawn, {columns} FROM rooms"


def judged(test, when=None):
    met = f"WHEN {test} THEN 'met' WHEN NOT ({test}) THEN 'unmet' ELSE 'unknown' END"
    return f"CASE {met}" if when is None else f"CASE WHEN NOT ({when}) THEN 'not applicable' WHEN ({when}) IS NULL AND NOT ({test}) THEN 'unknown' {met}"


RULES = {
    "seated": judged("seats >= 30"),
    "stocked": judged("books >= 3000", "kind <> 'county'"),
    # No area is below zero: without seats any will do.
    "roomy": judged("area >= seats * 1.5 OR seats = 0"),
    "known": judged("opened <= DATE '2024-12-31'"),
    "attended": judged("staffed"),
    "open_long": judged("hours >= 40", "kind <> 'school'"),
    "dense": "CASE WHEN seats = 0 THEN 'unknown' WHEN books >= 10 * seats THEN 'met' WHEN books < 10 * seats THEN 'unmet' ELSE 'unknown' END",
    "lively": judged("COALESCE(readers, 0) >= 1000"),
    "fitting": judged("seats >= 100 OR books >= 10000 AND staffed"),
}


def results_by_hand(dialect):
    columns = ",\n  ".join(f"{sql} AS {rule}" for rule, sql in RULES.items())
    wide = f"SELECT line, {columns} FROM rooms"
    if dialect == "duckdb":
        return f"SELECT line, rule, result FROM ({wide}) UNPIVOT (result FOR rule IN ({', '.join(RULES)}))"
    pairs = [f"('{rule}', {rule})" for rule in RULES]
    if dialect == "spark":
        return f"SELECT line, stack({len(RULES)}, {', '.join(p.strip('()') for p in pairs)}) AS (rule, result) FROM ({wide})"
    return f"SELECT line, rule, result FROM ({wide}) AS r CROSS JOIN LATERAL (VALUES {', '.join(pairs)}) AS v (rule, result)"


TALLY = "SELECT rule, result, COUNT(*) FROM ({}) AS f GROUP BY rule, result ORDER BY rule, result"
LISTED = "SELECT COUNT(*), SUM(line), COUNT(DISTINCT rule) FROM (SELECT line, rule FROM ({}) AS f WHERE result IN ('unmet', 'unknown')) AS l"
ONE = "SELECT result, COUNT(*) FROM ({}) AS f GROUP BY result ORDER BY result"
# How many rooms surely and at most count in each city; every column has a name of its own, since rows come as objects.
CITY = """SELECT g.city, COUNT(CASE WHEN r.city = g.city AND kind <> 'school' THEN 1 END) AS least, COUNT(*) AS most
FROM (SELECT DISTINCT city FROM rooms WHERE city IS NOT NULL) AS g
JOIN rooms AS r ON (r.city = g.city OR r.city IS NULL) AND (kind <> 'school') IS NOT FALSE
GROUP BY g.city ORDER BY g.city"""


def questions(engine, dialect):
    ours = "SELECT line, rule, result FROM findings"
    hand = results_by_hand(dialect)
    roomy = engine.quoted("rule room.roomy")
    yield "results of 9 rules, counted", lambda: engine.rows(TALLY.format(ours)), lambda: engine.rows(TALLY.format(hand))
    yield "what is not met, listed", lambda: engine.rows(LISTED.format(ours)), lambda: engine.rows(LISTED.format(hand))
    one = f"SELECT result FROM {roomy}"
    yield "one rule, counted", lambda: engine.rows(ONE.format(one)), lambda: engine.rows(ONE.format(f"SELECT {RULES['roomy']} AS result FROM rooms"))

    def quota():
        engine.move(engine.steps)
        low, high, value, key = (engine.quoted(name) for name in ("low", "high", "value", "key"))
        found = engine.rows(f"SELECT {key}, COALESCE({low}, {value}) AS least, COALESCE({high}, {value}) AS most FROM quota_findings ORDER BY 1")
        return [(key.split('"')[3], low, high) for key, low, high in found]

    yield "a quota of 12 cities", quota, lambda: engine.rows(CITY)


def prepared(folder, dialect, programme="rooms"):
    engine = engines.ENGINES[dialect]()
    script = (pathlib.Path(folder) / f"{programme}/validators/sql/{dialect}.sql").read_text(encoding="utf-8")
    engine.script(script)
    loads, tables = engines.filled(script)
    at = next((place for place, load in enumerate(loads) if load.startswith("load cases ")), len(loads))
    engine.steps = list(zip(tables, loads))[at:]
    return engine, tables[1]


def fill(engine, dialect, track, count):
    if dialect == "spark":
        engine.session.sql("DROP TABLE IF EXISTS rooms")
        engine.session.sql(f"CREATE TABLE rooms USING parquet AS {rows(dialect, count)}")
        engine.session.sql(f"INSERT OVERWRITE TABLE {track} {into_track(dialect, engine.quoted)}")
        return
    engine.run("DROP TABLE IF EXISTS rooms")
    engine.run(f"CREATE TABLE rooms AS {rows(dialect, count)}")
    engine.run(f"DELETE FROM {track}")
    engine.run(f"INSERT INTO {track} {into_track(dialect, engine.quoted)}")
    engine.run("ANALYZE")


def measured(work):
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, [tuple(map(str, row)) for row in answer]


def main():
    folder, dialect, *counts = sys.argv[1:]
    engine, track = prepared(folder, dialect)
    for count in map(int, counts):
        fill(engine, dialect, track, count)
        for name, ours, hand in questions(engine, dialect):
            pairs = [(measured(ours), measured(hand)) for _ in range(RUNS)]
            same = all(a[1] == b[1] for a, b in pairs)
            if not same:
                raise SystemExit(f"{name}: not the same answer: {sorted(set(pairs[0][0][1]) ^ set(pairs[0][1][1]))[:6]}")
            mine, theirs = min(a[0] for a, _ in pairs), min(b[0] for _, b in pairs)
            print(f"{dialect:<11} {count:>9} rows  {name:<28} {mine:8.3f} s  by hand {theirs:8.3f} s  {mine / theirs:5.2f}", flush=True)


if __name__ == "__main__":
    main()
