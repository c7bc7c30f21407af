"""Cases a second: a generated package, a validator written by hand, pydantic and fastjsonschema.

In: paths of the package, the hand-written module, the schema, the cases. Out: a line each.
"""

import importlib
import importlib.util
import json
import sys
import time
from pathlib import Path

package, by_hand, schema, cases = map(Path, sys.argv[1:])
sys.path[:0] = [str(package.parent), str(by_hand.parent)]
ours = importlib.import_module(package.name)
hand = importlib.import_module(by_hand.stem)
texts = cases.read_text(encoding="utf-8").splitlines()
values = [json.loads(text) for text in texts]


def rate(work):
    """Thousands of cases a second of the processor's time, best of five."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for text, value in zip(texts, values):
            work(text, value)
        best = min(best, time.process_time() - start)
    return len(texts) / best / 1000


form = hand.model()
rows = [
    ("by hand, from text", rate(lambda text, _: hand.validate(json.loads(text)))),
    (
        "generated, from text, all reasons",
        rate(lambda text, _: ours.validate_text(text, alternatives=False)),
    ),
    ("by hand, in memory", rate(lambda _, value: hand.validate(value))),
    (
        "generated, in memory, all reasons",
        rate(lambda _, value: ours.validate(value, alternatives=False)),
    ),
    (
        "pydantic, in memory, types only",
        rate(lambda _, value: form.model_validate(value["form"]["report"])),
    ),
]
try:
    import fastjsonschema

    check = fastjsonschema.compile(
        {
            **json.loads(schema.read_text(encoding="utf-8")),
            "$schema": "http://json-schema.org/draft-07/schema#",
        }
    )
    rows.append(
        (
            "fastjsonschema, in memory, form only",
            rate(lambda _, value: check(value["form"]["report"])),
        )
    )
except Exception as fault:
    print(f"python      fastjsonschema cannot compile the schema: {fault}")
for name, found in rows:
    base = rows[2][1] if "memory" in name else rows[0][1]
    print(f"python      {name:<44} {found:9.1f}  {base / found:8.2f} x the time by hand")
