/** Sheets, as this page uses it. */

import { google } from "./api.js";
import { quoted, range } from "./a1.js";

const BOOK_FIELDS = "properties(title,locale,timeZone),sheets(properties)";
const CELL_FIELDS = "formattedValue,effectiveValue,userEnteredValue(formulaValue),hyperlink,textFormatRuns(format(link)),note,dataValidation(condition)";
const GRID_FIELDS = `sheets(properties,data(rowData(values(${CELL_FIELDS}))))`;

const path = (id) => `/v4/spreadsheets/${encodeURIComponent(id)}`;

/** A spreadsheet's title, time zone and visible tabs. */
export async function loadBook(id) {
  const book = await google("GET", path(id), { query: { fields: BOOK_FIELDS } });
  const tabs = (book.sheets ?? []).map(({ properties }) => ({ id: properties.sheetId ?? 0, title: properties.title, hidden: properties.hidden ?? false }));
  return {
    id,
    title: book.properties.title ?? "",
    timeZone: book.properties.timeZone ?? "UTC",
    tabs: tabs.filter((tab) => !tab.hidden),
  };
}

/**
 * One tab's cells as Google sends them, without trailing empty rows.
 * `rowLimit` and `columnLimit` are the grid's size, `frozen` the rows and columns that stay in sight.
 */
export async function loadTab(id, tab) {
  const answer = await google("GET", path(id), { query: { ranges: quoted(tab.title), fields: GRID_FIELDS } });
  const { properties, data } = answer.sheets[0];
  const size = properties.gridProperties ?? {};
  const cells = (data?.[0]?.rowData ?? []).map((row) => row.values ?? []);
  const filled = (cell) => cell.formattedValue !== undefined || cell.userEnteredValue !== undefined || cell.note !== undefined;
  const rows = cells.findLastIndex((row) => row.some(filled)) + 1;
  return {
    id: properties.sheetId ?? 0,
    title: properties.title,
    cells,
    rows,
    columns: Math.max(0, ...cells.map((row) => row.findLastIndex(filled) + 1)),
    rowLimit: size.rowCount ?? 0,
    columnLimit: size.columnCount ?? 0,
    frozenRows: size.frozenRowCount ?? 0,
    frozenColumns: size.frozenColumnCount ?? 0,
  };
}

/** Type a block of texts into a tab, as a person would. */
export function type(id, tab, row, column, values) {
  const place = range(tab.title, row, column, values.length, values[0].length);
  return google("PUT", `${path(id)}/values/${encodeURIComponent(place)}`, {
    query: { valueInputOption: "USER_ENTERED" },
    body: { range: place, majorDimension: "ROWS", values },
  });
}

/** Carry out batchUpdate requests. */
export function change(id, ...requests) {
  return google("POST", `${path(id)}:batchUpdate`, { body: { requests } });
}

/** Make a spreadsheet. */
export function createBook(title) {
  return google("POST", "/v4/spreadsheets", { body: { properties: { title } } });
}

/** When a spreadsheet last changed: an opaque mark to compare with another. */
export async function changeMark(id) {
  const file = await google("GET", `/drive/v3/files/${encodeURIComponent(id)}`, { query: { fields: "modifiedTime,version" } });
  return `${file.modifiedTime} ${file.version}`;
}

const span = (sheetId, dimension, startIndex, count = 1) => ({ sheetId, dimension, startIndex, endIndex: startIndex + count });

/** An empty row or column before the index; it looks like its neighbour on that side. */
export function inserted(sheetId, dimension, index, inheritFromBefore) {
  return { insertDimension: { range: span(sheetId, dimension, index), inheritFromBefore } };
}

/** A row or column taken away. */
export function deleted(sheetId, dimension, index) {
  return { deleteDimension: { range: span(sheetId, dimension, index) } };
}

/** Rows added at the end. */
export function longer(sheetId, count) {
  return { appendDimension: { sheetId, dimension: "ROWS", length: count } };
}

/** All rows below the header, sorted by one column. */
export function sorted(tab, column, sortOrder) {
  const block = { sheetId: tab.id, startRowIndex: headerRows(tab), endRowIndex: tab.rows, startColumnIndex: 0, endColumnIndex: tab.columnLimit };
  return { sortRange: { range: block, sortSpecs: [{ dimensionIndex: column, sortOrder }] } };
}

/** A new tab. */
export function added(title) {
  return { addSheet: { properties: { title } } };
}

/** How many rows on top are headings: the frozen ones, else the first. */
export function headerRows(tab) {
  return Math.min(Math.max(1, tab.frozenRows), tab.rowLimit);
}
