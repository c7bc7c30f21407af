// A summary: rows from a spreadsheet, from CSV or from the cases themselves; what is left of the sender's quotas.
//
// In: files and pasted cells. Out: rows, a batch of cases and their package, CSV. Always: only what the validator reads is taken; a row whose
// case is not here stands for a case of which only its track and its sender are known.

import { put, read } from "./case.mjs";
import { controlsIn, show, valueOf } from "./controls.mjs";
import { fromTable, toCsv } from "./csv.mjs";
import {
  cellFault,
  cellsOf,
  judgeBatch,
  keyPointer,
  parse,
  programme,
  quotaNames,
  senderKey,
  trackNames,
  tracksOf,
  version,
} from "./engine.mjs";
import { addRow, ensureRows } from "./rows.mjs";
import { inOrder, nameOf, wordsFor } from "./naming.mjs";
import { accepted, save } from "./transfer.mjs";
import { language, make, say } from "./words.mjs";

const AT = "/package/summary";

export class Summary {
  constructor(form, table, tell, changed) {
    Object.assign(this, { form, table, tell, changed });
    this.key = table.dataset.summary;
    this.tracks = tracksOf(this.key);
    /** Cases read from files, by id. */
    this.cases = new Map();
    this.used = make("div", {
      id: "quotas",
      class: "quotas",
      "aria-live": "polite",
    });
    table.closest(".wide").before(this.used);
    table.addEventListener("paste", (event) => this.paste(event));
    this.button("csv-out", () => this.exportCsv());
    document
      .getElementById("csv-in")
      .addEventListener("change", (event) => this.importCsv(event));
  }

  button(id, work) {
    document.getElementById(id).addEventListener("click", work);
  }

  get rows() {
    return [...this.table.tBodies[0].rows];
  }

  isBlank(row) {
    return controlsIn(row).every((control) => valueOf(control) === undefined);
  }

  /** The first row that is blank, a new one if there is none. */
  freeRow() {
    return this.rows.find((row) => this.isBlank(row)) ?? addRow(this.table);
  }

  /** Names of the columns for people. */
  get columns() {
    return controlsIn(this.rows[0]).map((control) =>
      control
        .getAttribute("aria-labelledby")
        .split(" ")
        .slice(1)
        .filter((id) => !id.endsWith("-unit"))
        .map(
          // As the author wrote it, whatever the page speaks.
          (id) => {
            const said = document.getElementById(id)?.firstChild;
            return (said?.dataset?.zh ?? said?.textContent ?? "").trim();
          },
        )
        .join(" "),
    );
  }

  // Text in and out.

  cell(control, text) {
    const cell = text.trim();
    if (control.localName !== "select") {
      control.value = cell;
      return true;
    }
    const option = [...control.options].find(
      ({ value, textContent }) => value === cell || textContent.trim() === cell,
    );
    control.value = option?.value ?? "";
    return cell === "" || option !== undefined;
  }

