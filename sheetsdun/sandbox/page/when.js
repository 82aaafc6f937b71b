/** Days and hours in words, in the time zone of the spreadsheet in sight: the zone in which its days begin. */

let zone = "UTC";

/** Tell days in this zone from now on; an unknown name leaves it as it was. */
export function useZone(name) {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    zone = name;
  } catch {
    // "Etc/…" names and the like that this browser does not know.
  }
}

const words = (date, form) => date.toLocaleString("en-GB", { ...form, timeZone: zone });

/** 2026-11-21 */
export function isoDay(date) {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }).format(date);
}

/** 14:05 */
export const hour = (date) => words(date, { hour: "2-digit", minute: "2-digit" });

/** Saturday */
export const weekday = (date) => words(date, { weekday: "long" });

/** 21 November 2026 */
export const longDay = (date) => words(date, { day: "numeric", month: "long", year: "numeric" });

/** 21 Nov */
export const shortDay = (date) => words(date, { day: "numeric", month: "short" });

/** The hour if it is the same day as now, else the day, with its year if that is another. */
export function brief(date, now) {
  if (isoDay(date) === isoDay(now)) return hour(date);
  return isoDay(date).slice(0, 4) === isoDay(now).slice(0, 4) ? shortDay(date) : words(date, { day: "numeric", month: "short", year: "2-digit" });
}

/** How many days lie between two written as 2026-11-21. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
