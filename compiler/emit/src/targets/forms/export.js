// Exports what was typed as JSON: blank entries left out, whole numbers as numbers, decimals as texts, choices by their keys.
(() => {
  "use strict";
  const form = document.getElementById("form");
  const said = document.getElementById("said");

  // Full-width digits, thousands separators and a typed unit are accepted.
  const numeral = (text, unit) => {
    const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
    const named = (unit || "").normalize("NFKC");
    return named && plain.endsWith(named) ? plain.slice(0, -named.length) : plain;
  };

  const valueOf = (control, problems) => {
    const kind = control.dataset.as;
    if (control.type === "radio" || control.type === "checkbox") {
      if (!control.checked) return undefined;
      if (kind === "none") return [];
      if (kind === "copy") {
        const copy = control.hasAttribute("value") ? { format: control.value } : {};
        return control.dataset.sealed ? { ...copy, sealed: true } : copy;
      }
      return kind === "yes_no" ? control.type === "checkbox" || control.value === "true" : control.value;
    }
    if (kind === "file") {
      const file = control.files[0];
      return file && { name: file.name, size: file.size };
    }
    const text = control.value;
    if (text.trim() === "") return undefined;
    const unit = document.getElementById(control.id + "-unit");
    if (kind === "decimal") return numeral(text, unit && unit.textContent);
    if (kind !== "number") return text;
    const number = Number(numeral(text, unit && unit.textContent));
    if (Number.isSafeInteger(number)) return number;
    problems.push(control);
    return undefined;
  };

  const put = (root, pointer, value, many) => {
    const steps = pointer.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
    let at = root;
    steps.forEach((step, i) => {
      if (i === steps.length - 1) {
        if (many) (at[step] ??= []).push(value);
        else at[step] = value;
      } else at = at[step] ??= /^\d+$/.test(steps[i + 1]) ? [] : {};
    });
  };

  const read = (root, pointer) => {
    const steps = pointer.split("/").slice(1).map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
    return steps.reduce((at, step) => (at === undefined ? undefined : at[step]), root);
  };

  // Rows that were left blank close up.
  const close = (value) => {
    if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(close);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, close(item)]));
  };

  const collect = () => {
    const root = JSON.parse(form.dataset.base);
    const problems = [];
    const empty = [];
    for (const control of form.querySelectorAll("[data-at]:not(:disabled)")) {
      const value = valueOf(control, problems);
      const kind = control.dataset.as;
      // A list said to be empty that has rows is not empty.
      if (kind === "none" && value !== undefined) empty.push(control.dataset.at);
      else if (value !== undefined) put(root, control.dataset.at, value, kind === "list" || kind === "copy");
    }
    for (const at of empty) if (read(root, at) === undefined) put(root, at, [], false);
    const closed = close(root);
    // What stands above a summary's table is for paper; its rows name the cases that are sent.
    if (closed.package) {
      delete closed.head;
      const cases = (closed.package.summary || []).map((row) => row.case).filter((id) => id !== undefined);
      if (cases.length > 0) closed.package.cases = cases;
    }
    return { root: closed, problems };
  };

  const save = (text, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  document.getElementById("tools").hidden = false;
  document.getElementById("export").addEventListener("click", () => {
    const { root, problems } = collect();
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
    if (problems.length > 0) {
      for (const control of problems) control.setAttribute("aria-invalid", "true");
      problems[0].focus();
      said.textContent = `有 ${problems.length} 处应填整数而填的不是整数，没有导出。`;
      return;
    }
    save(JSON.stringify(root, null, 2) + "\n", form.dataset.file);
    said.textContent = `已导出 ${form.dataset.file}。`;
  });
})();
