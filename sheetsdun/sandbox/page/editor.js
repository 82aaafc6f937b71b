/** Writing in a cell. */

import { el } from "./dom.js";

/**
 * Open an editor over a cell. Enter and Tab keep what was written, Escape drops it, leaving the cell keeps it.
 * @param {HTMLElement} cell
 * @param {{text: string, label: string, done: (text: string|null, step: {rows: number, columns: number}) => void}} options
 *   `done` gets null when it was dropped, and the step to the cell that comes next.
 */
export function openEditor(cell, { text, label, done }) {
  const area = el("textarea", { class: "editor", rows: "1", "aria-label": label, dir: "auto", spellcheck: "false", autocomplete: "off", value: text });
  const still = { rows: 0, columns: 0 };
  let open = true;
  const close = (kept, step = still) => {
    if (!open) return;
    open = false;
    area.remove();
    cell.classList.remove("editing");
    done(kept, step);
  };
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  };
  area.addEventListener("input", grow);
  area.addEventListener("blur", () => close(area.value));
  area.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") close(null);
    else if (event.key === "Enter" && (event.altKey || event.ctrlKey)) area.setRangeText("\n", area.selectionStart, area.selectionEnd, "end");
    else if (event.key === "Enter") close(area.value, { rows: event.shiftKey ? -1 : 1, columns: 0 });
    else if (event.key === "Tab") close(area.value, { rows: 0, columns: event.shiftKey ? -1 : 1 });
    else return;
    event.preventDefault();
    grow();
  });
  for (const name of ["copy", "cut", "paste", "pointerdown", "dblclick"]) area.addEventListener(name, (event) => event.stopPropagation());
  cell.classList.add("editing");
  cell.append(area);
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
  grow();
}
