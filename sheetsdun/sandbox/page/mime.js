/** Reading mail: RFC 5322 and MIME, forgiving, since anything may come in. Sources are strings of bytes. */

/**
 * Split a mail, or a part of one, into headers and content.
 * @param {string} text a byte in each character
 * @returns {{headers: Array<{name: string, value: string}>, content: string, children: object[]}}
 *   `value` is as written, folds included; `children` are the parts of a multipart.
 */
export function parse(text, depth = 0) {
  const gap = /\r?\n\r?\n/.exec(text);
  const nothing = /^\r?\n/.exec(text);
  const block = nothing ? "" : gap ? text.slice(0, gap.index) : text;
  const content = nothing ? text.slice(nothing[0].length) : gap ? text.slice(gap.index + gap[0].length) : "";
  const headers = block
    .split(/\r?\n(?![ \t])/)
    .map((line) => /^([^:\s]+)[ \t]*:[ \t]*([^]*)$/.exec(line))
    .filter(Boolean)
    .map(([, name, value]) => ({ name, value }));
  const part = { headers, content, children: [] };
  const { type, parameters } = contentType(part);
  if (type.startsWith("multipart/") && parameters.boundary && depth < 20) {
    const line = new RegExp(`(?:^|\\r?\\n)--${parameters.boundary.replace(/[^\w]/g, "\\$&")}(?:--)?[ \\t]*(?=\\r?\\n|$)(?:\\r?\\n)?`);
    part.children = content.split(line).slice(1).map((piece) => parse(piece, depth + 1));
    // What stands after the last boundary is no part.
    if (new RegExp(`--${parameters.boundary.replace(/[^\w]/g, "\\$&")}--`).test(content)) part.children.pop();
  }
  return part;
}

/** A header's value as written, unfolded; "" where there is none. */
export function header(part, name) {
  const found = part.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return found ? found.value.replace(/\r?\n(?=[ \t])/g, "").trim() : "";
}

/** A header's value as a person reads it. */
export function headerText(part, name) {
  return words(utf8(header(part, name)));
}

/** The commas between addresses, not those in quoted names. */
export const ADDRESS_COMMA = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/** The name in an address, or the address where it has none. */
export function personOf(address) {
  const [, name, bare] = /^\s*"?(.*?)"?\s*<([^<>]*)>\s*$/.exec(address) ?? [];
  return name || bare || address.trim();
}

/** A part's type and the parameters of its Content-Type. */
export function contentType(part) {
  const value = header(part, "Content-Type") || "text/plain";
  return { type: value.split(";")[0].trim().toLowerCase(), parameters: parametersOf(value) };
}

function parametersOf(value) {
  const parameters = {};
  for (const [, name, quoted, plain] of value.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g)) {
    const text = quoted === undefined ? plain : quoted.replace(/\\(.)/g, "$1");
    if (name.endsWith("*")) parameters[name.slice(0, -1).toLowerCase()] = extended(text);
    else parameters[name.toLowerCase()] ??= words(utf8(text));
  }
  return parameters;
}

/** RFC 2231: charset'language'percent-encoded. */
function extended(text) {
  const [charset, , ...rest] = text.split("'");
  const bytes = rest.join("'").replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return decode(bytes, charset);
}

/** Replace RFC 2047 encoded-words by what they say. */
export function words(value) {
  return value
    .replace(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, "$1")
    .replace(/=\?([^?*\s]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi, (whole, charset, kind, text) =>
      decode(kind.toLowerCase() === "b" ? base64(text) : quotedPrintable(text.replaceAll("_", " ")), charset),
    );
}

/** The bytes of a part's content, as a string. */
export function bytes(part) {
  const encoding = header(part, "Content-Transfer-Encoding").toLowerCase();
  if (encoding === "base64") return base64(part.content);
  return encoding === "quoted-printable" ? quotedPrintable(part.content) : part.content;
}

/** The text of a part. */
export function text(part) {
  return decode(bytes(part), contentType(part).parameters.charset ?? "utf-8").replaceAll("\r\n", "\n");
}

/** The parts that hold something, in order. */
export function leaves(part) {
  return part.children.length ? part.children.flatMap(leaves) : [part];
}

/** The name of an attachment, or "" for a part that is not one. */
export function attachmentName(part) {
  const disposition = header(part, "Content-Disposition");
  const name = parametersOf(`;${disposition}`).filename ?? contentType(part).parameters.name ?? "";
  const { type } = contentType(part);
  if (/^attachment/i.test(disposition)) return name || "attachment";
  return type === "text/plain" || type === "text/html" || type.startsWith("multipart/") ? "" : name || type;
}

/** A string of bytes as an array. */
export function toBytes(binary) {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function base64(value) {
  const clean = value.replace(/[^A-Za-z0-9+/]/g, "");
  return atob(clean.length % 4 === 1 ? clean.slice(0, -1) : clean);
}

function quotedPrintable(value) {
  return value.replace(/=[ \t]*\r?\n/g, "").replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

function utf8(value) {
  return /[\u0080-\u00ff]/.test(value) && !/[\u0100-\uffff]/.test(value) ? decode(value, "utf-8") : value;
}

function decode(binary, charset) {
  try {
    return new TextDecoder(charset).decode(toBytes(binary));
  } catch {
    // A charset that nobody knows.
    return new TextDecoder("utf-8").decode(toBytes(binary));
  }
}
