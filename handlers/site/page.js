// What the pages' scripts have in common.

// Longer than API Gateway's own limit of 29 s, so that its answer is the one that is shown.
const PATIENCE_MS = 35_000;

/**
 * Asks the page's API for JSON. `api` is its address, as the deploy wrote it into config.js.
 * @throws an Error in words for the reader, with the answer's `status` if there was one
 */
export async function ask(api, { path = "", ...request } = {}) {
  if (!api) throw new Error("This page knows no API: config.js names none.");
  let response;
  let text;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    response = await fetch(api + path, { ...request, signal });
    text = await response.text();
  } catch (error) {
    throw new Error(`The API at ${api} does not answer (${error.message}).`);
  }
  const said = parsed(text);
  if (!response.ok) {
    const message = `The API answered ${response.status}: ${said?.message ?? text.slice(0, 200)}`;
    throw Object.assign(new Error(message), { status: response.status });
  }
  if (said === undefined) throw new Error(`The API's answer is no JSON: ${text.slice(0, 200)}`);
  return said;
}

/**
 * Does the work of one submit of a form at a time, and shows in its answer what went wrong. The buttons stay
 * enabled: one that has the focus would lose it.
 */
export async function work(form, { answer, run }) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  for (const input of form.querySelectorAll("input")) input.setAttribute("aria-invalid", "false");
  try {
    await run();
  } catch (error) {
    answer.replaceChildren(paragraph(error.message, "wrong"));
  } finally {
    form.ariaBusy = "false";
  }
}

/** Marks inputs as wrong and goes to the first. @returns the Error to throw */
export function wrong(inputs, text) {
  for (const input of inputs) input.setAttribute("aria-invalid", "true");
  inputs[0].focus();
  return new Error(text);
}

export function paragraph(text, className = "") {
  return element("p", { content: [text], className });
}

/** What may be larger than the page. With the keyboard, it scrolls only if it takes the focus. */
export function scrolling(label, content) {
  const made = element("div", { content: [content], className: "scroll", tabIndex: 0 });
  return Object.assign(made, { role: "region", ariaLabel: label });
}

export function element(name, { content = [], ...properties } = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
