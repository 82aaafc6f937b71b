/** Elements, built by hand: whatever comes from a cell or a mail enters the page as text, never as markup. */

/**
 * Build an element.
 * @param {string} tag
 * @param {object} props attributes; besides `class`, `text`, `value` and `on` ({event: listener}).
 *   false, null and undefined leave an attribute out.
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Put these children, and nothing else, into a parent. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

/** The outlines of the icons, on a 20 by 20 field, drawn with a stroke. */
const ICONS = {
  attach: "M14 8.5 8.8 13.7a2 2 0 0 1-2.9-2.8l6-6a3.3 3.3 0 0 1 4.7 4.7l-6 6",
  back: "M12 4 6 10l6 6",
  bin: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  calendar: "M4 5.5h12v11H4zM4 9h12M7.5 3.5v3M12.5 3.5v3",
  close: "M5 5l10 10M15 5 5 15",
  down: "M5.5 8 10 12.5 14.5 8",
  edit: "M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2zM11.5 5.8l2.7 2.7",
  letter: "M3 5.5h14v9.5H3zM3.5 6l6.5 5 6.5-5",
  more: "M10 4.5v.01M10 10v.01M10 15.5v.01",
  next: "M5 4.5 10.5 10 5 15.5M10.5 4.5 16 10l-5.5 5.5",
  out: "M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7",
  plus: "M10 4.5v11M4.5 10h11",
  reply: "M8 5 3.5 9.5 8 14M4 9.5h7c3 0 5 2 5 5.5",
  restore: "M5 8.5a5.5 5.5 0 1 1-.5 3.5M4.5 4.5v4.3h4.3",
  send: "M17 3.5 9 11.5M17 3.5l-5 13-3-5-5.5-2.7z",
  sheet: "M3.5 4h13v12h-13zM3.5 8h13M3.5 12h13M8 8v8",
  sync: "M15.5 8A6 6 0 0 0 5 6.5L4 8M4 4v4h4M4.5 12A6 6 0 0 0 15 13.5l1-1.5M16 16v-4h-4",
};

/** An icon by name: decoration, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon, a word, or both; `label` names one that has no word. */
export function button({ symbol, word, label, kind = "", ...props }, onClick) {
  return el(
    "button",
    { type: "button", class: `button ${kind}`.trim(), "aria-label": label, title: label, on: { click: onClick }, ...props },
    symbol ? icon(symbol) : null,
    word ? el("span", { text: word }) : null,
  );
}

/** The address if it is one that a person may follow (http, https, mailto), else null. */
export function followable(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return ["http:", "https:", "mailto:"].includes(url.protocol) ? url : null;
}
