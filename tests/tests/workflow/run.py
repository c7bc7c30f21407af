"""Runs processes in SpiffWorkflow by a clock of our own.

In: a line of JSON a process: its file, its id, and runs, each a list of steps and the ends expected. A step is a task, the moment at which it is
ready, the moment at which it is done with its data, and whether its deadline stops it instead. Moments are seconds since 1970.
Out: a line of JSON with the number of runs, or what went differently. The file is held to BPMN's own schema first.
"""

import datetime as real
import json
import sys

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.util.task import TaskState

class Clock(real.datetime):
    at = real.datetime(1970, 1, 1, tzinfo=real.timezone.utc)

    @classmethod
    def now(cls, tz=None):
        return cls.at if tz is None else cls.at.astimezone(tz)

    @classmethod
    def utcnow(cls):
        return cls.at.replace(tzinfo=None)


timer.datetime = Clock


def ready(workflow, name):
    tasks = workflow.get_tasks(state=TaskState.READY, manual=True)
    return next((task for task in tasks if task.task_spec.bpmn_id == name), None)


def settle(workflow):
    workflow.refresh_waiting_tasks()
    workflow.do_engine_steps()


def pass_to(workflow, moment):
    """Lets time pass."""
    Clock.at = real.datetime(1970, 1, 1, tzinfo=real.timezone.utc) + real.timedelta(seconds=moment)
    settle(workflow)


def run(spec, subspecs, steps, variables):
    Clock.at = real.datetime(1970, 1, 1, tzinfo=real.timezone.utc)
    workflow = BpmnWorkflow(spec, subspecs)
    first = {**variables, **steps[0]["before"]}
    workflow.do_engine_steps()
    for task in workflow.get_tasks(state=TaskState.READY):
        task.data.update(first)
    workflow.data.update(first)
    for step in steps:
        if step["waits"]:
            pass_to(workflow, step["ready"] - 2)
            if ready(workflow, step["task"]) is not None:
                return f"{step['task']} is ready too early"
        pass_to(workflow, step["ready"])
        if ready(workflow, step["task"]) is None and not step["stops"]:
            return f"{step['task']} was not reached"
        pass_to(workflow, step["at"])
        task = ready(workflow, step["task"])
        if step["stops"]:
            if task is not None:
                return f"{step['task']} goes on after its day"
            continue
        if task is None:
            return f"{step['task']} was given up when its day had passed"
        task.data.update({**variables, **step["data"]})
        task.run()
        settle(workflow)
    if not workflow.completed:
        settle(workflow)
    ends = [t.task_spec.bpmn_id for t in workflow.get_tasks(state=TaskState.COMPLETED) if t.task_spec.__class__.__name__ == "EndEvent"]
    return sorted(end for end in ends if end)


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        parser = BpmnParser(validator=BpmnValidator())
        parser.add_bpmn_file(asked["file"])
        spec, subspecs = parser.get_spec(asked["process"]), parser.get_subprocess_specs(asked["process"])
        count = 0
        for one in asked["runs"]:
            got = run(spec, subspecs, one["steps"], asked["variables"])
            if got != sorted(one["ends"]):
                path = " ".join(f"{s['task']}={s['data'].get('outcome')}@{s['at']}" for s in one["steps"])
                print(json.dumps({"process": asked["process"], "file": asked["file"], "path": path, "expected": one["ends"], "got": got}))
            count += 1
        print(json.dumps({"runs": count}))


main()
