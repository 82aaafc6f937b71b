/** Writing mail: a draft with other words, and a debtor's answers. Answers strings of bytes. */

import { ADDRESS_COMMA, contentType, header, headerText, leaves, parse, text } from "./mime.js";

const LINE = 45;

/** A string's UTF-8 bytes as a string. */
function binary(value) {
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join("");
}

function folded64(value) {
  return btoa(value).replace(/.{76}(?=.)/g, "$&\r\n");
}

/** A header's text, in encoded-words where it is more than ASCII; addresses keep their brackets plain. */
export function encodeHeader(value) {
  const line = value.replace(/[\r\n]+/g, " ").trim();
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  const pieces = [];
  let piece = "";
  for (const character of line) {
    if (binary(piece + character).length > LINE) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece].map((one) => `=?utf-8?B?${btoa(binary(one))}?=`).join("\r\n ");
}

/** Addresses, the names in them encoded. */
export function encodeAddresses(value) {
  const one = (address) => {
    const named = /^(.*?)\s*<([^<>]*)>\s*$/.exec(address);
    if (!named || /^[\x20-\x7e]*$/.test(named[1])) return encodeHeader(address);
    return `${encodeHeader(named[1].replace(/^"|"$/g, ""))} <${named[2]}>`;
  };
  return value
    .split(ADDRESS_COMMA)
    .map((address) => one(address.trim()))
    .filter(Boolean)
    .join(",\r\n ");
}

/** Plain words as HTML that looks like them: lines, spaces and links kept. */
export function asHtml(words) {
  const escaped = words.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const linked = escaped.replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)]/g, '<a href="$&">$&</a>');
  return `<div dir="auto" style="font:15px/1.55 Arial,sans-serif;white-space:pre-wrap">${linked}</div>\n`;
}

/** What a person may change in a draft. */
export function editable(source) {
  const mail = parse(source);
  return { to: headerText(mail, "To"), cc: headerText(mail, "Cc"), subject: headerText(mail, "Subject"), words: plain(mail) };
}

/** A mail's plain words; where it has only HTML, the words in it. */
export function plain(mail) {
  const parts = leaves(mail);
  const found = parts.find((part) => contentType(part).type === "text/plain");
  if (found) return text(found);
  const html = parts.find((part) => contentType(part).type === "text/html");
  if (!html) return "";
  const { body } = new DOMParser().parseFromString(text(html), "text/html");
  for (const silent of body.querySelectorAll("style,script,template")) silent.remove();
  for (const block of body.querySelectorAll("br,p,div,tr,li,h1,h2,h3")) block.after("\n");
  return body.textContent.replace(/[ \t]+/g, " ").replace(/\s*\n\s*\n\s*/g, "\n\n").trim();
}

/**
 * A draft with other recipients, subject or words; all else stays as it was, attachments and headers included.
 * Where the words are new, the HTML says the same words; where they are not, both are left alone.
 */
export function rewritten(source, { to, cc, subject, words }) {
  const mail = parse(source);
  const before = editable(source);
  if (to !== before.to) setHeader(mail, "To", encodeAddresses(to));
  if (cc !== before.cc) setHeader(mail, "Cc", encodeAddresses(cc));
  if (subject !== before.subject) setHeader(mail, "Subject", encodeHeader(subject));
  if (words !== before.words) {
    const bodies = leaves(mail).filter((part) => !/^attachment/i.test(header(part, "Content-Disposition")));
    for (const part of bodies) {
      const { type } = contentType(part);
      if (type === "text/plain") setText(part, type, words);
      if (type === "text/html") setText(part, type, asHtml(words));
    }
  }
  return serialized(mail);
}

function setHeader(part, name, value) {
  const at = part.headers.findIndex((one) => one.name.toLowerCase() === name.toLowerCase());
  if (at >= 0) part.headers.splice(at, 1, ...(value ? [{ name, value }] : []));
  else if (value) part.headers.push({ name, value });
}

function setText(part, type, words) {
  setHeader(part, "Content-Type", `${type}; charset="utf-8"`);
  setHeader(part, "Content-Transfer-Encoding", "base64");
  part.content = folded64(binary(words.replace(/\r?\n/g, "\r\n")));
}

function serialized(part) {
  const head = part.headers.map(({ name, value }) => `${name}: ${value}\r\n`).join("");
  if (!part.children.length) return `${head}\r\n${part.content}`;
  const { boundary } = contentType(part).parameters;
  return `${head}\r\n${part.children.map((child) => `--${boundary}\r\n${serialized(child)}\r\n`).join("")}--${boundary}--\r\n`;
}

/** The ways in which a mail can be answered: what they are called, the words to begin with, what then happened. */
export const ANSWERS = {
  person: {
    word: "A person’s answer",
    text: "Hello,\n\nthank you for the reminder. We will pay this week.\n\nKind regards",
    happened: (subject) => `An answer to “${subject}” has arrived`,
  },
  away: {
    word: "Out of office",
    text: "Thank you for your message. I am out of the office and will read it when I am back.",
    happened: (subject) => `An out-of-office reply to “${subject}” has arrived`,
  },
  bounce: {
    word: "It bounces",
    text: "Address not found.\n\nYour message wasn’t delivered because the address couldn’t be found, or is unable to receive mail.",
    happened: (subject) => `“${subject}” has bounced`,
  },
};

/**
 * The answer to a sent mail.
 * @param {string} source the mail that was sent
 * @param {{kind: string, words: string, now: Date}} answer kind: person, away or bounce
 */
export function answered(source, { kind, words, now }) {
  const mail = parse(source);
  const debtor = header(mail, "To").split(ADDRESS_COMMA)[0];
  const bare = /<([^<>]+)>/.exec(debtor)?.[1] ?? debtor;
  const id = header(mail, "Message-ID");
  const bounce = kind === "bounce";
  const subject = headerText(mail, "Subject").replace(/^(re:\s*)+/i, "");
  const lines = [
    `From: ${bounce ? "Mail Delivery Subsystem <mailer-daemon@googlemail.com>" : debtor}`,
    `To: ${header(mail, "From")}`,
    `Subject: ${encodeHeader(`Re: ${subject}`)}`,
    `Date: ${now.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <answer.${crypto.randomUUID()}@${bounce ? "googlemail.com" : bare.split("@").at(-1)}>`,
    `In-Reply-To: ${id}`,
    `References: ${[header(mail, "References"), id].filter(Boolean).join("\r\n ")}`,
    "MIME-Version: 1.0",
  ];
  if (kind === "away") lines.push("Auto-Submitted: auto-replied", "Precedence: bulk", "X-Auto-Response-Suppress: All");
  const say = { headers: [], content: "", children: [] };
  setText(say, "text/plain", words);
  if (!bounce) return `${lines.join("\r\n")}\r\n${serialized(say)}`;
  const boundary = `bounce-${crypto.randomUUID()}`;
  const report = { headers: [{ name: "Content-Type", value: "message/delivery-status" }], content: `Reporting-MTA: dns; googlemail.com\r\n\r\nFinal-Recipient: rfc822; ${bare}\r\nAction: failed\r\nStatus: 5.1.1\r\n`, children: [] };
  lines.push("Auto-Submitted: auto-replied", `X-Failed-Recipients: ${bare}`);
  const whole = { headers: [{ name: "Content-Type", value: `multipart/report; report-type=delivery-status; boundary="${boundary}"` }], content: "", children: [say, report] };
  return `${lines.join("\r\n")}\r\n${serialized(whole)}`;
}

