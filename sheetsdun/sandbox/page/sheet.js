/** The left pane: a spreadsheet's tabs, the bar of the active cell, the grid. */

import { letters } from "./a1.js";
import { Acts } from "./acts.js";
import { differences } from "./changes.js";
import { button, el, fill } from "./dom.js";
import { Grid } from "./grid.js";
import { listen } from "./hands.js";
import { notes } from "./note.js";
import { attempt } from "./notices.js";
import * as sheets from "./sheets.js";
import { Tabs } from "./tabs.js";
import { useZone } from "./when.js";

export class SheetPane {
  /**
   * @param {HTMLElement} root
   * @param {{openMail: (id: string) => void, did: (what: string) => void}} hooks `did` is told what the user did
   */
  constructor(root, { openMail, did }) {
    this.openMail = openMail;
    this.did = did;
    this.book = null;
    this.all = [];
    this.mark = "";
    this.waiting = 0;
    this.queue = Promise.resolve();
    this.forget();
    this.title = el("div", { class: "book" });
    this.place = el("span", { class: "place" });
    this.content = el("span", { class: "content", dir: "auto" });
    const more = button({ symbol: "more", label: "Rows and columns", kind: "quiet", "aria-haspopup": "menu" }, () => this.acts.cellMenu(more.getBoundingClientRect()));
    this.bar = el("div", { class: "cell-bar" }, this.place, this.content, more);
    this.canvas = el("div", { class: "grid", role: "grid", tabindex: "0", "aria-multiselectable": "true" });
    this.empty = el("div", { class: "empty", hidden: true });
    this.tabs = new Tabs("Tabs of the spreadsheet", "tabs", (id) => attempt(() => this.showTab(this.book.tabs.find((tab) => tab.id === id))));
    this.foot = el("div", { class: "tab-bar" }, this.tabs.root, button({ symbol: "plus", label: "Add a tab", kind: "quiet" }, () => this.addTab()));
    root.append(el("div", { class: "pane-head" }, this.title), this.bar, this.canvas, this.empty, this.foot);
    this.grid = new Grid(this.canvas, { onSelect: (row, column) => this.describe(row, column) });
    this.acts = new Acts(this);
    this.showNote = notes(this.grid);
    listen(this.grid, this.acts);
  }

  get editing() {
    return this.canvas.querySelector(".editing") !== null;
  }

  /** Whether a look from outside would be in the way. */
  get busy() {
    return this.editing || this.waiting > 0;
  }

  /** Load a spreadsheet's tabs, and the cells of the one in sight. `foreign`: highlight what others changed. */
  async load(id, { foreign = false } = {}) {
    const book = await sheets.loadBook(id);
    if (this.book?.id !== id) this.forget();
    this.book = book;
    this.mark = await sheets.changeMark(id);
    useZone(book.timeZone);
    if (foreign) {
      this.before = new Map(this.seen);
      this.changed.clear();
    }
    this.drawTitle(this.all);
    await this.showTab(book.tabs.find((one) => one.id === this.tab?.id) ?? book.tabs[0]);
  }

  /** Nothing is known of any cell. */
  forget() {
    this.tab = null;
    this.seen = new Map();
    this.before = new Map();
    this.changed = new Map();
  }

  async showTab(tab) {
    this.tab = tab;
    const loaded = await sheets.loadTab(this.book.id, tab);
    if (this.tab !== tab) return;
    if (this.editing) {
      // Not under the hands of somebody who writes: the next look shows it.
      this.mark = "";
      return;
    }
    const before = this.before.get(tab.id);
    if (before) this.changed.set(tab.id, differences(before, loaded));
    this.before.delete(tab.id);
    this.seen.set(tab.id, loaded);
    this.reveal(true);
    this.tabs.draw(this.book.tabs.map(({ id, title }) => ({ key: id, word: title })), tab.id);
    this.grid.show(loaded, this.changed.get(tab.id) ?? new Set());
  }

  reveal(something) {
    this.canvas.hidden = this.bar.hidden = this.foot.hidden = !something;
    this.empty.hidden = something;
  }

  /** Nothing to show yet. */
  showEmpty() {
    if (!this.book && !this.empty.hidden) return;
    this.book = null;
    this.forget();
    this.reveal(false);
    this.drawTitle([]);
    fill(
      this.empty,
      el("h2", { text: "A clean desk." }),
      el("p", { text: "There is no spreadsheet here yet. Make one with any Sheets client, or start with an empty one." }),
      button({ symbol: "plus", word: "New spreadsheet", kind: "primary" }, () => attempt(async () => this.load((await sheets.createBook("Invoices")).spreadsheetId))),
    );
  }

  /** Show the title, or a choice of spreadsheets where there are several. */
  drawTitle(all) {
    this.all = all;
    const key = JSON.stringify([all, this.book?.id, this.book?.title]);
    if (this.drawnTitle === key) return;
    this.drawnTitle = key;
    const title = this.book?.title ?? "No spreadsheet yet";
    document.title = `${title} · Sandbox`;
    const choose = el("select", { "aria-label": "Spreadsheet", on: { change: () => attempt(() => this.load(choose.value)) } });
    for (const book of all) choose.append(el("option", { value: book.id, text: book.title, selected: book.id === this.book?.id }));
    fill(this.title, all.length > 1 ? choose : el("h1", { text: title, dir: "auto" }));
  }

  describe(row, column) {
    const view = this.grid.view(row, column);
    this.place.textContent = `${letters(column)}${row + 1}`;
    this.content.textContent = view.edit;
    this.content.title = view.edit.slice(0, 2000);
    this.showNote();
  }

  /** Change something, then show the outcome. One after the other, in the order in which they were asked for. */
  apply(action) {
    this.waiting += 1;
    this.queue = this.queue.then(async () => {
      await attempt(action);
      await attempt(() => this.load(this.book.id));
      this.waiting -= 1;
    });
    return this.queue;
  }

  addTab() {
    const titles = this.book.tabs.map((tab) => tab.title);
    let number = titles.length + 1;
    while (titles.includes(`Sheet${number}`)) number += 1;
    this.apply(async () => {
      const answer = await sheets.change(this.book.id, sheets.added(`Sheet${number}`));
      this.tab = { id: answer.replies[0].addSheet.properties.sheetId };
    });
  }
}
