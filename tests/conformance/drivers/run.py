"""Answers requests on generated validators, one a line, from one Python.

In: JSON lines `{"module", "text", "kind", "options"}` on standard input, the module
being the path of a package's folder. Out: one JSON string a line: the report's text, or
`refused CODE POINTER LINE:COLUMN WORDS`.
Always: a runtime that several packages share is read once.
"""

import importlib
import json
import os
import sys
import traceback

# A file may be changed between two runs of this driver, within a second.
sys.dont_write_bytecode = True

packages = {}
runtimes = {}


def loaded(prefix):
    """Modules below a prefix, by the rest of their names."""
    below = (name for name in sys.modules if (name + ".").startswith(prefix + "."))
    return {name[len(prefix) :]: sys.modules[name] for name in below}


def package_in(folder):
    """The package in a folder; two of one name do not stand in for each other."""
    if folder not in packages:
        parent, name = os.path.split(folder)
        for rest in loaded(name):
            del sys.modules[name + rest]
        runtime = os.path.realpath(os.path.join(folder, "_runtime"))
        for rest, module in runtimes.get(runtime, {}).items():
            sys.modules[f"{name}._runtime{rest}"] = module
        sys.path.insert(0, parent)
        packages[folder] = importlib.import_module(name)
        sys.path.remove(parent)
        runtimes.setdefault(runtime, loaded(name + "._runtime"))
    return packages[folder]


def answer(validator, text, kind, options):
    """What a validator says to one request."""
    options = dict(options)
    at, on = options.pop("at", None), options.pop("on", None)
    closed = options.pop("closed", False)
    shown = validator.report_to_text
    try:
        if kind == "targets":
            return shown(validator.check_targets(text, on, **options))
        if kind == "case":
            return shown(validator.validate_text(text, at=at, on=on, **options))
        if kind == "select":
            del options["alternatives"]
            return shown(validator.select(text, at, on=on, **options))
        judged = validator.judge_batch(text, at, on=on, closed=closed, **options)
        return "\n".join(map(shown, [*judged.reports, judged.batch]))
    except validator.Refusal as fault:
        place = [fault.line, fault.column]
        zh, en = fault.help or ("", "")
        words = " / ".join([fault.zh, fault.message, zh, en])
        place = ":".join("null" if at is None else str(at) for at in place)
        return f"refused {fault.code} {fault.pointer} {place} {words}"
    except Exception:
        return f"fault {traceback.format_exc()}"


for line in sys.stdin.buffer:
    request = json.loads(line)
    validator = package_in(request.pop("module"))
    print(json.dumps(answer(validator, **request)), flush=True)
