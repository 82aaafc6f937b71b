/** One pop-up at a time: a menu of commands, or a list of choices. */

import { el } from "./dom.js";

/**
 * Open a pop-up beside a place. Arrow keys, first letters, Enter and Escape work in it.
 * @param {DOMRect} place
 * @param {string} label what it is, for screen readers
 * @param {Array<{word: string, act: () => void, current?: boolean, danger?: boolean}|null>} items null is a rule
 * @param {{choice?: boolean, onClose?: () => void}} options a choice is a listbox, else it is a menu
 */
export function openMenu(place, label, items, { choice = false, onClose = () => {} } = {}) {
  const menu = el("div", { class: "menu", popover: "auto", role: choice ? "listbox" : "menu", "aria-label": label });
  for (const item of items) {
    if (item === null) {
      menu.append(el("hr", { role: "separator" }));
      continue;
    }
    const role = choice ? { role: "option", "aria-selected": String(Boolean(item.current)) } : { role: "menuitem" };
    const act = () => {
      menu.hidePopover();
      item.act();
    };
    menu.append(el("button", { type: "button", tabindex: "-1", class: item.danger ? "danger" : "", text: item.word, dir: "auto", on: { click: act }, ...role }));
  }
  menu.addEventListener("keydown", (event) => move(menu, event));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    menu.remove();
    onClose();
  });
  document.body.append(menu);
  menu.showPopover();
  position(menu, place);
  (menu.querySelector("[aria-selected=true]") ?? menu.querySelector("button"))?.focus();
}

/** Below the place if there is room, else above; never outside the window. */
export function position(node, place) {
  const { width, height } = node.getBoundingClientRect();
  const below = place.bottom + 4 + height <= innerHeight;
  node.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  node.style.top = `${Math.max(8, below ? place.bottom + 4 : place.top - height - 4)}px`;
}

function move(menu, event) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  let to = places[event.key];
  if (event.key === "Tab") menu.hidePopover();
  else if (to === undefined && event.key.length === 1 && event.key !== " ") {
    const starts = (item) => item.textContent.toLowerCase().startsWith(event.key.toLowerCase());
    to = items.findIndex((item, index) => index > at && starts(item));
    if (to < 0) to = items.findIndex(starts);
    if (to < 0) return;
  }
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
