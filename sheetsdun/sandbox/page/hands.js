/** Keys, pointer and clipboard on the grid, turned into what the sheet can do. */

import { fromClipboard, toClipboard } from "./a1.js";
import { ROW_HEIGHT } from "./grid.js";

const at = (node) => {
  const cell = node.closest?.("[data-at]");
  if (!cell) return null;
  const [row, column] = cell.dataset.at.split(",").map(Number);
  return { row, column, cell };
};

/**
 * Listen to keys, pointer and clipboard.
 * @param {import("./grid.js").Grid} grid
 * @param {import("./acts.js").Acts} acts
 */
export function listen(grid, acts) {
  const { root } = grid;
  root.addEventListener("keydown", (event) => onKey(grid, acts, event));
  root.addEventListener("pointerdown", (event) => onPointerDown(grid, event));
  root.addEventListener("pointermove", (event) => {
    const place = event.buttons === 1 && event.pointerType === "mouse" && at(event.target);
    if (place && (place.row !== grid.at.toRow || place.column !== grid.at.toColumn)) grid.select(place.row, place.column, { extend: true });
  });
  root.addEventListener("click", (event) => onClick(grid, acts, event));
  root.addEventListener("dblclick", (event) => {
    const place = at(event.target);
    if (place && !event.target.closest("[data-follow],[data-check],[data-choose]")) acts.edit(place.row, place.column);
  });
  root.addEventListener("contextmenu", (event) => {
    const place = at(event.target);
    if (!place && event.target !== root) return;
    event.preventDefault();
    if (place) grid.select(place.row, place.column);
    // The menu key is no pointer: its menu opens at the active cell.
    acts.cellMenu(place ? new DOMRect(event.clientX, event.clientY, 0, 0) : grid.node(grid.at.row, grid.at.column).getBoundingClientRect());
  });
  root.addEventListener("copy", (event) => onCopy(grid, event));
  root.addEventListener("cut", (event) => {
    onCopy(grid, event);
    clear(grid, acts);
  });
  root.addEventListener("paste", (event) => {
    event.preventDefault();
    const rows = fromClipboard(event.clipboardData.getData("text/plain"));
    const { row, column, height, width } = grid.block;
    if (rows.length === 0) return;
    // One cell fills the whole block that is selected.
    const single = rows.length === 1 && rows[0].length === 1;
    const widest = Math.max(...rows.map((cells) => cells.length));
    const values = single ? Array.from({ length: height }, () => Array(width).fill(rows[0][0])) : rows.map((cells) => [...cells, ...Array(widest - cells.length).fill("")]);
    acts.write(row, column, values);
  });
}

function onPointerDown(grid, event) {
  const place = at(event.target);
  if (!place || event.button !== 0 || event.target.closest("[data-follow],[data-check],[data-choose]")) return;
  // A finger may be about to scroll: its click tells.
  if (event.pointerType !== "mouse") return;
  grid.root.focus({ preventScroll: true });
  grid.select(place.row, place.column, { extend: event.shiftKey });
}

function onClick(grid, acts, event) {
  const column = event.target.closest("[data-column]");
  const row = event.target.closest("[data-row]");
  if (column) acts.columnMenu(Number(column.dataset.column), column.getBoundingClientRect());
  if (row) acts.rowMenu(Number(row.dataset.row), row.getBoundingClientRect());
  const place = at(event.target);
  if (!place) return;
  if (event.target.closest("[data-check]")) acts.toggle(place.row, place.column);
  else if (event.target.closest("[data-choose]")) acts.choose(place.row, place.column);
  else if (event.target.closest("[data-follow]")) {
    const view = grid.view(place.row, place.column);
    if (!view.mail) return;
    event.preventDefault();
    acts.follow(view);
  } else if (event.pointerType === "touch") {
    // The second tap on a cell writes in it.
    if (place.row === grid.at.row && place.column === grid.at.column && document.activeElement === grid.root) acts.edit(place.row, place.column);
    else grid.select(place.row, place.column);
  }
}

function onCopy(grid, event) {
  event.preventDefault();
  const { row, column, height, width } = grid.block;
  const line = (_, down) => Array.from({ length: width }, (__, right) => grid.view(row + down, column + right).edit);
  event.clipboardData.setData("text/plain", toClipboard(Array.from({ length: height }, line)));
}

function clear(grid, acts) {
  const { row, column, height, width } = grid.block;
  acts.write(row, column, Array.from({ length: height }, () => Array(width).fill("")));
}

function onKey(grid, acts, event) {
  if (event.target !== grid.root || event.isComposing) return;
  const { row, column, toRow, toColumn } = grid.at;
  const from = event.shiftKey ? { row: toRow, column: toColumn } : { row, column };
  const far = event.ctrlKey || event.metaKey;
  const page = Math.max(1, Math.floor(grid.root.clientHeight / ROW_HEIGHT) - 3);
  const view = grid.view(row, column);
  const moves = {
    ArrowUp: [far ? 0 : from.row - 1, from.column],
    ArrowDown: [far ? grid.tab.rows - 1 : from.row + 1, from.column],
    ArrowLeft: [from.row, far ? 0 : from.column - 1],
    ArrowRight: [from.row, far ? grid.tab.columns - 1 : from.column + 1],
    PageUp: [from.row - page, from.column],
    PageDown: [from.row + page, from.column],
    Home: [far ? 0 : from.row, 0],
    End: [far ? grid.tab.rows - 1 : from.row, grid.tab.columns - 1],
  };
  const deeds = {
    Enter: () => (far && view.link ? acts.follow(view) : begin(acts, view, row, column)),
    F2: () => acts.edit(row, column),
    Delete: () => clear(grid, acts),
    Backspace: () => clear(grid, acts),
  };
  if (event.altKey && event.key === "ArrowDown" && view.options.length) acts.choose(row, column);
  else if (event.key === " " && view.kind === "check") acts.toggle(row, column);
  else if (event.key in moves && !event.altKey) grid.select(...moves[event.key], { extend: event.shiftKey });
  else if (event.key in deeds) deeds[event.key]();
  else if (event.key.length === 1 && !far && !event.altKey) acts.edit(row, column, event.key);
  else return;
  event.preventDefault();
}

function begin(acts, view, row, column) {
  if (view.kind === "check") acts.toggle(row, column);
  else if (view.options.length) acts.choose(row, column);
  else acts.edit(row, column);
}
