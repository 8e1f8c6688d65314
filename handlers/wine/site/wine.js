import { ask, element, paragraph, work, wrong } from "./page.js";

const form = document.querySelector("form");
const answer = document.querySelector("#answer");
const inputs = [...form.querySelectorAll("input")];

form.addEventListener("submit", (event) => {
  event.preventDefault();
  work(form, {
    answer,
    run: async () => {
      checkNumbers();
      answer.replaceChildren(paragraph("Asking…"));
      answer.replaceChildren(...(await predict(inputs.map(({ value }) => value.trim()).join(","))));
    },
  });
});

form.addEventListener("reset", () => {
  for (const input of inputs) input.removeAttribute("aria-invalid");
  answer.replaceChildren();
});

/** Asks the API, and gives what to show: the class with its probabilities. */
async function predict(wine) {
  const said = await ask(window.WINE_API, {
    method: "POST",
    headers: { "content-type": "text/csv", accept: "application/json" },
    body: wine,
  });
  if (!Array.isArray(said?.probabilities)) {
    throw new Error(`The API's answer is no prediction: ${JSON.stringify(said).slice(0, 200)}`);
  }
  return [paragraph(`Your Wine class is Cultivar ${said.cultivar}`, "result"), bars(said)];
}

function checkNumbers() {
  const others = inputs.filter(
    ({ value }) => value.trim() === "" || !Number.isFinite(Number(value)),
  );
  if (others.length === 0) return;
  const names = others.map((input) => `“${input.labels[0].firstChild.textContent.trim()}”`);
  const are = others.length > 1 ? "are no numbers" : "is no number";
  throw wrong(others, `${names.join(", ")} ${are}: write it like 2.43.`);
}

function bars({ probabilities }) {
  const list = element("dl");
  for (const [cultivar, probability] of probabilities.entries()) {
    const percent = (100 * probability).toFixed(1);
    const share = element("div");
    share.style.width = `${percent}%`;
    list.append(
      element("dt", { content: [`Cultivar ${cultivar}`] }),
      element("dd", { content: [share], className: "bar", ariaHidden: "true" }),
      element("dd", { content: [`${percent} %`] }),
    );
  }
  return list;
}
