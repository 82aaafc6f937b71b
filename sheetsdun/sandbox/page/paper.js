/** A mail's HTML on a sheet of paper that can do nothing: no scripts, no network, no way out. */

import { bytes, contentType, header } from "./mime.js";
import { el } from "./dom.js";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const STYLE = "html{background:#fff;color:#1f2528;font:15px/1.55 Arial,sans-serif;overflow-wrap:anywhere}body{margin:16px}img{max-width:100%}a{cursor:help}";
const ACTIVE = "script,iframe,frame,object,embed,base,link,meta,form,audio,video,svg,math,template,noscript";

/**
 * The frame that shows a mail. The empty sandbox and the policy are what makes it safe; what is taken out before
 * only keeps the console quiet and links from leading into a blank frame.
 * @param {string} html
 * @param {object[]} parts the mail's parts, among them the pictures that it shows by cid:
 */
export function paper(html, parts) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const node of page.querySelectorAll(ACTIVE)) node.remove();
  for (const node of page.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (/^on|^(background|srcset|formaction|poster|ping)$/i.test(name)) node.removeAttribute(name);
  }
  for (const link of page.querySelectorAll("a[href], area[href]")) {
    link.title = link.getAttribute("href");
    link.removeAttribute("href");
    link.style.textDecoration ||= "underline";
    link.style.color ||= "#0b5f6b";
  }
  for (const image of page.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    const inline = source.startsWith("cid:") ? picture(source.slice(4), parts) : /^data:image\//i.test(source) && source;
    if (inline) image.src = inline;
    else image.replaceWith(`[${image.alt || "picture"}]`);
  }
  const styles = [...page.head.querySelectorAll("style")].map((node) => node.outerHTML).join("");
  const head = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${STYLE}</style>${styles}`;
  return el("iframe", { class: "paper", sandbox: "", title: "The mail as its reader sees it", referrerpolicy: "no-referrer", srcdoc: head + page.body.outerHTML });
}

function picture(id, parts) {
  const found = parts.find((part) => header(part, "Content-ID").replace(/^<|>$/g, "") === id);
  return found && /^image\/[\w.+-]+$/.test(contentType(found).type) ? `data:${contentType(found).type};base64,${btoa(bytes(found))}` : "";
}
