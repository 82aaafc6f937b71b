/** What one cell means to a person: its text, its kind, its link, its choices. */

import { el, followable, icon } from "./dom.js";

/** Longer texts are cut for the grid; the cell bar and the editor hold all of it. */
const SHOWN = 400;
const MAIL_LINK = /#(?:drafts|all|inbox|sent|trash|label\/[^/]+)\/([0-9a-f]{8,})$/i;
const HYPERLINK = /^=HYPERLINK\(\s*"((?:[^"]|"")*)"/i;

/**
 * Read a cell of the grid.
 * @returns {{text: string, edit: string, kind: string, checked: boolean, error: boolean, note: string, options: string[], link: URL|null, mail: string}}
 *   `kind` is text, number or check; `edit` is what an editor begins with; `mail` is the id in a link to a mail.
 */
export function read(cell = {}) {
  const value = cell.effectiveValue ?? {};
  const formula = cell.userEnteredValue?.formulaValue ?? "";
  const text = cell.formattedValue ?? "";
  const rule = cell.dataValidation?.condition;
  const check = rule?.type === "BOOLEAN";
  const link = linkOf(cell, formula, text);
  return {
    text,
    edit: formula || text,
    kind: check ? "check" : value.numberValue === undefined ? "text" : "number",
    checked: value.boolValue === true,
    error: value.errorValue !== undefined,
    note: cell.note ?? "",
    options: rule?.type === "ONE_OF_LIST" ? rule.values.map((one) => one.userEnteredValue ?? "") : [],
    link,
    mail: isMailbox(link) ? (MAIL_LINK.exec(link.hash)?.[1] ?? "") : "",
  };
}

function linkOf(cell, formula, text) {
  const address = cell.hyperlink ?? onlyLink(cell.textFormatRuns) ?? HYPERLINK.exec(formula)?.[1].replaceAll('""', '"') ?? text;
  return /^(https?|mailto):/i.test(address) ? followable(address) : null;
}

/** Whether a link leads to Gmail, or to this page, which stands in for it. */
function isMailbox(link) {
  return link?.hostname === "mail.google.com" || link?.origin === location.origin;
}

/** The link of a cell whose text carries it in its runs; a text with several is left as text. */
function onlyLink(runs = []) {
  const addresses = new Set(runs.map((run) => run.format?.link?.uri).filter(Boolean));
  return addresses.size === 1 ? [...addresses][0] : undefined;
}

/** The inside of a cell. Links carry data-follow, checkboxes data-check, arrows of choices data-choose. */
export function inside(view) {
  const shown = view.text.length > SHOWN ? `${view.text.slice(0, SHOWN)}…` : view.text;
  if (view.kind === "check") return [el("span", { class: "check", "data-check": true }, view.checked ? "✓" : "")];
  const parts = [];
  if (view.mail) parts.push(el("a", { class: "mail-link", href: view.link.href, tabindex: "-1", "data-follow": true, title: view.link.href }, icon("letter"), view.text === view.link.href ? "Open mail" : shown));
  else if (view.link) parts.push(el("a", { href: view.link.href, tabindex: "-1", "data-follow": true, target: "_blank", rel: "noopener noreferrer", title: view.link.href, text: shown }));
  else if (shown) parts.push(el("span", { class: view.options.length ? "chip" : "words", dir: "auto", text: shown }));
  if (view.options.length) parts.push(el("span", { class: "choose", "data-choose": true }, icon("down")));
  return parts;
}

/** What a screen reader adds to the cell's text. */
export function spoken(view) {
  const parts = [];
  if (view.kind === "check") parts.push(view.checked ? "checked" : "not checked");
  if (view.options.length) parts.push("has choices");
  if (view.mail) parts.push("link to a mail");
  if (view.note) parts.push(`note: ${view.note}`);
  return parts.join(", ");
}
