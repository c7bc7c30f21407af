"""Answers requests on generated validators, one a line, from one Python.

In: JSON lines `{"module", "text", "kind", "options"}` on standard input, the module
being the path of a package's folder. Out: one JSON string a line: the report's text, or
`refused CODE POINTER LINE:COLUMN WORDS`.
"""

import importlib
import json
import os
import sys
import traceback

modules = {}


def module_of(folder):
    """The package in a folder; packages of one name do not stand in for each other."""
    if folder not in modules:
        parent, name = os.path.split(folder)
        for known in [key for key in sys.modules if key.split(".")[0] == name]:
            del sys.modules[known]
        sys.path.insert(0, parent)
        modules[folder] = importlib.import_module(name)
        sys.path.remove(parent)
    return modules[folder]


def answer(validator, text, kind, options):
    """What a validator says to one request."""
    options = dict(options)
    at = options.pop("at", None)
    closed = options.pop("closed", False)
    on = options.pop("on", None)
    shown = validator.report_to_text
    try:
        if kind == "targets":
            return shown(validator.check_targets(text, on, **options))
        if kind == "case":
            return shown(validator.validate_text(text, at=at, on=on, **options))
        judged = validator.judge_batch(text, at, on=on, closed=closed, **options)
        return "\n".join(map(shown, [*judged.reports, judged.batch]))
    except validator.Refusal as fault:
        place = [
            "null" if at is None else str(at) for at in (fault.line, fault.column)
        ]
        zh, en = fault.help or ("", "")
        words = " / ".join([fault.zh, fault.message, zh, en])
        return f"refused {fault.code} {fault.pointer} {':'.join(place)} {words}"
    except Exception:
        return f"fault {traceback.format_exc()}"


for line in sys.stdin.buffer:
    request = json.loads(line)
    request["validator"] = module_of(request.pop("module"))
    print(json.dumps(answer(**request)), flush=True)
