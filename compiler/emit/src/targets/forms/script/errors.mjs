// What has to be put right: a summary on top of the page, and the same words at each field.
//
// In: `{ control, words }`. Out: on the page. Always: descriptions name first the hint, then the error, and nothing that is not there;
// what was typed stays.

import { make, say } from "./words.mjs";

const described = (element) =>
  (element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);

function describe(element, ids) {
  if (ids.length > 0) element.setAttribute("aria-describedby", ids.join(" "));
  else element.removeAttribute("aria-describedby");
}

/** The element that carries the description: of a set of boxes, the set. */
const holderOf = (control) => control.closest("fieldset.set") ?? control;

/** Takes all errors away. */
export function clearErrors() {
  document.title = document.title.replace(/^(错误：|Error: )/, "");
  for (const said of document.querySelectorAll(".error")) {
    for (const holder of document.querySelectorAll(
      `[aria-describedby~="${CSS.escape(said.id)}"]`,
    ))
      describe(
        holder,
        described(holder).filter((id) => id !== said.id),
      );
    said.remove();
  }
  for (const control of document.querySelectorAll("[aria-invalid]"))
    control.removeAttribute("aria-invalid");
  document.getElementById("errors")?.remove();
}

/** Shows errors, in the order of the page, and goes to the summary. */
export function showErrors(errors) {
  clearErrors();
  if (errors.length === 0) return;
  const links = errors.map(({ control, words }) => {
    inline(control, words);
    const link = make("a", { href: `#${control.id}` }, words);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
      control.scrollIntoView({ block: "center" });
    });
    return make("li", {}, link);
  });
  const heading = make(
    "h2",
    { id: "errors-heading" },
    say("errors", errors.length),
  );
  const summary = make(
    "div",
    {
      id: "errors",
      class: "errors",
      role: "alert",
      tabindex: "-1",
      "aria-labelledby": "errors-heading",
    },
    heading,
    make("ul", {}, ...links),
  );
  document.querySelector("main").prepend(summary);
  document.title = say("error") + document.title;
  summary.focus();
}

function inline(control, words) {
  const holder = holderOf(control);
  const id = `${holder.id}-error`;
  if (document.getElementById(id) !== null) return;
  const mark = make("span", { class: "quiet" }, say("error"));
  const said = make("span", { class: "error", id }, mark, words);
  if (holder === control) {
    control.setAttribute("aria-invalid", "true");
    (control.closest(".box, .choice") ?? control).after(said);
  } else holder.append(said);
  describe(holder, [...described(holder), id]);
}
