/** Gmail, as this page uses it. */

import { google } from "./api.js";
import { words } from "./mime.js";

const ME = "/gmail/v1/users/me";
const PAGE = 50;
const LISTED = ["From", "To", "Subject"];

/** The folders: their words, and the label that Gmail keeps for each. */
export const FOLDERS = [
  { label: "DRAFT", word: "Drafts", empty: "No drafts. When a reminder falls due, it will wait here for a person." },
  { label: "SENT", word: "Sent", empty: "Nothing has been sent yet." },
  { label: "INBOX", word: "Inbox", empty: "Nobody has answered yet. That can be good news." },
  { label: "TRASH", word: "Bin", empty: "The bin is empty." },
];

const summaries = new Map();

/** A mark that differs whenever anything in the mailbox has changed. */
export async function mailboxMark() {
  return (await google("GET", `${ME}/profile`)).historyId;
}

/** How many messages each folder holds, and how many of them are unread. */
export function counts() {
  return Promise.all(
    FOLDERS.map(async ({ label }) => {
      const { messagesTotal = 0, messagesUnread = 0 } = await google("GET", `${ME}/labels/${label}`);
      return { total: messagesTotal, unread: messagesUnread };
    }),
  );
}

/** A page of a folder, newest first: {mails, next}; each mail is a summary, drafts with their `draftId`. */
export async function list(label, pageToken = "") {
  const query = { maxResults: PAGE, ...(pageToken && { pageToken }) };
  if (label === "DRAFT") {
    const { drafts = [], nextPageToken = "" } = await google("GET", `${ME}/drafts`, { query });
    const mails = await Promise.all(drafts.map(async ({ id, message }) => ({ ...(await summary(message.id)), draftId: id })));
    return { mails, next: nextPageToken };
  }
  const { messages = [], nextPageToken = "" } = await google("GET", `${ME}/messages`, { query: { ...query, labelIds: label } });
  return { mails: await Promise.all(messages.map(({ id }) => summary(id))), next: nextPageToken };
}

/** Forget what is known of labels: anything may have moved. */
export function forget() {
  for (const [id, mail] of summaries) if (!mail.labels.includes("DRAFT")) summaries.delete(id);
}

/** A mail in brief. */
export async function summary(id) {
  if (!summaries.has(id)) {
    const mail = await google("GET", `${ME}/messages/${id}`, { query: { format: "metadata", metadataHeaders: LISTED } });
    const header = (name) => words(mail.payload?.headers?.find((one) => one.name.toLowerCase() === name)?.value ?? "");
    summaries.set(id, {
      id,
      threadId: mail.threadId,
      labels: mail.labelIds ?? [],
      time: new Date(Number(mail.internalDate)),
      snippet: mail.snippet ?? "",
      from: header("from"),
      to: header("to"),
      subject: header("subject"),
    });
  }
  return summaries.get(id);
}

/** A mail as it was written: every byte, as a string of characters up to U+00FF. */
export async function source(id) {
  const { raw } = await google("GET", `${ME}/messages/${id}`, { query: { format: "raw" } });
  return atob(raw.replaceAll("-", "+").replaceAll("_", "/"));
}

/** The mails of a conversation, oldest first; null when there is no such thread. */
export async function conversation(threadId) {
  try {
    const { messages = [] } = await google("GET", `${ME}/threads/${threadId}`, { query: { format: "minimal" } });
    return await Promise.all(messages.map(({ id }) => summary(id)));
  } catch (error) {
    if (error.code === 404 || error.code === 400) return null;
    throw error;
  }
}

/** The draft that holds this message, or undefined. */
export async function draftOf(messageId) {
  let pageToken = "";
  do {
    const { drafts = [], nextPageToken = "" } = await google("GET", `${ME}/drafts`, { query: { maxResults: 500, ...(pageToken && { pageToken }) } });
    const found = drafts.find((draft) => draft.message.id === messageId);
    if (found) return found.id;
    pageToken = nextPageToken;
  } while (pageToken);
  return undefined;
}

const encoded = (text) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The message that a draft now holds: {id, threadId}. */
export async function draftMessage(draftId) {
  return (await google("GET", `${ME}/drafts/${draftId}`, { query: { format: "minimal" } })).message;
}

/** Give a draft new content. */
export function saveDraft(draftId, text, threadId) {
  return google("PUT", `${ME}/drafts/${draftId}`, { body: { message: { raw: encoded(text), ...(threadId && { threadId }) } } });
}

export const sendDraft = (id) => google("POST", `${ME}/drafts/send`, { body: { id } });
export const deleteDraft = (id) => google("DELETE", `${ME}/drafts/${id}`);
export const toBin = (id) => google("POST", `${ME}/messages/${id}/trash`);
export const fromBin = (id) => google("POST", `${ME}/messages/${id}/untrash`);
export const deleteMail = (id) => google("DELETE", `${ME}/messages/${id}`);
export const markRead = (id) => google("POST", `${ME}/messages/${id}/modify`, { body: { removeLabelIds: ["UNREAD"] } });

/** Put a mail into the mailbox as if it had come from outside. */
export function receive(text, threadId) {
  return google("POST", `${ME}/messages`, { body: { raw: encoded(text), threadId, labelIds: ["INBOX", "UNREAD"] } });
}
