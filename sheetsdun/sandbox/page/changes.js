/** What somebody else changed in a tab while we looked. */

/** The "row,column" of every cell whose text or note differs between two readings of a tab. */
export function differences(before, after) {
  const changed = new Set();
  const face = (tab, row, column) => {
    const cell = tab.cells[row]?.[column];
    return `${cell?.formattedValue ?? ""}\n${cell?.note ?? ""}`;
  };
  for (let row = 0; row < Math.max(before.rows, after.rows); row += 1) {
    for (let column = 0; column < Math.max(before.columns, after.columns); column += 1) {
      if (face(before, row, column) !== face(after, row, column)) changed.add(`${row},${column}`);
    }
  }
  return changed;
}
