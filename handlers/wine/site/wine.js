const form = document.querySelector("form");
const answer = document.querySelector("#answer");
const inputs = [...form.querySelectorAll("input")];
const button = form.querySelector("button");

// Longer than API Gateway's own limit of 29 s, so that its answer is the one that is shown.
const PATIENCE_MS = 35_000;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = inputs.filter((input) => !isNumber(input.value));
  for (const input of inputs) input.setAttribute("aria-invalid", String(wrong.includes(input)));
  if (wrong.length > 0) {
    wrong[0].focus();
    const named = wrong.map((input) => `“${nameOf(input)}”`).join(", ");
    return show(
      refusal(
        `${named} ${wrong.length > 1 ? "are no numbers" : "is no number"}: write it like 2.43.`,
      ),
    );
  }
  button.disabled = true;
  show(paragraph("Asking…"));
  try {
    show(...(await predict(inputs.map(({ value }) => value.trim()).join(","))));
  } finally {
    button.disabled = false;
  }
});

form.addEventListener("reset", () => {
  for (const input of inputs) input.removeAttribute("aria-invalid");
  show();
});

/** Asks the API, and gives what to show: the class with its probabilities, or what went wrong. */
async function predict(wine) {
  if (!window.WINE_API) return [refusal("This page knows no API: config.js names none.")];
  let response;
  let text;
  try {
    response = await fetch(window.WINE_API, {
      method: "POST",
      headers: { "content-type": "text/csv", accept: "application/json" },
      body: wine,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch (error) {
    return [refusal(`The API at ${window.WINE_API} does not answer (${error.message}).`)];
  }
  const said = parsed(text);
  if (!response.ok) {
    return [refusal(`The API answered ${response.status}: ${said?.message ?? text}`)];
  }
  if (!Array.isArray(said?.probabilities)) {
    return [refusal(`The API's answer is no prediction: ${text.slice(0, 200)}`)];
  }
  return [paragraph(`Your Wine class is Cultivar ${said.cultivar}`, "class"), bars(said)];
}

function isNumber(text) {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function nameOf(input) {
  return input.labels[0].firstChild.textContent.trim();
}

function bars({ probabilities }) {
  const list = document.createElement("dl");
  for (const [cultivar, probability] of probabilities.entries()) {
    const percent = (100 * probability).toFixed(1);
    const bar = element("dd", element("div", ""));
    bar.className = "bar";
    bar.firstChild.style.width = `${percent}%`;
    list.append(element("dt", `Cultivar ${cultivar}`), bar, element("dd", `${percent} %`));
  }
  return list;
}

function refusal(text) {
  return paragraph(text, "wrong");
}

function paragraph(text, className = "") {
  const made = element("p", text);
  made.className = className;
  return made;
}

function element(name, content) {
  const made = document.createElement(name);
  made.append(content);
  return made;
}

function show(...content) {
  answer.replaceChildren(...content);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
