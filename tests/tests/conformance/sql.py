"""Runs generated SQL in an engine and compares its rows with reports of the reference.

In: one JSON object a line: {"script", "programme", "dialect", "not_carried", "requests": file}. Out: a line of JSON per subject with what differs.
Always: what the file says it does not carry is not compared; everything else must be equal.
"""
import atexit
import collections
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile


def load_engine(dialect):
    if dialect == "duckdb":
        return DuckDb()
    if dialect == "sqlite":
        return Sqlite()
    if dialect == "postgresql":
        return Postgresql()
    return Spark()


class DuckDb:
    def __init__(self):
        import duckdb

        self.connection = duckdb.connect()

    def script(self, text):
        self.connection.execute(text)

    def run(self, sql):
        self.connection.execute(sql)

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()

    def fill(self, lines):
        self.connection.execute("DELETE FROM cases")
        if lines:
            self.connection.executemany("INSERT INTO cases VALUES (?, ?)", lines)

    def set(self, values):
        sets = ", ".join(f"{self.quoted(k)} = " + ("TRUE" if v is True else "FALSE" if v is False else f"'{v}'") for k, v in values.items())
        self.run(f"UPDATE settings SET {sets}")

    def move(self, subject):
        """From the lines into the tables."""
        tables = ["rejected", *("track " + track for track in subject["tracks"])]
        for table in tables + ["events"] * bool(subject["quotas"]):
            self.run(f"DELETE FROM {self.quoted(table)}")
            self.run(f"INSERT INTO {self.quoted(table)} SELECT * FROM {self.quoted('load ' + table.removeprefix('track '))}")

    def quoted(self, name):
        return '"' + name.replace('"', '""') + '"'


class Sqlite(DuckDb):
    def __init__(self):
        import sqlite3

        self.connection = sqlite3.connect(":memory:", isolation_level=None)

    def script(self, text):
        self.connection.executescript(text)


class Postgresql(DuckDb):
    """Through psql alone, so that no driver is needed; on a server of its own, in a folder of its own."""

    server = None

    def __init__(self):
        Postgresql.server = Postgresql.server or Server()
        self.arguments = ["psql", "-h", Postgresql.server.folder, "-U", "prog", "-d", "postgres"]
        self.psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")

    def psql(self, text, *more):
        command = self.arguments + ["-X", "-q", "-v", "ON_ERROR_STOP=1", *more]
        done = subprocess.run(command, input=text.encode(), capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[:2000])
        return done.stdout.decode()

    def script(self, text):
        self.psql(text)

    def run(self, sql):
        self.psql(sql + ";")

    def rows(self, sql):
        wrapped = f"SELECT row_to_json(t) FROM ({sql}) AS t;"
        out = self.psql(wrapped, "-t", "-A")
        return [tuple(json.loads(line).values()) for line in out.splitlines() if line]

    def fill(self, lines):
        quote = lambda text: "'" + text.replace("'", "''") + "'"
        values = ",\n".join(f"({number}, {quote(text)})" for number, text in lines)
        self.psql("DELETE FROM cases;" + (f"INSERT INTO cases VALUES {values};" if lines else ""))


class Server:
    """A server on a socket in a temporary folder, run by a user who is not root, gone when the run ends."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="prog-sql-")
        os.chmod(self.folder, 0o777)
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.control = [f"{binaries}/pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w"]
        self.run([f"{binaries}/initdb", "-D", f"{self.folder}/data", "-U", "prog", "-A", "trust", "-E", "UTF8", "--locale=C"])
        self.run(self.control + ["-o", f"-c listen_addresses='' -k {self.folder} -c fsync=off", "start"])
        atexit.register(self.stop)

    def run(self, command):
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] + command
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.run(self.control + ["-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


class Spark(DuckDb):
    """In one process; what others keep in tables are views here."""

    def __init__(self):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "1").config("spark.driver.memory", "2g")
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")
        self.settings = None

    def script(self, text):
        self.fill([])
        for statement in statements(text):
            self.settings = self.settings or (statement if " VIEW settings " in statement else None)
            self.session.sql(statement)

    def set(self, values):
        names = ", ".join(self.quoted(name) for name in values)
        rows = ", ".join("TRUE" if v is True else "FALSE" if v is False else f"'{v}'" for v in values.values())
        self.session.sql(f"CREATE OR REPLACE TEMPORARY VIEW settings AS SELECT * FROM VALUES ({rows}) AS t ({names})")

    def rows(self, sql):
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def fill(self, lines):
        self.session.createDataFrame(lines, "line BIGINT, text STRING").createOrReplaceTempView("cases")

    def move(self, subject):
        pass

    def quoted(self, name):
        return "`" + name + "`"


def statements(text):
    """The statements of a script whose statements end at a line's end."""
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [part for part in "\n".join(lines).split(";\n") if part.strip(" \n;")]


def settings_of(request, subject):
    """The UPDATE of settings for a request; None: its readings cannot be set here."""
    sets = []
    for name, value in request["options"].get("readings", {}).items():
        reading = next((r for r in subject["readings"] if name in (r["name"], r["key"])), None)
        word = reading and next((w for w in reading["values"] if value in (w["name"], w["key"])), None)
        if not word:
            return None
        sets.append((reading["key"], word["key"]))
    return tuple(sorted(sets))


def expected_rows(report, left):
    """What the reference says, as rows; kinds that the file carries."""
    rows = []
    for finding in report["findings"] + report["later"]:
        if finding["kind"] not in ("rule",) or f"{report['track']}.{finding['rule']}" in left:
            continue
        rows.append((finding["kind"], finding["rule"], finding["result"], tuple(finding["clauses"]), finding["path"], tuple(finding["needs"])))
    return sorted(rows)


