/** The page: the day on top, the sheet, the mailbox, and what happened. */

import { control } from "./api.js";
import { Day } from "./day.js";
import { live } from "./live.js";
import { MailPane } from "./mailbox.js";
import { Journal, toast } from "./notices.js";
import { SheetPane } from "./sheet.js";
import { splitter } from "./splitter.js";
import { longDay, weekday } from "./when.js";

const place = (id) => document.getElementById(id);

const day = new Day(place("top"), { moved, synced });
const journal = new Journal(place("journal"), () => day.now());
const did = (what) => journal.add(what);
const sheet = new SheetPane(place("sheet"), {
  did,
  openMail: (id) => {
    show("mail");
    mail.openLink(id);
  },
});
const mail = new MailPane(place("mail"), { did, now: () => day.now(), counted });

async function moved() {
  await refresh({ foreign: false });
  journal.add(`It is ${weekday(day.now())}, ${longDay(day.now())}`);
}

async function synced({ ok, text }) {
  await refresh({ foreign: true });
  // What a report comes down to stands in its last line.
  const outcome = text.trim().split("\n").at(-1).trim();
  journal.add([ok ? "Synced" : "Sync failed", outcome].filter(Boolean).join(": "), { report: text.trim(), failed: !ok });
}

/** Read everything again; `foreign` highlights in the sheet what others have written. */
async function refresh({ foreign }) {
  day.heard(await control("GET", "state"));
  await Promise.all([sheet.book && sheet.load(sheet.book.id, { foreign }), mail.busy || mail.load()]);
}

function counted(drafts) {
  place("drafts-waiting").textContent = drafts ? String(drafts) : "";
}

/** On a phone one pane is in sight at a time. */
function show(name) {
  document.body.dataset.pane = name;
  for (const button of place("switch").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.show === name));
}

for (const button of place("switch").querySelectorAll("button")) button.addEventListener("click", () => show(button.dataset.show));
show("sheet");
splitter(place("splitter"), place("panes"));
await live({
  day,
  sheet,
  mail,
  onState: (state) => {
    place("account").textContent = state.mailbox;
  },
  onTrouble: (trouble) => {
    document.body.classList.toggle("away", Boolean(trouble));
    toast(trouble || "The sandbox answers again.", { error: Boolean(trouble) });
  },
});
document.body.removeAttribute("aria-busy");
