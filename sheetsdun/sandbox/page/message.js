/** One mail, as a person would see it. */

import { answerForm, draftForm } from "./compose.js";
import { button, el, icon } from "./dom.js";
import * as gmail from "./gmail.js";
import { plain } from "./letter.js";
import { ADDRESS_COMMA, attachmentName, bytes, contentType, headerText, leaves, parse, personOf, text, toBytes } from "./mime.js";
import { paper } from "./paper.js";
import { hour, longDay, shortDay, weekday } from "./when.js";

/**
 * Show a mail in a place.
 * @param {HTMLElement} root
 * @param {{mail: object, source: string, thread: object[]}} content summary, bytes, conversation
 * @param {object} pane the mailbox: act(what, action), close(), open(mail), now()
 */
export function showMessage(root, { mail, source, thread }, pane) {
  const parsed = parse(source);
  const body = el("div", { class: "mail-body" });
  const actions = el("div", { class: "mail-actions", role: "toolbar", "aria-label": "What to do with this mail" });
  const restore = () => showMessage(root, { mail, source, thread }, pane);
  const instead = (form) => {
    body.replaceChildren(form);
    actions.hidden = true;
    attachments.hidden = true;
    root.classList.add("writing");
    form.querySelector("input:not([type=radio]), textarea").focus();
  };
  actions.append(...commands(mail, source, pane, instead, restore));
  const attachments = el("ul", { class: "attachments", "aria-label": "Attachments" }, ...attached(parsed));
  attachments.hidden = !attachments.children.length;
  root.classList.remove("writing");
  root.replaceChildren(
    el("div", { class: "mail-head" },
      el("div", { class: "mail-top" }, button({ symbol: "back", label: "Back to the list", kind: "quiet" }, () => pane.close()), actions),
      el("h2", { class: "subject", dir: "auto", tabindex: "-1", text: mail.subject || "(no subject)" }),
      el("dl", { class: "people" }, ...people(parsed, mail)),
      siblings(mail, thread, pane),
    ),
    attachments,
    body,
  );
  showBody(body, parsed, source);
}

function commands(mail, source, pane, instead, restore) {
  const labels = mail.labels;
  const bin = () => pane.act(`“${mail.subject}” put into the bin`, () => gmail.toBin(mail.id), { leave: true });
  const answer = () => instead(answerForm(source, mail, pane, restore));
  if (labels.includes("TRASH")) {
    return [
      button({ symbol: "restore", word: "Restore" }, () => pane.act(`“${mail.subject}” taken out of the bin`, () => gmail.fromBin(mail.id), { leave: true })),
      button({ symbol: "bin", word: "Delete for good", kind: "danger" }, () => pane.act(`“${mail.subject}” deleted for good`, () => gmail.deleteMail(mail.id), { leave: true })),
    ];
  }
  if (mail.draftId) {
    return [
      button({ symbol: "send", word: "Send", kind: "primary" }, () => pane.act(`“${mail.subject}” sent to ${mail.to.split(ADDRESS_COMMA).map(personOf).join(", ")}`, () => gmail.sendDraft(mail.draftId), { leave: true })),
      button({ symbol: "edit", word: "Edit" }, () => instead(draftForm(source, mail, pane, restore))),
      button({ symbol: "bin", word: "Delete", kind: "danger" }, () => pane.act(`Draft “${mail.subject}” deleted`, () => gmail.deleteDraft(mail.draftId), { leave: true })),
    ];
  }
  const binButton = button({ symbol: "bin", label: "Put into the bin", kind: "quiet" }, bin);
  return labels.includes("SENT") ? [button({ symbol: "reply", word: "Answer as the debtor", kind: "primary" }, answer), binButton] : [binButton];
}

function people(parsed, mail) {
  const rows = ["From", "To", "Cc", "Bcc"].map((name) => [name, headerText(parsed, name)]).filter(([, value]) => value);
  rows.push([mail.labels.includes("DRAFT") ? "Written" : "Date", `${weekday(mail.time)}, ${longDay(mail.time)}, ${hour(mail.time)}`]);
  return rows.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { dir: "auto", text: value })]);
}

function siblings(mail, thread, pane) {
  if (thread.length < 2) return null;
  const list = el("ul", { class: "siblings", "aria-label": "This conversation" });
  for (const other of thread) {
    const here = other.id === mail.id;
    const who = other.labels.includes("DRAFT") ? "Draft" : personOf(other.from);
    list.append(el("li", {}, el("button", { type: "button", "aria-current": here ? "true" : null, dir: "auto", on: { click: () => here || pane.open(other) }, text: `${shortDay(other.time)} · ${who}` })));
  }
  return list;
}

function attached(parsed) {
  return leaves(parsed).filter(attachmentName).map((part) => {
    const name = attachmentName(part);
    const content = toBytes(bytes(part));
    const save = () => {
      // As plain bytes: the browser saves it and never opens it in this origin.
      const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
      el("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    };
    const size = content.length < 1024 ? `${content.length} B` : `${Math.round(content.length / 1024).toLocaleString("en-GB")} kB`;
    return el("li", {}, el("button", { type: "button", title: `Save ${name}`, on: { click: save } }, icon("attach"), el("bdi", { text: name }), el("small", { text: size })));
  });
}

function showBody(body, parsed, source) {
  const parts = leaves(parsed);
  const html = parts.find((part) => contentType(part).type === "text/html" && !attachmentName(part));
  const views = {
    Mail: html ? () => paper(text(html), parts) : null,
    "Plain text": () => el("pre", { class: "plain", dir: "auto", tabindex: "0", text: plain(parsed) || "This mail is empty." }),
    Headers: () => el("pre", { class: "headers", tabindex: "0", text: source.slice(0, source.search(/\r?\n\r?\n|$/)) }),
  };
  const names = Object.keys(views).filter((name) => views[name]);
  const place = el("div", { class: "mail-view" });
  const group = el("div", { class: "segments", role: "group", "aria-label": "Show" });
  const choose = (name) => {
    for (const one of group.children) one.setAttribute("aria-pressed", String(one.textContent === name));
    place.replaceChildren(views[name]());
  };
  for (const name of names) group.append(el("button", { type: "button", text: name, on: { click: () => choose(name) } }));
  body.replaceChildren(place, el("div", { class: "mail-foot" }, group));
  choose(names[0]);
}
