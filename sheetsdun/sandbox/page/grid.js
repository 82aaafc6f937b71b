/** The grid: only the rows in sight are in the page, so a long sheet scrolls as lightly as a short one. */

import { inside, read, spoken } from "./cells.js";
import { el } from "./dom.js";
import { letters } from "./a1.js";
import { headerRows } from "./sheets.js";
import { columnWidths } from "./widths.js";

export const ROW_HEIGHT = 32;
const BEYOND = 10;
const SPARE_ROWS = 25;
const SPARE_COLUMNS = 2;

export class Grid {
  /** @param {HTMLElement} root scrolls, has the focus, and has the role grid */
  constructor(root, { onSelect }) {
    this.root = root;
    this.onSelect = onSelect;
    this.head = el("div", { class: "grid-head", role: "rowgroup" });
    this.body = el("div", { class: "grid-body", role: "rowgroup" });
    root.append(this.head, this.body);
    this.drawn = new Map();
    this.views = new Map();
    this.at = { row: 0, column: 0, toRow: 0, toColumn: 0 };
    this.changed = new Set();
    this.tab = null;
    let waiting = false;
    root.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        this.draw();
      });
    });
    new ResizeObserver(() => this.draw()).observe(root);
  }

  /** Show a tab. `changed` holds "row,column" of the cells to highlight. */
  show(tab, changed) {
    const same = this.tab?.id === tab.id;
    this.changed = changed;
    this.tab = tab;
    this.frozen = headerRows(tab);
    this.rows = Math.min(tab.rowLimit, Math.max(tab.rows + SPARE_ROWS, 40));
    this.columns = Math.min(tab.columnLimit, Math.max(tab.columns + SPARE_COLUMNS, 8));
    this.views.clear();
    // While a tab stays in sight its columns only widen: nothing jumps under the pointer.
    this.widths = columnWidths(this, same ? this.widths : []);
    this.root.style.setProperty("--columns", this.widths.map((width) => `${width}px`).join(" "));
    this.root.setAttribute("aria-rowcount", this.rows);
    this.root.setAttribute("aria-colcount", this.columns);
    this.root.setAttribute("aria-label", `Cells of ${tab.title}`);
    this.body.style.height = `${(this.rows - this.frozen) * ROW_HEIGHT}px`;
    this.drawHead();
    for (const node of this.drawn.values()) node.remove();
    this.drawn.clear();
    if (!same) {
      this.root.scrollTo(0, 0);
      this.at = { row: 0, column: 0, toRow: 0, toColumn: 0 };
    }
    this.draw();
    this.select(this.at.row, this.at.column, { keep: true });
  }

  /** One cell, read. */
  view(row, column) {
    const key = `${row},${column}`;
    if (!this.views.has(key)) this.views.set(key, read(this.tab.cells[row]?.[column]));
    return this.views.get(key);
  }

  /** The cell's element, if it is in the page. */
  node(row, column) {
    return document.getElementById(`cell-${row}-${column}`);
  }

  /** The selected block, from its upper left corner. */
  get block() {
    const { row, column, toRow, toColumn } = this.at;
    const [top, left] = [Math.min(row, toRow), Math.min(column, toColumn)];
    return { row: top, column: left, height: Math.abs(row - toRow) + 1, width: Math.abs(column - toColumn) + 1 };
  }

  /** Select a cell; `extend` stretches the block to it, `keep` neither scrolls nor shrinks the block. */
  select(row, column, { extend = false, keep = false } = {}) {
    const fit = (number, count) => Math.max(0, Math.min(number, count - 1));
    const cell = { row: fit(row, this.rows), column: fit(column, this.columns) };
    if (keep) this.at = { ...cell, toRow: fit(this.at.toRow, this.rows), toColumn: fit(this.at.toColumn, this.columns) };
    else if (extend) this.at = { ...this.at, toRow: cell.row, toColumn: cell.column };
    else this.at = { ...cell, toRow: cell.row, toColumn: cell.column };
    if (!keep) this.reveal(cell);
    this.draw();
    this.mark(this.root);
    this.root.setAttribute("aria-activedescendant", `cell-${this.at.row}-${this.at.column}`);
    this.onSelect(this.at.row, this.at.column, keep);
  }

  /** Scroll as little as needed for a cell to be in sight, free of the frozen rows and columns. */
  reveal({ row, column }) {
    const { root, widths, frozen, tab } = this;
    if (row >= frozen) {
      const top = (row - frozen) * ROW_HEIGHT;
      const room = root.clientHeight - this.head.offsetHeight;
      if (top < root.scrollTop) root.scrollTop = top;
      else if (top + ROW_HEIGHT > root.scrollTop + room) root.scrollTop = top + ROW_HEIGHT - room;
    }
    const sum = (count) => widths.slice(0, count).reduce((total, width) => total + width, 0);
    const pinned = sum(1 + tab.frozenColumns);
    const [left, right] = [sum(column + 1), sum(column + 2)];
    if (column < tab.frozenColumns) return;
    if (left - pinned < root.scrollLeft) root.scrollLeft = left - pinned;
    else if (right > root.scrollLeft + root.clientWidth) root.scrollLeft = Math.min(left - pinned, right - root.clientWidth);
  }

  /** Put the rows in sight into the page and take the others out. */
  draw() {
    if (!this.tab) return;
    const first = this.frozen + Math.floor(this.root.scrollTop / ROW_HEIGHT);
    const from = Math.max(this.frozen, first - BEYOND);
    const to = Math.min(this.rows, first + Math.ceil(this.root.clientHeight / ROW_HEIGHT) + BEYOND);
    // The active row stays, wherever it is: screen readers and an open editor hold on to it.
    const wanted = (row) => (row >= from && row < to) || row === this.at.row;
    for (const [row, node] of this.drawn) {
      if (wanted(row)) continue;
      node.remove();
      this.drawn.delete(row);
    }
    const add = (row) => {
      if (row < this.frozen || this.drawn.has(row)) return;
      const node = this.rowNode(row);
      node.style.top = `${(row - this.frozen) * ROW_HEIGHT}px`;
      this.drawn.set(row, node);
      this.mark(node);
      this.body.append(node);
    };
    for (let row = from; row < to; row += 1) add(row);
    add(this.at.row);
  }

  drawHead() {
    const names = el("div", { class: "grid-row grid-letters", role: "presentation" }, el("div", { class: "corner" }));
    for (let column = 0; column < this.columns; column += 1) {
      const name = letters(column);
      const opener = el("button", { type: "button", tabindex: "-1", "data-column": column, "aria-label": `Column ${name}`, title: `Column ${name}: sort, insert, delete`, text: name });
      names.append(this.pin(opener, column));
    }
    this.head.replaceChildren(names);
    for (let row = 0; row < this.frozen; row += 1) this.head.append(this.rowNode(row, "columnheader"));
  }

  rowNode(row, role = "gridcell") {
    const number = el("button", { type: "button", tabindex: "-1", "data-row": row, title: `Row ${row + 1}: insert, delete`, text: String(row + 1) });
    const node = el("div", { class: "grid-row", role: "row", "aria-rowindex": row + 1 }, el("div", { class: "grid-number", role: "rowheader" }, number));
    for (let column = 0; column < this.columns; column += 1) node.append(this.cellNode(row, column, role));
    return node;
  }

  cellNode(row, column, role) {
    const view = this.view(row, column);
    const kinds = ["cell", view.kind, view.error && "error", view.note && "noted", this.changed.has(`${row},${column}`) && "changed"];
    const description = spoken(view);
    const node = el(
      "div",
      { id: `cell-${row}-${column}`, role, class: kinds.filter(Boolean).join(" "), "aria-colindex": column + 1, "aria-description": description || null, "data-at": `${row},${column}` },
      ...inside(view),
    );
    return this.pin(node, column);
  }

  /** Frozen columns stay at the left edge. */
  pin(node, column) {
    if (column >= this.tab.frozenColumns) return node;
    node.classList.add("pinned");
    node.style.left = `${this.widths.slice(0, column + 1).reduce((total, width) => total + width, 0)}px`;
    return node;
  }

  /** Show in a part of the grid which cells are selected. */
  mark(part) {
    const { row, column } = this.at;
    const block = this.block;
    for (const node of part.querySelectorAll("[data-at]")) {
      const [nodeRow, nodeColumn] = node.dataset.at.split(",").map(Number);
      const within = nodeRow >= block.row && nodeRow < block.row + block.height && nodeColumn >= block.column && nodeColumn < block.column + block.width;
      node.classList.toggle("selected", within);
      node.classList.toggle("active", nodeRow === row && nodeColumn === column);
      node.setAttribute("aria-selected", String(within));
    }
  }
}
