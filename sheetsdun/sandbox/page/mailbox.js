/** The right pane: folders, the list of a folder, one mail. */

import { button, el, fill } from "./dom.js";
import * as gmail from "./gmail.js";
import { ADDRESS_COMMA, personOf } from "./mime.js";
import { showMessage } from "./message.js";
import { attempt, toast } from "./notices.js";
import { Tabs } from "./tabs.js";
import { brief } from "./when.js";

export class MailPane {
  /**
   * @param {HTMLElement} root
   * @param {{now: () => Date, did: (what: string) => void, counted: (drafts: number) => void}} hooks
   */
  constructor(root, { now, did, counted }) {
    Object.assign(this, { now, did, counted });
    this.folder = gmail.FOLDERS[0];
    this.opened = null;
    this.mark = "";
    this.acting = false;
    this.folders = new Tabs("Folders", "folders", (folder) => this.choose(folder));
    this.listing = el("div", { class: "mail-list", role: "tabpanel", "aria-label": "Mails" });
    this.reading = el("article", { class: "mail", hidden: true });
    root.append(el("div", { class: "pane-head" }, this.folders.root), this.listing, this.reading);
    this.drawFolders([]);
  }

  /** Whether a look from outside would be in the way. */
  get busy() {
    return this.acting || this.reading.querySelector("form") !== null;
  }

  /** Read the mailbox again. */
  async load() {
    this.mark = await gmail.mailboxMark();
    gmail.forget();
    const { folder } = this;
    const [numbers, page] = await Promise.all([gmail.counts(), gmail.list(folder.label)]);
    if (folder !== this.folder) return;
    this.drawFolders(numbers);
    this.drawList(page);
    this.counted(numbers[0].total);
    if (this.opened) await this.reopen();
  }

  async choose(folder) {
    this.folder = folder;
    this.close();
    await attempt(() => this.load());
  }

  drawFolders(numbers) {
    const tabs = gmail.FOLDERS.map((folder, index) => {
      const { total = 0, unread = 0 } = numbers[index] ?? {};
      const fresh = folder.label === "INBOX" && unread > 0;
      const more = el("span", { class: fresh ? "count unread" : "count", title: fresh ? "unread" : null, text: String((fresh ? unread : total) || "") });
      return { key: folder, word: folder.word, more };
    });
    this.folders.draw(tabs, this.folder);
  }

  drawList({ mails, next }) {
    const held = this.listing.contains(document.activeElement) ? document.activeElement.closest("[data-mail]")?.dataset.mail : null;
    const more = next && button({ word: "Show more", kind: "wide" }, () => attempt(async () => {
      const page = await gmail.list(this.folder.label, next);
      this.drawList({ mails: [...mails, ...page.mails], next: page.next });
    }));
    if (mails.length) fill(this.listing, el("ul", {}, ...mails.map((mail) => el("li", {}, this.line(mail)))), more || null);
    else fill(this.listing, el("div", { class: "empty" }, el("p", { text: this.folder.empty })));
    if (held) this.listing.querySelector(`[data-mail="${held}"]`)?.focus();
  }

  line(mail) {
    const address = (["DRAFT", "SENT"].includes(this.folder.label) ? mail.to : mail.from) || "no recipient yet";
    const who = address.split(ADDRESS_COMMA).map(personOf).join(", ");
    const unread = mail.labels.includes("UNREAD");
    return el(
      "button",
      { type: "button", class: unread ? "mail-line unread" : "mail-line", "data-mail": mail.id, on: { click: () => this.open(mail) } },
      el("span", { class: "who", dir: "auto", title: address, text: who }),
      el("time", { datetime: mail.time.toISOString(), text: brief(mail.time, this.now()) }),
      el("span", { class: "what", dir: "auto", text: mail.subject || "(no subject)" }),
      el("span", { class: "snippet", dir: "auto", text: mail.snippet }),
    );
  }

  /** Show a mail. */
  async open(mail) {
    await attempt(async () => {
      await this.show(mail);
      this.reading.querySelector(".subject").focus({ preventScroll: true });
      if (!mail.labels.includes("UNREAD")) return;
      await gmail.markRead(mail.id);
      await this.load();
    });
  }

  async show(mail) {
    const draftId = mail.labels.includes("DRAFT") ? (mail.draftId ?? (await gmail.draftOf(mail.id))) : undefined;
    const [source, thread] = await Promise.all([gmail.source(mail.id), gmail.conversation(mail.threadId)]);
    this.opened = { ...mail, draftId, size: thread?.length };
    this.listing.hidden = true;
    this.reading.hidden = false;
    showMessage(this.reading, { mail: this.opened, source, thread: thread ?? [mail] }, this);
  }

  /** After something has changed: the mail in sight may be another one now, or gone. */
  async reopen() {
    const { id, draftId, size } = this.opened;
    try {
      const mail = await gmail.summary(draftId ? (await gmail.draftMessage(draftId)).id : id);
      const thread = await gmail.conversation(mail.threadId);
      if (mail.id !== id || thread?.length !== size) await this.show({ ...mail, draftId });
    } catch (error) {
      if (error.code !== 404) throw error;
      this.close();
      toast("That mail is no longer here: it was sent or deleted.");
    }
  }

  /** Show the mail that a link names, a thread or a message, in the folder where it lies. */
  async openLink(id) {
    await attempt(async () => {
      const mail = await linked(id);
      if (!mail) throw new Error("That mail is not in this mailbox any more: it was deleted.");
      const folder = gmail.FOLDERS.findLast(({ label }) => mail.labels.includes(label));
      const moved = folder && folder !== this.folder;
      if (moved) this.folder = folder;
      await this.open(mail);
      if (moved) await this.load();
    });
  }

  /** Back to the list. */
  close() {
    const back = this.opened?.id;
    this.opened = null;
    this.reading.hidden = true;
    this.reading.replaceChildren();
    this.listing.hidden = false;
    if (back) this.listing.querySelector(`[data-mail="${back}"]`)?.focus({ preventScroll: true });
  }

  /** Do something to a mail, say so, and show the mailbox as it is then. `leave` goes back to the list. */
  async act(what, action, { leave = false } = {}) {
    if (this.acting) return;
    this.acting = true;
    const done = await attempt(action);
    this.acting = false;
    if (!done) return;
    this.did(what);
    if (leave) this.close();
    else if (this.opened) this.opened.size = -1;
    await attempt(() => this.load());
  }
}

/** What a link to a mail leads to: the draft in its thread, else the newest mail; null when it is gone. */
async function linked(id) {
  const thread = await gmail.conversation(id);
  if (thread) return thread.findLast((one) => one.labels.includes("DRAFT")) ?? thread.at(-1) ?? null;
  try {
    return await gmail.summary(id);
  } catch (error) {
    if (error.code === 404 || error.code === 400) return null;
    throw error;
  }
}
