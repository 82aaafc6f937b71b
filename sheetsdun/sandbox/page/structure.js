/** The commands of the row and column menus. */

import { letters } from "./a1.js";
import { deleted, headerRows, inserted, sorted } from "./sheets.js";

/** Commands for a column. @param {import("./acts.js").Acts} acts */
export function columnItems(acts, column) {
  const tab = acts.grid.tab;
  const name = `Column ${letters(column)}`;
  const heading = acts.grid.view(headerRows(tab) - 1, column).text;
  const title = heading ? `by ${heading.slice(0, 30)}` : `by column ${letters(column)}`;
  const act = (request, what) => () => acts.restructure(request, what);
  return [
    { word: `Sort A → Z ${title}`, act: act(sorted(tab, column, "ASCENDING"), `Rows sorted ${title}`) },
    { word: `Sort Z → A ${title}`, act: act(sorted(tab, column, "DESCENDING"), `Rows sorted ${title}, backwards`) },
    null,
    { word: "Insert column left", act: act(inserted(tab.id, "COLUMNS", column, false), `Column inserted left of ${letters(column)}`) },
    { word: "Insert column right", act: act(inserted(tab.id, "COLUMNS", column + 1, true), `Column inserted right of ${letters(column)}`) },
    { word: `Delete column ${letters(column)}`, danger: true, act: act(deleted(tab.id, "COLUMNS", column), `${name} deleted`) },
  ];
}

/** Commands for a row. @param {import("./acts.js").Acts} acts */
export function rowItems(acts, row) {
  const tab = acts.grid.tab;
  const act = (request, what) => () => acts.restructure(request, what);
  return [
    { word: "Insert row above", act: act(inserted(tab.id, "ROWS", row, false), `Row inserted above ${row + 1}`) },
    { word: "Insert row below", act: act(inserted(tab.id, "ROWS", row + 1, true), `Row inserted below ${row + 1}`) },
    { word: `Delete row ${row + 1}`, danger: true, act: act(deleted(tab.id, "ROWS", row), `Row ${row + 1} deleted`) },
  ];
}
