/** A strip of tabs: one is chosen, the arrow keys go on to the next. */

import { el, fill } from "./dom.js";

export class Tabs {
  /**
   * @param {string} label what the strip is, for screen readers
   * @param {string} look its class
   * @param {(key: any) => void} onChoose
   */
  constructor(label, look, onChoose) {
    this.onChoose = onChoose;
    this.keys = [];
    this.root = el("div", { class: look, role: "tablist", "aria-label": label });
    this.root.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) onChoose(this.keys.at((this.keys.indexOf(this.current) + step) % this.keys.length));
    });
  }

  /** Show tabs, each {key, word, more?: Node}, and the one that is chosen. */
  draw(tabs, current) {
    const focused = this.root.contains(document.activeElement);
    this.keys = tabs.map(({ key }) => key);
    this.current = current;
    fill(
      this.root,
      ...tabs.map(({ key, word, more }) => {
        const chosen = key === current;
        return el("button", { type: "button", role: "tab", "aria-selected": String(chosen), tabindex: chosen ? "0" : "-1", on: { click: () => this.onChoose(key) } }, el("bdi", { text: word }), more);
      }),
    );
    const chosen = this.root.querySelector("[aria-selected=true]");
    if (focused) chosen?.focus();
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
