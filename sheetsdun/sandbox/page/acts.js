/** What a person can do with the cells in sight. */

import { letters } from "./a1.js";
import { el } from "./dom.js";
import { openEditor } from "./editor.js";
import { openMenu } from "./menu.js";
import * as sheets from "./sheets.js";
import { columnItems, rowItems } from "./structure.js";

export class Acts {
  /** @param {import("./sheet.js").SheetPane} pane */
  constructor(pane) {
    this.pane = pane;
  }

  get grid() {
    return this.pane.grid;
  }

  /** Write in a cell; `text` replaces what stands there. */
  edit(row, column, text) {
    // Two taps are a double click too.
    if (this.pane.editing) return;
    this.grid.select(row, column);
    const view = this.grid.view(row, column);
    const done = (kept, step) => {
      if (kept !== null && kept !== view.edit) {
        // At once, so that nothing flickers; the sheet's own reading follows.
        this.grid.node(row, column)?.replaceChildren(el("span", { class: "words", dir: "auto", text: kept }));
        this.write(row, column, [[kept]]);
      }
      if (document.activeElement === document.body) this.focus();
      if (step.rows || step.columns) this.grid.select(row + step.rows, column + step.columns);
    };
    openEditor(this.grid.node(row, column), { text: text ?? view.edit, label: `${letters(column)}${row + 1}`, done });
    this.pane.showNote();
  }

  /** Offer the choices of a dropdown. */
  choose(row, column) {
    this.focus();
    this.grid.select(row, column);
    const { options, text } = this.grid.view(row, column);
    const items = ["", ...options].map((word) => ({ word: word || "—", current: word === text, act: () => this.write(row, column, [[word]]) }));
    openMenu(this.grid.node(row, column).getBoundingClientRect(), "Choices", items, { choice: true });
  }

  /** Tick a checkbox, or clear it. */
  toggle(row, column) {
    this.focus();
    this.grid.select(row, column);
    return this.write(row, column, [[this.grid.view(row, column).checked ? "FALSE" : "TRUE"]]);
  }

  /** Go where a cell's link leads: a mail opens beside the sheet. */
  follow(view) {
    if (view.mail) this.pane.openMail(view.mail);
    else open(view.link.href, "_blank", "noopener");
  }

  /** Type values from a cell on; the grid grows where they need more rows. */
  write(row, column, values) {
    const { pane } = this;
    const place = `${letters(column)}${row + 1}`;
    return pane.apply(async () => {
      const missing = row + values.length - this.grid.tab.rowLimit;
      if (missing > 0) await sheets.change(pane.book.id, sheets.longer(pane.tab.id, missing));
      await sheets.type(pane.book.id, pane.tab, row, column, values);
      const single = values.length === 1 && values[0].length === 1;
      pane.did(single ? `${place} in ${pane.tab.title} set to “${values[0][0].slice(0, 60)}”` : `Cells from ${place} in ${pane.tab.title} written`);
    });
  }

  /** Carry out one change of rows or columns. What was highlighted has moved, so it is highlighted no more. */
  restructure(request, what) {
    const { pane } = this;
    return pane.apply(async () => {
      await sheets.change(pane.book.id, request);
      pane.changed.delete(pane.tab.id);
      pane.did(`${what} in ${pane.tab.title}`);
    });
  }

  columnMenu(column, place) {
    this.menu(place, `Column ${letters(column)}`, columnItems(this, column));
  }

  rowMenu(row, place) {
    this.menu(place, `Row ${row + 1}`, rowItems(this, row));
  }

  cellMenu(place) {
    const { row, column } = this.grid.at;
    this.menu(place, "Rows and columns", [...rowItems(this, row), null, ...columnItems(this, column)]);
  }

  /** A menu over the grid, which has the focus again afterwards. */
  menu(place, label, items) {
    const onClose = () => {
      const { activeElement } = document;
      if (activeElement === document.body || this.grid.root.contains(activeElement)) this.focus();
    };
    openMenu(place, label, items, { onClose });
  }

  focus() {
    this.grid.root.focus({ preventScroll: true });
  }
}