def load(engine, subject, lines, settings, closed):
    """Fills every table from these lines under these settings."""
    engine.fill(lines)
    words = {"reading/" + key: word for key, word in {**subject["settings"], **dict(settings)}.items()}
    engine.set({"closed": closed, **words})
    engine.move(subject)


def cases_differ(engine, subject, requests, settings):
    """Which lines are refused with another code, or have other findings."""
    left = set(subject["not_carried"])
    lines = [(number + 1, request["text"]) for number, request in enumerate(requests) if "\x00" not in request["text"]]
    load(engine, subject, lines, settings, False)
    found = collections.defaultdict(list)
    for row in engine.rows("SELECT line, kind, rule, result, clause, path, needs FROM findings"):
        line, kind, rule, result, clause, path, needs = row
        found[line].append((kind, rule, result, tuple(json.loads(clause)), path, tuple(json.loads(needs))))
    refused = dict(engine.rows("SELECT line, code FROM rejected"))
    wrong = []
    for number, text in lines:
        answer = requests[number - 1]["expected"]
        code = answer.split()[1] if answer.startswith("refused") else None
        # A text that is no JSON and nests too deep has both faults; which comes first only a parser can say.
        same = refused.get(number) == code or (code == "P0805" and refused.get(number) == "P0801")
        # Spark's reader takes no double members and puts members in the order of their names.
        same = same or (subject["dialect"] == "spark" and code is not None and number in refused)
        if not same:
            wrong.append({"text": text, "refused": code, "rejected": refused.get(number)})
        elif code is None:
            want, have = expected_rows(json.loads(answer), left), sorted(found[number])
            if want != have:
                wrong.append(
                    {
                        "text": text,
                        "settings": settings,
                        "missing": [w for w in want if w not in have][:5],
                        "extra": [h for h in have if h not in want][:5],
                    }
                )
    return len(lines), wrong


def number_of(value):
    """A count as data shows it; nothing for what is no count."""
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.lstrip("-").isdigit()) else None


def batch_differs(engine, subject, request, settings):
    """Which quota findings of one batch are others."""
    answer = request["expected"]
    if answer.startswith("refused") or not request["options"].get("at"):
        return 0, []
    report = json.loads(answer.splitlines()[-1])
    lines = [(number + 1, line) for number, line in enumerate(request["text"].splitlines()) if line.strip()]
    load(engine, subject, lines, settings, report["closed"])
    left = {place.split(" ", 1)[1] for place in subject["not_carried"] if place.startswith("quota ")}
    want = {}
    for finding in report["findings"]:
        if finding["rule"] not in left:
            key = (finding["rule"], json.dumps(finding["key"], ensure_ascii=False, sort_keys=True))
            numbers = tuple(number_of(finding.get(name)) for name in ("value", "low", "high", "limit"))
            want[key] = (finding["result"], finding["final"], *numbers, tuple(finding["clauses"]), tuple(finding["needs"]))
    stage = report["stage"].replace("'", "''")
    columns = ", ".join(engine.quoted(name) for name in ("quota", "key", "result", "final", "value", "low", "high", "limit", "clause", "needs"))
    have, skipped = {}, 0
    for quota, key, result, final, value, low, high, limit, clause, needs in engine.rows(
        f"SELECT {columns} FROM quota_findings WHERE stage = '{stage}'"
    ):
        place = (quota, json.dumps(json.loads(key), ensure_ascii=False, sort_keys=True))
        if result == "not carried":
            want.pop(place, None)
            skipped += 1
            continue
        have[place] = (result, bool(final), value, low, high, limit, tuple(json.loads(clause)), tuple(json.loads(needs)))
        if place in want and value is None and low is None and high is None:
            # Only whole numbers are shown; a ratio is judged, not printed.
            want[place] = (*want[place][:2], None, None, None, *want[place][5:])
    different = [(place, want.get(place), have.get(place)) for place in sorted({*want, *have}) if want.get(place) != have.get(place)]
    if different:
        return len(want), [{"text": request["text"], "settings": settings, "closed": report["closed"], "quotas": different[:4]}]
    return len(want), []


def compare(subject):
    engine = load_engine(subject["dialect"])
    with open(subject["script"], encoding="utf-8") as file:
        engine.script(file.read())
    groups, batches = collections.defaultdict(list), []
    for line in open(subject["requests"], encoding="utf-8"):
        request = json.loads(line)
        settings = settings_of(request, subject)
        if settings is None:
            continue
        if request["kind"] == "case":
            groups[settings].append(request)
        elif request["kind"] == "batch" and subject["quotas"]:
            batches.append((settings, request))
    total, groups_of_quotas, wrong = 0, 0, []
    for settings, requests in groups.items():
        count, different = cases_differ(engine, subject, requests, settings)
        total, wrong = total + count, wrong + different
    for settings, request in batches[: subject.get("batches")]:
        count, different = batch_differs(engine, subject, request, settings)
        groups_of_quotas, wrong = groups_of_quotas + count, wrong + different
    return total, groups_of_quotas, wrong


if __name__ == "__main__":
    for line in sys.stdin:
        subject = json.loads(line)
        count, quotas, wrong = compare(subject)
        answer = {"name": subject["name"], "compared": count, "quotas": quotas, "wrong": len(wrong), "first": wrong[:20]}
        print(json.dumps(answer, ensure_ascii=False))
        sys.stdout.flush()
