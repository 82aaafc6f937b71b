/** The two forms of the mailbox: a draft to edit, and an answer to give as the debtor. */

import { button, el } from "./dom.js";
import * as gmail from "./gmail.js";
import { ANSWERS, answered, editable, rewritten } from "./letter.js";

function field(label, input) {
  return el("label", { class: "field" }, el("span", { text: label }), input);
}

function line(value, props = {}) {
  return el("input", { type: "text", value, dir: "auto", autocomplete: "off", spellcheck: "false", ...props });
}

/**
 * The form that edits a draft.
 * @param {string} source the draft's bytes
 * @param {object} mail its summary
 * @param {object} pane the mailbox
 * @param {() => void} cancel shows the mail again
 */
export function draftForm(source, mail, pane, cancel) {
  const now = editable(source);
  const to = line(now.to, { name: "to", inputmode: "email" });
  const cc = line(now.cc, { name: "cc", inputmode: "email" });
  const subject = line(now.subject, { name: "subject" });
  const words = el("textarea", { name: "text", dir: "auto", value: now.words });
  const save = async () => {
    const changed = { to: to.value, cc: cc.value, subject: subject.value, words: words.value };
    // Gmail keeps a draft in its conversation only under the same subject.
    const thread = changed.subject === now.subject ? mail.threadId : "";
    await gmail.saveDraft(mail.draftId, rewritten(source, changed), thread);
  };
  const form = el(
    "form",
    { class: "form", "aria-label": "Edit the draft" },
    field("To", to),
    field("Cc", cc),
    field("Subject", subject),
    field("Text", words),
    el("div", { class: "form-actions" }, el("button", { type: "submit", class: "button primary", text: "Save draft" }), button({ word: "Cancel" }, cancel)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pane.act(`Draft “${subject.value}” edited`, save);
  });
  return form;
}

/** The form that answers a sent mail as the debtor, their machine, or their mail server. */
export function answerForm(source, mail, pane, cancel) {
  const words = el("textarea", { name: "answer", dir: "auto", value: ANSWERS.person.text });
  const kinds = el("fieldset", { class: "kinds" }, el("legend", { text: "What comes back" }));
  let kind = "person";
  for (const [name, { word, text }] of Object.entries(ANSWERS)) {
    const radio = el("input", { type: "radio", name: "kind", value: name, checked: name === kind });
    radio.addEventListener("change", () => {
      // Words that a person has written are kept.
      if (words.value === ANSWERS[kind].text) words.value = text;
      kind = name;
    });
    kinds.append(el("label", {}, radio, el("span", { text: word })));
  }
  const form = el(
    "form",
    { class: "form", "aria-label": "Answer as the debtor" },
    kinds,
    field("Text", words),
    el("div", { class: "form-actions" }, el("button", { type: "submit", class: "button primary", text: "Let it arrive" }), button({ word: "Cancel" }, cancel)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    pane.act(ANSWERS[kind].happened(mail.subject), () => gmail.receive(answered(source, { kind, words: words.value, now: pane.now() }), mail.threadId));
  });
  return form;
}
