/** What the page says: a short toast, and the lasting list of what happened. */

import { button, el, icon } from "./dom.js";
import { hour, shortDay } from "./when.js";

const TOAST_MS = 6000;
const KEPT = 60;

/** Say something in passing. An error stays until it is closed. */
export function toast(text, { error = false } = {}) {
  const place = document.getElementById("toasts");
  const note = el("div", { class: error ? "toast error" : "toast", role: error ? "alert" : "status" }, el("p", { text, dir: "auto" }));
  note.append(button({ symbol: "close", label: "Close", kind: "quiet small" }, () => note.remove()));
  if (error) for (const older of place.querySelectorAll(".error")) older.remove();
  place.append(note);
  if (!error) setTimeout(() => note.remove(), TOAST_MS);
}

/** Do something for the user; when it is refused, show the server's sentence. Answers whether it was done. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    toast(error.message, { error: true });
    return false;
  }
}

/** The list at the foot of the page: what happened, newest first. */
export class Journal {
  /** @param {HTMLElement} root where the list goes @param {() => Date} now the sandbox's present instant */
  constructor(root, now) {
    this.now = now;
    this.root = root;
    this.latest = el("span", { class: "journal-latest", dir: "auto", "aria-live": "polite", text: "Nothing yet. Change a cell, send or edit a draft, go to the next day." });
    this.fold = el(
      "button",
      { type: "button", "aria-expanded": "false", "aria-controls": "journal-entries", on: { click: () => this.choose(!this.isOpen) } },
      el("strong", { text: "What happened" }),
      icon("down"),
    );
    this.entries = el("ol", { id: "journal-entries", class: "journal-entries", tabindex: "0", "aria-label": "What happened, newest first", hidden: true });
    this.touched = false;
    root.append(el("div", { class: "journal-bar" }, this.fold, this.latest), this.entries);
  }

  get isOpen() {
    return !this.entries.hidden;
  }

  /** The user opens or closes it, and is not overruled later. */
  choose(open) {
    this.touched = true;
    this.open(open);
  }

  open(open) {
    this.entries.hidden = !open;
    this.fold.setAttribute("aria-expanded", String(open));
    this.root.classList.toggle("open", open);
  }

  /** Add an entry. A report has many lines; it opens the list, unless the user has chosen for themselves. */
  add(title, { report = "", failed = false } = {}) {
    const now = this.now();
    this.latest.textContent = title;
    const entry = el("li", { class: failed ? "failed" : "" }, el("span", { class: "journal-time", text: `${shortDay(now)}, ${hour(now)}` }), el("span", { text: title, dir: "auto" }));
    if (report) entry.append(el("pre", { text: report, dir: "ltr", tabindex: "0" }));
    this.entries.prepend(entry);
    while (this.entries.children.length > KEPT) this.entries.lastChild.remove();
    this.entries.scrollTop = 0;
    if (report && (failed || !this.touched)) this.open(true);
  }
}
