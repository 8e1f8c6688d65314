const streaming = document.querySelector("#streaming");
const streamed = document.querySelector("#streamed");
const estimate = document.querySelector("#estimate");
const estimated = document.querySelector("#estimated");
const reportButton = document.querySelector("#report");
const user = document.querySelector("#user");
const file = document.querySelector("#file");
const datetime = document.querySelector("#datetime");

const DOLLARS_PER_KWH = 0.2257;
// Longer than API Gateway's own limit of 29 s, so that its answer is the one that is shown.
const PATIENCE_MS = 35_000;
const FORECAST_EVERY_MS = 2_000;
const FORECASTS_ASKED = 30;

streaming.addEventListener("submit", (event) => {
  event.preventDefault();
  work(streaming, streamed, async () => {
    checkUser();
    const [chosen] = file.files;
    if (!chosen) throw wrong(file, "Choose a file of readings first.");
    const boxes = [...streaming.querySelectorAll("input[type=checkbox]")];
    const off = boxes.filter(({ checked }) => !checked).map(({ name }) => name);
    show(streamed, paragraph("Uploading…"));
    const body = switchedOff(await chosen.text(), off);
    const before = await newest();
    const name = chosen.name.replaceAll(/[^\w.-]/g, "-");
    const { url } = await asked(`/upload/userid/${user.value}/${name}`, { method: "POST" });
    const put = await fetch(url, { method: "PUT", body });
    if (!put.ok) throw new Error(`the upload was answered ${put.status}`);
    const modes = boxes.length - off.length;
    const started = paragraph(
      `Streaming started for ${modes === 3 ? "all 3 modes" : `${modes} mode${modes === 1 ? "" : "s"}`}.`,
    );
    show(streamed, started, paragraph("Waiting for the first forecast…"));
    for (let times = 0; times < FORECASTS_ASKED; times += 1) {
      await new Promise((resolve) => setTimeout(resolve, FORECAST_EVERY_MS));
      const now = await newest();
      if (now && JSON.stringify(now) !== JSON.stringify(before)) {
        const text = `The usage prediction for the next day is ${now.next_day_kwh.toFixed(2)} kWh`;
        show(
          streamed,
          started,
          paragraph(text, "figure"),
          paragraph(`After the reading of ${now.until}.`),
        );
      }
    }
  });
});

reportButton.addEventListener("click", () =>
  work(streaming, streamed, async () => {
    checkUser();
    show(streamed, paragraph("Making the report…"));
    const report = await asked(`/generate_usage_pdf/userid/${user.value}`);
    if (!report.url) return show(streamed, paragraph(`No report: ${report.message}.`));
    const link = element("a", "Open the report (PDF, four pages)");
    link.href = report.url;
    show(streamed, paragraph(report.text, "figure"), element("p", link));
  }),
);

estimate.addEventListener("submit", (event) => {
  event.preventDefault();
  work(estimate, estimated, async () => {
    if (!datetime.value) throw wrong(datetime, "Choose a day and a time.");
    const from = datetime.value.length === 16 ? `${datetime.value}:00` : datetime.value;
    show(estimated, paragraph("Asking…"));
    const points = await asked(`/monthly_prediction/${from}`);
    const kwh = points.reduce((sum, point) => sum + point.kwh, 0);
    const total = `${kwh.toFixed(1)} kWh, $${(kwh * DOLLARS_PER_KWH).toFixed(2)}`;
    const days = `${points.length} day${points.length === 1 ? "" : "s"} at $${DOLLARS_PER_KWH} a kWh.`;
    show(estimated, paragraph(total, "figure"), paragraph(days), chart(points), table(points));
  });
});

/** Runs one request at a time of a form, and shows in words what went wrong. */
async function work(form, answer, run) {
  const buttons = [...form.querySelectorAll("button")];
  for (const input of form.querySelectorAll("input")) input.removeAttribute("aria-invalid");
  for (const button of buttons) button.disabled = true;
  try {
    await run();
  } catch (error) {
    show(answer, paragraph(error.message, "wrong"));
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

async function asked(path, options = {}) {
  if (!window.POWER_API) throw new Error("This page knows no API: config.js names none.");
  let response;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    response = await fetch(window.POWER_API + path, { ...options, signal });
  } catch (error) {
    throw new Error(`The API at ${window.POWER_API} does not answer (${error.message}).`);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw Object.assign(new Error(`The API answered ${response.status}: ${body.message ?? ""}`), {
    status: response.status,
  });
}

/** The newest forecast, or nothing while there is none. */
async function newest() {
  try {
    return await asked(`/prediction/userid/${user.value}`);
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
}

function checkUser() {
  if (!user.checkValidity()) throw wrong(user, "A user is letters, digits and hyphens.");
}

function wrong(input, text) {
  input.setAttribute("aria-invalid", "true");
  input.focus();
  return new Error(text);
}

function chart(points) {
  const [width, height, left, bottom] = [680, 220, 40, 24];
  const top = Math.max(...points.map(({ yhat_upper }) => yhat_upper));
  const x = (index) => left + ((width - left - 24) * index) / Math.max(1, points.length - 1);
  const y = (kw) => height - bottom - ((height - bottom - 12) * kw) / top;
  const line = (values) => values.map(([index, kw]) => `${x(index)} ${y(kw)}`).join("L");
  const of = (name) => points.map((point, index) => [index, point[name]]);
  const svg = shape("svg", {
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": "Forecast of power by day; the figures are in the table below",
  });
  for (let kw = 0; kw <= top; kw += 1) {
    svg.append(
      shape("path", { class: "grid", d: `M${left} ${y(kw)}H${width}` }),
      label(kw, { x: left - 8, y: y(kw) + 4, "text-anchor": "end" }),
    );
  }
  const every = Math.ceil(points.length / 8);
  for (const [index, { ds }] of points.entries()) {
    if (index % every === 0)
      svg.append(label(ds.slice(5, 10), { x: x(index), y: height - 6, "text-anchor": "middle" }));
  }
  svg.append(
    shape("path", {
      class: "band",
      d: `M${line(of("yhat_upper"))}L${line(of("yhat_lower").reverse())}Z`,
    }),
    shape("path", { class: "curve", d: `M${line(of("yhat"))}` }),
  );
  const figure = element("figure", svg);
  figure.append(
    element("figcaption", "kW at that time of each day; in the band eight times out of ten."),
  );
  return figure;
}

function label(text, attributes) {
  const made = shape("text", { "font-size": 12, ...attributes });
  made.textContent = text;
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function table(points) {
  const made = element("table", row("th", ["Time", "kW", "kWh of the day"]));
  for (const { ds, yhat, kwh } of points) {
    made.append(row("td", [ds.replace("T", " "), yhat.toFixed(3), kwh.toFixed(2)]));
  }
  const scroll = element("div", made);
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  return scroll;
}

function row(name, cells) {
  const made = document.createElement("tr");
  made.append(...cells.map((cell) => element(name, cell)));
  return made;
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

function show(answer, ...content) {
  answer.replaceChildren(...content);
}
