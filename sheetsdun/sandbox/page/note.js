/** The little paper that shows a cell's note, on hover and on the active cell. */

import { el } from "./dom.js";
import { position } from "./menu.js";

/** Show notes of the cells of a grid. Answers a function that shows the active cell's, or hides it. */
export function notes(grid) {
  const paper = el("div", { class: "note", role: "tooltip", popover: "manual", dir: "auto" });
  document.body.append(paper);
  const hide = () => paper.matches(":popover-open") && paper.hidePopover();
  const show = (node) => {
    const [row, column] = node.dataset.at.split(",").map(Number);
    const { note } = grid.view(row, column);
    if (!note || node.classList.contains("editing")) return hide();
    paper.textContent = note;
    paper.showPopover();
    position(paper, node.getBoundingClientRect());
  };
  grid.root.addEventListener("mouseover", (event) => {
    const node = event.target.closest("[data-at].noted");
    if (node) show(node);
  });
  grid.root.addEventListener("mouseout", hide);
  grid.root.addEventListener("scroll", hide);
  grid.root.addEventListener("blur", hide);
  return () => {
    const node = grid.node(grid.at.row, grid.at.column);
    if (node && document.activeElement === grid.root) show(node);
    else hide();
  };
}
