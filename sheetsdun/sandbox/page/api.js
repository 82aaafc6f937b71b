/** The wire: Google's API paths and the sandbox's own, on the origin that served this page. */

/** A refusal, with the server's own sentence. `code` is the HTTP status, 0 when nothing answered. */
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

let token = null;

async function request(method, address, body, bearer) {
  const headers = {};
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, "The sandbox does not answer. Is it still running?");
  }
  const text = await answer.text();
  let content = {};
  try {
    content = text ? JSON.parse(text) : {};
  } catch {
    // Not JSON: a proxy's page, or a torn answer. The status says what is to be said.
  }
  if (answer.ok) return content;
  throw new Refused(answer.status, content.error?.message ?? content.error ?? `The sandbox answered ${answer.status}.`);
}

/** Call the sandbox's own `/_sandbox/` interface. */
export function control(method, name, body) {
  return request(method, `/_sandbox/${name}`, body);
}

function freshToken() {
  token = control("POST", "token", {}).then((answer) => answer.access_token);
  token.catch(() => (token = null));
  return token;
}

/**
 * Call one of Google's APIs.
 * @param {string} method the HTTP method
 * @param {string} path such as `/gmail/v1/users/me/drafts`
 * @param {{query?: object, body?: object}} options a query value may be a list
 */
export async function google(method, path, { query = {}, body } = {}) {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const address = pairs.length ? `${path}?${new URLSearchParams(pairs)}` : path;
  try {
    return await request(method, address, body, await (token ?? freshToken()));
  } catch (error) {
    // A token lives for an hour, and a reset of the sandbox forgets it; the page may be open for longer.
    if (error.code !== 401) throw error;
    return request(method, address, body, await freshToken());
  }
}
