"""Runs generated SQL in an engine and compares its rows with those of the reference.

In: the dialect as argument; a line of JSON for each programme {"name", "script", "tracks", "quotas"}, then for each part of what is asked
{"requests": file}. Out: a line of JSON each with what was counted and what differs. Always: a programme's script is run once.
"""
import atexit
import collections
import functools
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time


class DuckDb:
    def __init__(self):
        import duckdb

        self.module = duckdb
        self.connection = None

    def script(self, text):
        self.connection = self.module.connect()
        self.connection.execute(text)

    def run(self, sql):
        self.connection.execute(sql)

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()

    def fill(self, lines):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            file.writelines(json.dumps({"line": line, "text": text}) + "\n" for line, text in lines)
            file.flush()
            self.run("DELETE FROM cases")
            if lines:
                columns = "columns = {line: 'BIGINT', text: 'VARCHAR'}, format = 'newline_delimited', maximum_object_size = 100000000"
                self.run(f"INSERT INTO cases SELECT line, text FROM read_json('{file.name}', {columns})")

    def set(self, values):
        self.run("UPDATE settings SET " + ", ".join(f"{self.quoted(name)} = {literal(value)}" for name, value in values.items()))

    def move(self, tables):
        """From the lines into the tables."""
        for table, load in tables:
            self.run(f"DELETE FROM {table}")
            self.run(f"INSERT INTO {table} SELECT * FROM {self.quoted(load)}")

    def quoted(self, name):
        return '"' + name.replace('"', '""') + '"'


class Sqlite(DuckDb):
    def __init__(self):
        import sqlite3

        self.module = sqlite3

    def script(self, text):
        self.connection = self.module.connect(":memory:", isolation_level=None)
        self.connection.executescript(text)

    def fill(self, lines):
        self.run("DELETE FROM cases")
        self.connection.executemany("INSERT INTO cases VALUES (?, ?)", lines)


