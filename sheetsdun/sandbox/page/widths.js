/** How wide the columns are: as their words need, within reason. */

const NUMBER_COLUMN = 44;
const NARROWEST = 72;
const WIDEST = 232;
const PADDING = 22;
const LOOKED_AT = 200;

let pen = null;

function widthOf(text, bold) {
  pen ??= document.createElement("canvas").getContext("2d");
  const { fontFamily } = getComputedStyle(document.body);
  pen.font = `${bold ? "600 " : ""}13px ${fontFamily}`;
  return pen.measureText(text.slice(0, 60)).width;
}

/**
 * The widths in pixels: the row numbers' first, then one for each column.
 * @param {import("./grid.js").Grid} grid
 * @param {number[]} before no column gets narrower than it was here
 */
export function columnWidths(grid, before) {
  const widths = [NUMBER_COLUMN];
  for (let column = 0; column < grid.columns; column += 1) {
    let widest = NARROWEST;
    for (let row = 0; row < Math.min(grid.tab.rows, LOOKED_AT); row += 1) {
      const view = grid.view(row, column);
      const text = view.mail ? "Open mail" : view.text;
      const extra = view.options.length ? 40 : view.mail ? 36 : 0;
      if (text) widest = Math.max(widest, widthOf(text, row < grid.frozen) + PADDING + extra);
    }
    widths.push(Math.max(before[column + 1] ?? 0, Math.round(Math.min(widest, WIDEST))));
  }
  return widths;
}
