"""Generated selections beside queries written by hand: `target/venv/bin/python tests/conformance/benches/sql/rank.py FOLDER ENGINE ROWS …`.

In: the folder that `prog build halls.prog --target sql --out FOLDER` wrote, an engine (duckdb, postgresql), numbers of rows. Out: a line for each
number of rows and selection: seconds by the clock and by the processor, the best of three, one after the other; then with one entry in five
thousand blank, which no query by hand answers. Always: where everything is known both give the same answer, else nothing is said. What is asked
is how many fare how, with the sum of their ranks; nothing is filled beforehand but the table of the track.
"""

import os
import pathlib
import sys
import time

import run

CITY = "PARTITION BY city"
# By hand: the plain window query over a typed table, for data of which everything is known.
HAND = {
    "best": """SELECT line, rank, CASE WHEN upto <= 100000 THEN 'selected' ELSE 'not selected' END AS result FROM (
  SELECT line, RANK() OVER w AS rank, COUNT(*) OVER w AS upto FROM halls WINDOW w AS (ORDER BY points DESC, prize DESC)) AS r""",
    "shortlist": """SELECT line, rank, CASE WHEN rank <= 20000 THEN 'selected' ELSE 'not selected' END AS result FROM (
  SELECT line, RANK() OVER w AS rank FROM halls WHERE prize WINDOW w AS (PARTITION BY city ORDER BY points DESC, opened)) AS r""",
    "waiting": """SELECT line, rank, CASE WHEN upto <= 20000 THEN 'selected' WHEN upto - taken <= 1000 THEN 'waiting' ELSE 'not selected' END AS result FROM (
  SELECT *, COUNT(CASE WHEN upto <= 20000 THEN 1 END) OVER (PARTITION BY city) AS taken FROM (
    SELECT line, city, RANK() OVER w AS rank, COUNT(*) OVER w AS upto FROM halls WINDOW w AS (PARTITION BY city ORDER BY points DESC, prize DESC, opened)) AS r) AS t""",
    "funded": """SELECT line, rank, CASE WHEN spent <= 50000000 THEN 'selected' ELSE 'not selected' END AS result FROM (
  SELECT line, RANK() OVER w AS rank, SUM(asked) OVER w AS spent FROM halls WINDOW w AS (ORDER BY points DESC, prize DESC)) AS r""",
}
TALLY = "SELECT result, COUNT(*), SUM(rank) FROM ({}) AS f GROUP BY result ORDER BY result"


def rows(dialect, count, blank):
    """Rows drawn from their number; one entry in `blank` is not there."""
    source = {"duckdb": f"range(1, {count} + 1) AS r (n)", "postgresql": f"generate_series(1, {count}) AS r (n)"}[dialect]

    def drawn(salt, size):
        return f"((CAST(n AS BIGINT) * {7919 + 2 * salt} + {salt * 104729}) % 1000003) % {size}"

    arms = " ".join(f"WHEN {i} THEN '{city}'" for i, city in enumerate(run.CITIES))
    entries = {
        "city": f"CASE {drawn(1, 12)} {arms} END", "points": f"CAST({drawn(2, 100001)} AS BIGINT)", "prize": f"{drawn(3, 10)} <> 0",
        "opened": f"CAST(DATE '2015-01-01' + CAST({drawn(4, 4000)} AS INTEGER) AS DATE)", "asked": f"CAST({drawn(5, 1000)} AS BIGINT)",
    }  # fmt: skip

    def given(salt, sql):
        return f"CASE WHEN {drawn(salt + 50, blank)} <> 0 THEN {sql} END" if blank else sql

    columns = ", ".join(f"{given(salt, sql)} AS {name}" for salt, (name, sql) in enumerate(entries.items()))
    return f"SELECT CAST(n AS BIGINT) AS line, {columns} FROM {source}"


def fill(engine, dialect, track, count, blank):
    engine.run("DROP TABLE IF EXISTS halls")
    engine.run(f"CREATE TABLE halls AS {rows(dialect, count, blank)}")
    day = {"duckdb": "strftime(opened, '%Y-%m-%d')", "postgresql": "to_char(opened, 'YYYY-MM-DD')"}[dialect]
    names = ["city", "points", "prize", "opened", "asked"]
    columns = ", ".join(f"{engine.quoted('facts/' + name)}" for name in names)
    values = ", ".join(day if name == "opened" else name for name in names)
    engine.run(f"DELETE FROM {track}")
    engine.run(f"INSERT INTO {track} (line, {engine.quoted('case')}, withdrawn, {columns}) SELECT line, CAST(line AS VARCHAR), FALSE, {values} FROM halls")
    engine.run("ANALYZE")


def processor(engine, dialect):
    """Seconds of processor time of whoever works."""
    if dialect == "duckdb":
        return time.process_time()
    fields = pathlib.Path(f"/proc/{engine.backend}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(engine, dialect, query):
    started, worked = time.perf_counter(), processor(engine, dialect)
    answer = [tuple(map(str, row)) for row in engine.rows(query)]
    return time.perf_counter() - started, processor(engine, dialect) - worked, answer


def best(runs):
    return min(r[0] for r in runs), min(r[1] for r in runs)


def main():
    folder, dialect, *counts = sys.argv[1:]
    engine, track = run.prepared(folder, dialect, "halls")
    if dialect == "postgresql":
        engine.run("SET work_mem = '512MB'")
        # One process: what it takes can then be read.
        engine.run("SET max_parallel_workers_per_gather = 0")
        engine.backend = engine.rows("SELECT pg_backend_pid()")[0][0]
    for count in map(int, counts):
        for blank in (0, 5000):
            fill(engine, dialect, track, count, blank)
            for name, hand in HAND.items():
                ours = TALLY.format(f"SELECT * FROM {engine.quoted('select ' + name)}")
                pairs = [(measured(engine, dialect, ours), None if blank else measured(engine, dialect, TALLY.format(hand))) for _ in range(run.RUNS)]
                (clock, worked), told = best([a for a, _ in pairs]), f"{dialect:<11} {count:>9} rows  {name:<10}"
                if blank:
                    results = ", ".join(f"{row[1]} {row[0]}" for row in pairs[0][0][2])
                    print(f"{told} some blank  {clock:7.3f} s, processor {worked:7.3f} s  ({results})", flush=True)
                    continue
                if any(a[2] != b[2] for a, b in pairs):
                    raise SystemExit(f"{name}: not the same answer: {pairs[0][0][2]} {pairs[0][1][2]}")
                by_clock, by_work = best([b for _, b in pairs])
                print(f"{told} all known   {clock:7.3f} s, processor {worked:7.3f} s  by hand {by_clock:7.3f} s, {by_work:7.3f} s  {worked / by_work:5.2f}", flush=True)


if __name__ == "__main__":
    main()
