/** Looking, gently, whether anybody else has changed something. */

import { control } from "./api.js";
import { mailboxMark } from "./gmail.js";
import { changeMark } from "./sheets.js";

const EVERY_MS = 3000;

/**
 * Look now, and then every three seconds while the page is in sight and nobody is writing. A look is three small
 * requests; only what has changed is read again.
 * @param {object} page day, sheet, mail, onState(state), and onTrouble(what): the sentence when a look fails, ""
 *   when one goes well again
 */
export async function live(page) {
  let trouble = "";
  const look = async () => {
    if (document.hidden || page.day.busy) return;
    let now = "";
    try {
      await glance(page);
    } catch (error) {
      now = error.message;
    }
    if (now !== trouble) page.onTrouble(now);
    trouble = now;
  };
  await look();
  setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
}

async function glance({ day, sheet, mail, onState }) {
  const state = await control("GET", "state");
  const moved = day.heard(state);
  onState(state);
  if (!sheet.busy) await glanceAtSheet(sheet, state.spreadsheets, moved);
  // The day begins in the spreadsheet's time zone.
  day.draw();
  if (mail.busy) return;
  const mark = await mailboxMark();
  if (!mail.busy && mark !== mail.mark) await mail.load();
}

async function glanceAtSheet(sheet, spreadsheets, moved) {
  const [newest] = spreadsheets;
  if (!newest) return sheet.showEmpty();
  if (!spreadsheets.some(({ id }) => id === sheet.book?.id)) await sheet.load(newest.id);
  const { id } = sheet.book;
  const mark = await changeMark(id);
  // Meanwhile the user may have begun to write: then this look comes too late.
  if (sheet.busy || sheet.book.id !== id) return undefined;
  if (mark !== sheet.mark) await sheet.load(id, { foreign: true });
  // Formulas may know what day it is.
  else if (moved) await sheet.load(id);
  return sheet.drawTitle(spreadsheets);
}
