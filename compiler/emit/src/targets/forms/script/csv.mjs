// Tables as text: CSV in and out, tab-separated text in.
//
// In: text, or rows of cells. Out: rows, or text. Always: what is written is safe to open: no cell begins as a formula does, and what is read
// back is what was written.

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
export const guarded = (cell) =>
  /^'*[=+\-@\t\r\n|%＝＋－＠]/u.test(cell) && !NUMBER.test(cell)
    ? `'${cell}`
    : cell;

/** The cell without that apostrophe. */
export const unguarded = (cell) =>
  /^'+[=+\-@\t\r\n|%＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;

const quoted = (cell) =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Rows as CSV, with the mark by which spreadsheets know UTF-8. */
export const toCsv = (rows) =>
  "\ufeff" +
  rows
    .map((row) => row.map((cell) => quoted(guarded(cell))).join(",") + "\r\n")
    .join("");

/** The rows of a text whose cells are parted by a comma, or by tabs as spreadsheets put them on the clipboard. */
export function fromTable(text, separator = ",") {
  const rows = [];
  let [row, cell, inQuotes, wasQuoted] = [[], "", false, false];
  const endCell = () => {
    row.push(unguarded(cell));
    [cell, wasQuoted] = ["", false];
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const body = text.replace(/^\ufeff/, "");
  for (let i = 0; i < body.length; i += 1) {
    const c = body[i];
    if (inQuotes) {
      if (c !== '"') cell += c;
      else if (body[i + 1] === '"') {
        cell += c;
        i += 1;
      } else inQuotes = false;
    } else if (c === '"' && cell === "" && !wasQuoted)
      [inQuotes, wasQuoted] = [true, true];
    else if (c === separator) endCell();
    else if (c === "\n") endRow();
    else if (c !== "\r" || body[i + 1] !== "\n") {
      if (c === "\r") endRow();
      else cell += c;
    }
  }
  if (cell !== "" || row.length > 0 || wasQuoted) endRow();
  return rows.filter((cells) => cells.some((one) => one.trim() !== ""));
}
