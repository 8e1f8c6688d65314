import { paragraph } from "./page.js";
import { viewsOf } from "./views.js";

const records = document.querySelector("#records");
const form = document.querySelector("#choices");
const view = document.querySelector("#view");
const links = [...document.querySelectorAll("nav a")];

/** What was chosen last, so that a family stays chosen from view to view. */
const chosen = {};
let views;
/** Only the newest drawing is shown: an answer may come late. */
let drawing = 0;

try {
  const response = await fetch("history.json");
  if (!response.ok) throw new Error(`history.json: ${response.status}`);
  const history = await response.json();
  views = viewsOf(history);
  const cities = new Set(history.stores.map(({ city }) => city));
  const states = new Set(history.stores.map(({ state }) => state));
  const series = `${history.families.length} families in ${history.stores.length} stores`;
  const days = history.transactions[0].length;
  records.textContent = `${series}, ${days} days from ${unbroken(history.from)} to ${unbroken(history.to)}, ${cities.size} cities in ${states.size} provinces.`;
  addEventListener("hashchange", open);
  form.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  open();
} catch (error) {
  records.textContent = `The history cannot be read (${error.message}).`;
  records.className = "wrong";
}

/** A date that stays on one line. */
function unbroken(date) {
  return date.replaceAll("-", "\u2011");
}

function nameOfView() {
  const name = location.hash.slice(1);
  return Object.hasOwn(views, name) ? name : "products";
}

function open() {
  const name = nameOfView();
  for (const link of links) {
    link.ariaCurrent = link.hash === `#${name}` ? "page" : null;
  }
  form.replaceChildren(...views[name].choices.map(choice));
  draw();
}

function choice({ name, label, options, checked }) {
  const made = document.createElement("label");
  const input = document.createElement(options ? "select" : "input");
  input.name = name;
  if (options) {
    for (const option of options) {
      const [value, text] = Array.isArray(option) ? option : [option, option];
      input.append(new Option(text, value));
    }
    if (chosen[name] !== undefined) input.value = chosen[name];
    made.append(label, input);
  } else {
    input.type = "checkbox";
    input.checked = chosen[name] ?? checked;
    made.append(input, label);
  }
  return made;
}

async function draw() {
  drawing += 1;
  const mine = drawing;
  for (const input of form.elements) {
    chosen[input.name] = input.type === "checkbox" ? input.checked : input.value;
  }
  for (const [index, { when }] of views[nameOfView()].choices.entries()) {
    form.children[index].hidden = when !== undefined && !when(chosen);
  }
  view.setAttribute("aria-busy", "true");
  let figures;
  try {
    figures = await views[nameOfView()].draw(chosen);
  } catch (error) {
    figures = [paragraph(error.message, "wrong")];
  }
  if (mine !== drawing) return;
  view.removeAttribute("aria-busy");
  view.replaceChildren(...figures);
}
