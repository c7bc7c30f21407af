"""What a generated programme takes from the runtime: all its functions at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .batch import evaluate_batch
from .case import Case, read_text, read_value
from .date import Day, Moment, show_day
from .definition import Definition
from .evaluate import evaluate_case
from .group import Group
from .lines import read_lines, without_mark
from .options import Options, read_options
from .prepared import Prepared
from .refusal import reading
from .report import Entry, batch_report_of, report_of
from .scene import as_day
from .selection import propose
from .selection_report import select_report_of
from .target_lines import read_reports
from .target_report import targets_report_of
from .targets import judge_targets
from .vocabulary import CaseFunction


class StageDates(NamedTuple):
    """The window and deadline of a stage, as local days; None where they are open."""

    track: str
    stage: str
    open: str | None
    due: str | None


class Validator:
    """The functions of a programme, from its definition."""

    def __init__(self, definition: Definition) -> None:
        self.prepared = Prepared(definition)

    def options(
        self,
        *,
        at: str | None = None,
        on: str | None = None,
        readings: Mapping[str, str] | None = None,
        alternatives: bool = True,
        closed: bool = False,
        lang: str = "zh",
    ) -> Options:
        """Options as a caller writes them; a Refusal says what is wrong with them."""
        return read_options(
            self.prepared,
            at=at,
            on=on,
            readings=readings,
            alternatives=alternatives,
            closed=closed,
            lang=lang,
        )

    def validate(self, value: object, options: Options) -> Entry:
        """Judges a case."""
        return self._judge(read_value(self.prepared, value), options)

    def validate_text(self, text: str, options: Options) -> Entry:
        """Reads a JSON text strictly and judges the case in it."""
        body = without_mark(text)
        with reading(body, 0):
            case = read_text(self.prepared, body)
        return self._judge(case, options)

    def _judge(self, case: Case, options: Options) -> Entry:
        evaluated = evaluate_case(self.prepared, case, options)
        return report_of(self.prepared, evaluated, options.lang)

    def judge_batch(
        self, lines: str | Iterable[object], options: Options
    ) -> tuple[list[Entry], Entry]:
        """The reports of all cases, and that of packages and quotas."""
        batch = read_lines(self.prepared, lines)
        evaluated = evaluate_batch(self.prepared, batch, options)
        reports = [
            report_of(self.prepared, report, options.lang)
            for report in evaluated.reports
        ]
        return reports, batch_report_of(self.prepared, evaluated, options.lang)

    def select(self, lines: str | Iterable[object], options: Options) -> Entry:
        """Ranks the candidates of a batch: who is proposed."""
        batch = read_lines(self.prepared, lines)
        proposals = propose(self.prepared, batch, options)
        return select_report_of(self.prepared, proposals, options.lang)

    def check_targets(self, reports: str | Iterable[object], options: Options) -> Entry:
        """Holds reports against every milestone."""
        read = read_reports(self.prepared, reports)
        judged = judge_targets(self.prepared, read, options)
        return targets_report_of(self.prepared, judged, options.lang)

    def deadlines(self) -> list[StageDates]:
        """The window and deadline of every stage of every track's route."""
        prepared = self.prepared
        scope = Group(prepared, prepared.settings)

        def shown(deadline: CaseFunction | None) -> str | None:
            value = None if deadline is None else deadline(scope)
            if isinstance(value, Moment):
                value = as_day(prepared, value)
            return show_day(value) if isinstance(value, Day) else None

        return [
            StageDates(track.key, stage.key, shown(stage.open), shown(stage.due))
            for track in prepared.tracks.values()
            for stage in track.stages
            if stage.open is not None or stage.due is not None
        ]