class Postgresql(DuckDb):
    """Through one psql, so that no driver is needed; on a server of its own, in a folder of its own."""

    END = "@@end of answer@@"

    def __init__(self):
        self.server = Server()
        command = ["psql", "-h", self.server.folder, "-U", "prog", "-d", "postgres", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"]
        self.faults = open(f"{self.server.folder}/faults", "w+", encoding="utf-8")
        self.psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.faults, encoding="utf-8")

    def script(self, text):
        self.run("SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.run(text.rstrip().removesuffix(";"))

    def run(self, sql):
        return self.answer(sql + ";\n")

    def answer(self, text):
        self.psql.stdin.write(f"{text}\\echo {self.END}\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line.rstrip("\n") == self.END:
                return lines
            lines.append(line)
        self.faults.seek(0)
        raise RuntimeError(self.faults.read()[:2000])

    def rows(self, sql):
        return [tuple(json.loads(line).values()) for line in self.run(f"SELECT row_to_json(t) FROM ({sql}) AS t") if line.strip()]

    def fill(self, lines):
        escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
        rows = "".join(f"{line}\t{text.translate(escapes)}\n" for line, text in lines)
        self.answer(f"TRUNCATE cases;\nCOPY cases FROM STDIN;\n{rows}\\.\nANALYZE cases;\n")

    def move(self, tables):
        super().move(tables)
        self.run("ANALYZE")


class Server:
    """A server on a socket in a temporary folder, run by a user who is not root, gone when the run ends."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="prog-sql-")
        os.chmod(self.folder, 0o777)
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.control = [f"{binaries}/pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w"]
        self.run([f"{binaries}/initdb", "-D", f"{self.folder}/data", "-U", "prog", "-A", "trust", "-E", "UTF8", "--locale=C"])
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c jit=off -c work_mem=64MB -c shared_buffers=256MB"
        self.run(self.control + ["-o", options, "start"])
        atexit.register(self.stop)

    def run(self, command):
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] + command
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.run(self.control + ["-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


class Spark(DuckDb):
    """In one process, with a warehouse in a temporary folder."""

    def __init__(self):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "3g")
        # Each plan is made once and run over little: compiling Java thoroughly costs more than it saves.
        builder = builder.config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        self.folder = tempfile.mkdtemp(prefix="prog-spark-")
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        builder = builder.config("spark.sql.warehouse.dir", self.folder)
        # Wide views over a few thousand rows: compiling them, and planning them anew while they run, would take longest of all.
        for name in ("spark.sql.adaptive.enabled", "spark.sql.codegen.wholeStage", "spark.ui.showConsoleProgress"):
            builder = builder.config(name, "false")
        builder = builder.config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        self.lines = f"{self.folder}-lines.json"
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def script(self, text):
        for table in self.session.catalog.listTables():
            self.session.sql(f"DROP {'VIEW' if table.isTemporary else 'TABLE'} IF EXISTS `{table.name}`")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.fill([])
        for statement in statements(text):
            self.session.sql(statement)

    def set(self, values):
        names = ", ".join(self.quoted(name) for name in values)
        row = ", ".join(literal(value) for value in values.values())
        self.session.sql(f"INSERT OVERWRITE TABLE settings ({names}) VALUES ({row})")

    def rows(self, sql):
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def fill(self, lines):
        with open(self.lines, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"line": line, "text": text}) + "\n" for line, text in lines)
        self.session.read.schema("line BIGINT, text STRING").json(self.lines).createOrReplaceTempView("cases")

    def move(self, tables):
        for table, load in tables:
            self.session.sql(f"INSERT OVERWRITE TABLE {table} SELECT * FROM {self.quoted(load)}")

    def quoted(self, name):
        return "`" + name + "`"


ENGINES = {"duckdb": DuckDb, "postgresql": Postgresql, "spark": Spark, "sqlite": Sqlite}


def literal(value):
    if value is None:
        return "NULL"
    return str(value).upper() if isinstance(value, bool) else f"'{value}'"


def statements(text):
    """The statements of a script whose statements end at a line's end."""
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [part for part in "\n".join(lines).split(";\n") if part.strip(" \n;")]


def filled(script):
    """The views that tables are filled from, and those tables, in the order of the file."""
    loads = re.findall(r'VIEW ["`](load .*?)["`] AS', script)
    tables = re.findall(r'^CREATE TABLE (".*?"|\w+) \(', script, re.MULTILINE)
    constant = ("cases", "settings", "shape", "rules", "messages")
    return loads, [table for table in tables if table not in constant]


@functools.lru_cache(maxsize=None)
def compact(text):
    """JSON without blanks."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def load(engine, tables, lines, settings, closed):
    """Fills these tables from these lines under these settings."""
    engine.fill(lines)
    engine.set({"closed": closed, **settings})
    engine.move(tables)


def differing_cases(engine, programme, ways):
    """Which lines are refused with another code, or have other rows: all are laid into the tables once, then judged one way after another."""
    requests = [request for way in ways for request in way]
    # PostgreSQL holds no text with U+0000 in it, so no such line reaches it.
    lines = [(number + 1, request["text"]) for number, request in enumerate(requests) if "\x00" not in request["text"]]
    load(engine, programme["of_cases"], lines, requests[0]["settings"], False)
    refused = dict(engine.rows("SELECT line, code FROM rejected"))
    found, last = collections.defaultdict(list), 0
    for way in ways:
        first, last = last + 1, last + len(way)
        engine.set({"closed": False, **way[0]["settings"]})
        own = f"WHERE line BETWEEN {first} AND {last}"
        for line, rule, result, clause, path, needs in engine.rows(f"SELECT line, rule, result, clause, path, needs FROM findings {own}"):
            found[line].append("\t".join((rule, result, compact(clause), path, compact(needs))))
        if programme["items"]:
            for line, rule, result, path, needs in engine.rows(f"SELECT line, rule, result, path, needs FROM item_findings {own}"):
                found[line].append("\t".join((rule, result, path, compact(needs))))
    wrong = []
    for number, text in lines:
        request = requests[number - 1]
        want, have = request.get("rows", []), sorted(found[number])
        if request.get("refused") != refused.get(number):
            wrong.append({"text": text[:300], "refused": request.get("refused"), "rejected": refused.get(number)})
        elif want != have:
            missing, extra = [w for w in want if w not in have][:5], [h for h in have if h not in want][:5]
            wrong.append({"text": text[:1500], "settings": request["settings"], "missing": missing, "extra": extra})
    return len(lines), wrong


def number_of(value):
    """A count; nothing for shares and money, which data show as texts."""
    return value if isinstance(value, int) else None


NUMBERS = ("value", "low", "high", "limit")


def key_of(quota, key):
    return quota, json.dumps(key, ensure_ascii=False, sort_keys=True)


def differing_groups(engine, programme, request):
    """Which quota findings of one batch are others; how many there are, how many of them the file does not carry."""
    lines = [(number + 1, line) for number, line in enumerate(request["text"].splitlines()) if line.strip()]
    load(engine, programme["tables"], lines, request["settings"], request["closed"])
    want = {}
    for finding in request["quotas"]:
        numbers = tuple(number_of(finding.get(name)) for name in NUMBERS)
        outcome = (finding["result"], finding["final"], *numbers, tuple(finding["clauses"]), tuple(finding["needs"]))
        want[key_of(finding["rule"], finding["key"])] = outcome
    columns = ", ".join(engine.quoted(name) for name in ("quota", "key", "result", "final", *NUMBERS, "clause", "needs"))
    have, skipped = {}, 0
    stage = (request["stage"] or "").replace("'", "''")
    rows = engine.rows(f"SELECT {columns} FROM quota_findings WHERE stage = '{stage}'") if programme["quotas"] else []
    for quota, key, result, final, *numbers, clause, needs in rows:
        place = key_of(quota, json.loads(key))
        if result == "not carried":
            want.pop(place, None)
            skipped += 1
            continue
        have[place] = (result, bool(final), *numbers, tuple(json.loads(clause)), tuple(json.loads(needs)))
        if place in want and numbers[:3] == [None, None, None]:
            # Only whole numbers are shown; a ratio is judged, not printed.
            want[place] = (*want[place][:2], None, None, None, *want[place][5:])
    different = [(place, want.get(place), have.get(place)) for place in sorted({*want, *have}) if want.get(place) != have.get(place)]
    told = {"text": request["text"][:1500], "settings": request["settings"], "closed": request["closed"], "stage": stage, "quotas": different[:4]}
    return len(want), skipped, [told] if different else []


def differing_places(engine, programme, request):
    """Which places of selections are others in the tables as they are filled; how many there are."""
    count, wrong = 0, []
    for selection in request["selections"]:
        want, have = {}, {}
        for row in selection["rows"]:
            want[row["line"], json.dumps(row["key"], ensure_ascii=False, sort_keys=True)] = (*row["told"], *row["values"])
        view = engine.quoted(programme["views"][selection["name"]])
        for line, _, _, key, *values, best, worst, rank, level, result, position, decided in engine.rows(f"SELECT * FROM {view}"):
            place = line, json.dumps(json.loads(key), ensure_ascii=False, sort_keys=True)
            told = (rank, bool(level), result, position, None if decided is None else bool(decided))
            if place in want:
                # What is a decimal is shown in its smallest step.
                values = [{} if other == {} else bool(v) if isinstance(other, bool) else v for v, other in zip(values, want[place][5:])]
            if best > worst or (rank is not None and not best == worst == rank):
                told = (*told, "places", best, worst)
            have[place] = (*told, *values)
        count += len(want)
        for place in sorted({*want, *have}):
            if want.get(place) != have.get(place):
                wrong.append({"selection": selection["name"], "place": place, "want": want.get(place), "have": have.get(place)})
    if wrong:
        wrong = [{"text": request["text"][:1500], "settings": request["settings"], "places": wrong[:8], "count": len(wrong)}]
    return count, wrong


def differing_lines(engine, programme, batches):
    """Which batches have another first line that is refused: all are laid into the tables at once."""
    lines, places = [], []
    for batch, request in enumerate(batches):
        # What stands in a batch before is no business of the next: ids are told apart.
        for at, text in enumerate(request["text"].removeprefix("\ufeff").split("\n"), 1):
            if text.strip(" \t\r") and "\x00" not in text:
                lines.append((len(lines) + 1, re.sub(r'^(\{"package":\{"id":")', rf"\g<1>{batch}-", text)))
                places.append((batch, at))
    load(engine, programme["tables"][:1], lines, batches[0]["settings"], False)
    first = {}
    for line, code in sorted(engine.rows("SELECT line, code FROM rejected")):
        batch, at = places[line - 1]
        first.setdefault(batch, [at, code])
    found = [(batch, first.get(i)) for i, batch in enumerate(batches)]
    return [{"text": b["text"][:1500], "refused": b["refused"], "rejected": have} for b, have in found if b["refused"] != have]


def compared(engine, programme, path):
    """One part of what is asked."""
    ways, batches, broken = collections.defaultdict(list), [], []
    with open(path, encoding="utf-8") as file:
        for request in map(json.loads, file):
            if "quotas" in request:
                batches.append(request)
            elif isinstance(request.get("refused"), list):
                broken.append(request)
            else:
                ways[json.dumps(request["settings"])].append(request)
    started = time.monotonic()
    told = {"cases": 0, "batches": 0, "groups": 0, "places": 0, "skipped": 0}
    wrong = []
    if ways:
        told["cases"], wrong = differing_cases(engine, programme, list(ways.values()))
    if broken and programme["quotas"]:
        wrong += differing_lines(engine, programme, broken)
        told["batches"] += len(broken)
    for request in batches if programme["quotas"] or programme["views"] else []:
        groups, skipped, different = differing_groups(engine, programme, request)
        places, misplaced = differing_places(engine, programme, request)
        told["places"] += places
        wrong += misplaced
        told["batches"] += 1
        told["groups"] += groups
        told["skipped"] += skipped
        wrong += different
    return {**told, "wrong": len(wrong), "first": wrong[:20], "seconds": time.monotonic() - started}


def main():
    engine, programme = ENGINES[sys.argv[1]](), None
    for line in sys.stdin:
        question = json.loads(line)
        if "script" in question:
            programme, started = question, time.monotonic()
            with open(programme["script"], encoding="utf-8") as file:
                script = file.read()
            loads, tables = filled(script)
            programme["tables"] = list(zip(tables, loads, strict=True))
            # What is left to judge cases one by one: rejected lines, tracks and their lists, which stand first.
            programme["of_cases"] = programme["tables"][: loads.index("load events") if "load events" in loads else None]
            views = re.findall(r'VIEW ["`](select .*?)["`] AS', script)
            programme["views"] = dict(zip(programme["selections"], views, strict=True))
            programme["items"] = "VIEW item_findings AS" in script
            engine.script(script)
            answer = {"seconds": time.monotonic() - started}
        else:
            answer = compared(engine, programme, question["requests"])
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
