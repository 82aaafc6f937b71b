/** A1 notation, and the tab-separated text of the clipboard. Rows and columns count from 0 here. */

/** The letters of a column: 0 is A, 26 is AA. */
export function letters(column) {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** A sheet's title as ranges quote it. */
export function quoted(title) {
  return `'${title.replaceAll("'", "''")}'`;
}

/** The range of a block of cells. */
export function range(title, row, column, height = 1, width = 1) {
  const from = `${letters(column)}${row + 1}`;
  const to = `${letters(column + width - 1)}${row + height}`;
  return `${quoted(title)}!${from}${from === to ? "" : `:${to}`}`;
}

/** Read what spreadsheets put on the clipboard: tabs, lines, and quotes around cells that hold either. */
export function fromClipboard(text) {
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  const rows = [];
  let row = [];
  let end = "";
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    const [, inQuotes, plain, separator] = cell.exec(text);
    row.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'));
    end = separator;
    if (separator !== "\t") {
      rows.push(row);
      row = [];
    }
  }
  if (end === "\t") rows.push([...row, ""]);
  return rows;
}

/** Write cells as spreadsheets put them on the clipboard. */
export function toClipboard(rows) {
  const cell = (text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
