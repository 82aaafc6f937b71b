/** The day on top: what day it is, how to move it, and Sync. */

import { control } from "./api.js";
import { button, el } from "./dom.js";
import { position } from "./menu.js";
import { attempt } from "./notices.js";
import { daysBetween, hour, isoDay, longDay, weekday } from "./when.js";

const TICK_MS = 10_000;

export class Day {
  /**
   * @param {HTMLElement} root
   * @param {{moved: () => Promise, synced: (outcome: {ok: boolean, text: string}) => Promise}} hooks
   */
  constructor(root, { moved, synced }) {
    this.moved = moved;
    this.synced = synced;
    this.offset = 0;
    this.waiting = 0;
    this.queue = Promise.resolve();
    this.weekday = el("span", { class: "weekday" });
    this.date = el("span", { class: "date" });
    this.hour = el("span", { class: "hour" });
    this.opener = el("button", { type: "button", class: "today", "aria-haspopup": "dialog", title: "Go to another day", on: { click: () => this.pick() } }, this.weekday, this.date, this.hour);
    this.next = button({ symbol: "next", word: "Next day", "data-action": "next-day" }, () => this.move(1));
    this.week = button({ word: "+7 days", "data-action": "next-week" }, () => this.move(7));
    this.sync = button({ symbol: "sync", word: "Sync", kind: "primary sync", "data-action": "sync", hidden: true }, () => this.run());
    root.append(el("div", { class: "day", role: "group", "aria-label": "The day" }, this.opener, this.next, this.week), this.sync);
    setInterval(() => this.draw(), TICK_MS);
  }

  /** The sandbox's present instant. */
  now() {
    return new Date(Date.now() + this.offset);
  }

  /** Take over what the sandbox says. Answers whether its clock was moved since the last look. */
  heard(state) {
    const offset = Date.parse(state.now) - Date.now();
    const moved = Math.abs(offset - this.offset) > 60_000;
    this.offset = offset;
    this.sync.hidden = !state.sync;
    this.draw();
    return moved;
  }

  draw() {
    const now = this.now();
    const set = (node, text) => node.textContent === text || (node.textContent = text);
    set(this.weekday, weekday(now));
    set(this.date, longDay(now));
    set(this.hour, hour(now));
  }

  /** Whether a look from outside would be in the way. */
  get busy() {
    return this.waiting > 0;
  }

  /** One after the other: whoever presses *next day* three times gets three days. */
  inTurn(action) {
    this.waiting += 1;
    this.queue = this.queue.then(async () => {
      await attempt(action);
      this.waiting -= 1;
    });
    return this.queue;
  }

  move(days) {
    return this.inTurn(async () => {
      await control("POST", "clock", { days });
      await this.moved();
    });
  }

  /** A small dialog with a date. */
  pick() {
    const input = el("input", { type: "date", name: "day", value: isoDay(this.now()), min: "2000-01-01", max: "2099-12-31", required: true });
    const form = el("form", { class: "pick", popover: "auto", role: "dialog", "aria-label": "Go to another day" }, el("label", { class: "field" }, el("span", { text: "Go to" }), input), el("button", { type: "submit", class: "button primary", text: "Go" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const days = daysBetween(isoDay(this.now()), input.value);
      form.hidePopover();
      this.move(days);
    });
    form.addEventListener("toggle", (event) => event.newState === "closed" && form.remove());
    document.body.append(form);
    form.showPopover();
    position(form, this.opener.getBoundingClientRect());
    input.focus();
  }

  async run() {
    if (this.sync.hasAttribute("aria-busy")) return;
    this.sync.setAttribute("aria-busy", "true");
    const word = this.sync.querySelector("span");
    word.textContent = "Syncing…";
    await this.inTurn(async () => this.synced(await control("POST", "sync")));
    word.textContent = "Sync";
    this.sync.removeAttribute("aria-busy");
  }
}
