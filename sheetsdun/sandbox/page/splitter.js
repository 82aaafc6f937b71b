/** The bar between the panes: drag it, or move it with the arrow keys. */

const LEAST = 25;
const MOST = 80;
const STEP = 3;

/** @param {HTMLElement} bar @param {HTMLElement} panes the grid that --share divides, in percent */
export function splitter(bar, panes) {
  const set = (share) => {
    const fit = Math.round(Math.max(LEAST, Math.min(share, MOST)));
    panes.style.setProperty("--share", `${fit}%`);
    bar.setAttribute("aria-valuenow", fit);
  };
  bar.addEventListener("pointerdown", (event) => bar.setPointerCapture(event.pointerId));
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const { left, width } = panes.getBoundingClientRect();
    set(((event.clientX - left) / width) * 100);
  });
  bar.addEventListener("keydown", (event) => {
    const now = Number(bar.getAttribute("aria-valuenow"));
    const to = { ArrowLeft: now - STEP, ArrowRight: now + STEP, Home: LEAST, End: MOST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
  });
}