  /** Puts rows of cells below and to the right of a place; tells which choices there are not. */
  fill(rows, top, left) {
    const { columns } = this;
    const told = [];
    ensureRows(this.table, top + rows.length);
    rows.forEach((cells, i) => {
      const controls = controlsIn(this.rows[top + i]);
      cells.forEach((text, j) => {
        const control = controls[left + j];
        if (control !== undefined && !this.cell(control, text))
          told.push(say("unlisted", text, columns[left + j]));
      });
    });
    this.tell(say("rowsRead", rows.length), ...told);
    this.changed();
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.trimEnd())) return;
    const row = event.target.closest("tr");
    const left = controlsIn(row).indexOf(event.target);
    if (left < 0) return;
    event.preventDefault();
    this.fill(fromTable(text, "\t"), row.sectionRowIndex, left);
  }

  exportCsv() {
    const shown = (control) =>
      control.localName === "select"
        ? (control.selectedOptions[0]?.textContent.trim() ?? "")
        : control.value;
    const rows = this.rows
      .filter((row) => !this.isBlank(row))
      .map((row) => controlsIn(row).map(shown));
    const name = this.form.element.dataset.file.replace(/\.\w+$/, ".csv");
    save(toCsv([this.columns, ...rows]), name, "text/csv");
    this.tell(say("exported", name));
  }

  async importCsv({ target }) {
    const [file] = target.files;
    const rows = fromTable(await file.text());
    target.value = "";
    const { columns } = this;
    const heads = (rows[0] ?? []).map((cell) => columns.indexOf(cell.trim()));
    const isHeaded = heads.some((at) => at >= 0);
    const cells = isHeaded
      ? rows
          .slice(1)
          .map((row) => columns.map((_, i) => row[heads.indexOf(i)] ?? ""))
      : rows;
    const top = this.rows.indexOf(this.freeRow());
    this.fill(cells, top, 0);
  }

  /** Takes a file: a case, a package, or a batch of both. */
  take(text, name) {
    const cases = [];
    for (const line of this.linesOf(text)) {
      if (line.package !== undefined) this.takePackage(line.package);
      else cases.push(accepted(line.case ?? line).value);
    }
    for (const one of cases) this.takeCase(one, name);
    this.tell(say("cases", cases.length));
    this.changed();
  }

  /** The values of a file: one JSON text, or one a line. */
  linesOf(text) {
    try {
      return [parse(text)];
    } catch (refusal) {
      const lines = text.split("\n").filter((line) => line.trim() !== "");
      if (lines.length < 2) throw refusal;
      return lines.map((line) => parse(line));
    }
  }

  takeCase(one, name) {
    const id = one.id ?? name.replace(/\.\w+$/, "");
    this.cases.set(id, { ...one, id });
    const row =
      this.rows.find((other) => this.idOf(other) === id) ?? this.freeRow();
    const cells = cellsOf(this.key, one);
    cells.set("/case", id);
    for (const control of controlsIn(row)) {
      const text = cells.get(this.columnOf(control));
      if (text !== undefined) this.cell(control, String(text));
    }
    const track = row.querySelector(".row-track");
    if (track !== null) track.value = one.track;
  }

  takePackage(sent) {
    const rows = Array.isArray(sent.summary) ? sent.summary : [];
    ensureRows(this.table, rows.length);
    for (const control of this.form.controls) {
      const value = read({ package: sent }, control.dataset.at);
      if (value !== undefined) show(control, value);
    }
  }

  columnOf = (control) =>
    control.dataset.at.slice(AT.length).replace(/^\/\d+/, "");

  idOf = (row) =>
    controlsIn(row)
      .find((control) => this.columnOf(control) === "/case")
      ?.value.trim();

  // The batch.

  /** The package as typed. */
  get package() {
    const { root } = this.form.collect();
    const cases = (root.package.summary ?? [])
      .map((row) => row.case)
      .filter((id) => id !== undefined);
    return { ...root.package, ...(cases.length > 0 ? { cases } : {}) };
  }

  /** Cases and package, one a line, as `prog evaluate --batch` reads them. */
  lines() {
    const sent = this.package;
    const cases = (sent.cases ?? []).filter((id) => this.cases.has(id));
    const lines = [
      ...cases.map((id) => ({ case: this.cases.get(id) })),
      { package: sent },
    ];
    return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }

  /** What stands in the way of the summary being complete, one entry a control. */
  errors() {
    const errors = new Map();
    const add = (control, words) => {
      if (control && words !== null && !errors.has(control))
        errors.set(control, wordsFor(control, words));
    };
    const { faults } = this.form.collect();
    for (const control of faults) add(control, say("whole", nameOf(control)));
    const key = document.getElementById("package-key");
    if (key?.value.trim() === "") add(key, say("sender"));
    const rows = this.rows.filter((row) => !this.isBlank(row));
    for (const row of rows) {
      const choice = row.querySelector(".row-track");
      if (choice?.value === "")
        add(
          choice,
          say("row", row.sectionRowIndex + 1) + say("colon") + say("track"),
        );
      for (const control of controlsIn(row).filter(
        (one) => !faults.includes(one),
      ))
        add(control, this.fault(control));
    }
    for (const { path, message, result } of this.judged())
      if (result === "unmet") add(this.form.at(`/package${path}`)[0], message);
    return inOrder(errors);
  }

  fault(control) {
    const value = valueOf(control);
    return cellFault(this.key, this.columnOf(control), value, language());
  }

  /** What the validator finds in the package and its summary. */
  judged() {
    const sent = this.package;
    const lines = this.casesOf(sent).map((one) => ({ case: one }));
    lines.push({ package: sent });
    try {
      const report = judgeBatch(
        lines.map((line) => JSON.stringify(line)).join("\n"),
        { at: sent.stage, lang: language() },
      );
      return report.packages.flatMap(({ findings }) =>
        findings.filter(({ kind, path }) => kind !== "quota" && path),
      );
    } catch {
      return [];
    }
  }

  /** The case of every row that is not blank: its own, else one that stands for it. */
  casesOf(sent) {
    const cases = new Map();
    const rows = this.rows.filter((row) => !this.isBlank(row));
    rows.forEach((row, i) => {
      const id = this.idOf(row) || `#${i + 1}`;
      const one = this.cases.get(id) ?? this.standIn(row, id, sent);
      if (one !== null && !cases.has(id)) cases.set(id, one);
    });
    return [...cases.values()];
  }

  /** A case for a row whose own is not here: its track, and whose it is. */
  standIn(row, id, sent) {
    const track =
      row.querySelector(".row-track")?.value ||
      (this.tracks.length === 1 && this.tracks[0]);
    if (!track) return null;
    const one = { programme, version, track, id };
    const key = senderKey(sent.stage);
    const pointer = key && keyPointer(track, key);
    if (pointer && typeof sent.key === "string") put(one, pointer, sent.key);
    return one;
  }

  /** Shows how far the sender's quotas are used. */
  refresh() {
    this.rows.forEach((row) => this.addTrack(row));
    const sent = this.package;
    const cases = this.casesOf(sent);
    if (cases.length === 0) {
      this.used.replaceChildren(make("p", { class: "hint" }, say("noQuota")));
      return;
    }
    const lines = [
      ...cases.map((one) => ({ case: one })),
      {
        package: {
          ...sent,
          cases: cases.map(({ id }) => id),
          summary: undefined,
        },
      },
    ].map((line) => JSON.stringify(line));
    try {
      const report = judgeBatch(lines.join("\n"), {
        at: sent.stage,
        lang: language(),
      });
      this.show(report.findings.filter((found) => this.concerns(found, sent)));
    } catch (refusal) {
      this.used.replaceChildren(
        make("p", { class: "hint" }, refusal[language()] ?? refusal.message),
      );
    }
  }

  concerns({ kind, key, value }, sent) {
    if (kind !== "quota") return false;
    const keys = Object.values(key ?? {});
    return sent.key === undefined
      ? value !== 0
      : keys.length === 0 || keys.includes(sent.key);
  }

  show(findings) {
    const names = quotaNames(language());
    const heads = ["quota", "key", "used", "limit", "free", "over", "clause"];
    const head = make(
      "tr",
      {},
      ...heads.map((word) => make("th", { scope: "col" }, say(word))),
    );
    const range = (low, high, one) =>
      one ??
      (low === undefined && high === undefined
        ? "—"
        : say("between", low, high));
    const rows = findings.map((found) => {
      const {
        rule,
        key,
        value,
        low,
        high,
        limit,
        free,
        over,
        result,
        clauses,
      } = found;
      const most =
        typeof limit === "object" && limit !== null
          ? say("between", limit.low, limit.high)
          : limit;
      const cells = [
        Object.values(key ?? {}).join(say("between")),
        found.denominator === undefined
          ? range(low, high, value)
          : `${found.numerator}/${found.denominator}`,
        most ?? "—",
        free ?? "—",
        over ?? "—",
        clauses.join(say("between")),
      ];
      return make(
        "tr",
        { "data-result": result },
        make(
          "th",
          { scope: "row", class: "authored" },
          names.get(rule) ?? rule,
        ),
        ...cells.map((cell) => make("td", {}, String(cell))),
      );
    });
    const caption = make("caption", {}, say("quotas"));
    this.used.replaceChildren(
      make(
        "table",
        { class: "values" },
        caption,
        make("thead", {}, head),
        make("tbody", {}, ...rows),
      ),
    );
  }

  /** Where the form serves several tracks, a row says of which its case is. */
  addTrack(row) {
    if (this.tracks.length < 2) return;
    const label = say("trackOf", row.sectionRowIndex + 1);
    let choice = row.querySelector(".row-track");
    if (choice === null) {
      choice = make(
        "select",
        { class: "row-track" },
        make("option", { value: "" }),
      );
      for (const track of this.tracks)
        choice.append(make("option", { value: track }));
      row.cells[1].append(choice);
    }
    const names = trackNames(language());
    for (const option of choice.options)
      option.textContent = names.get(option.value) ?? say("rowTrack");
    choice.id = `package-summary-${row.sectionRowIndex}-track`;
    choice.setAttribute("aria-label", label);
  }
}
