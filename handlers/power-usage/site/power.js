import { meterFile } from "./meter-file.js";
import { monthChart, monthTable } from "./month.js";
import { ask, element, paragraph, work, wrong } from "./page.js";

const streaming = document.querySelector("#streaming");
const streamed = document.querySelector("#streamed");
const reporting = document.querySelector("#reporting");
const reported = document.querySelector("#reported");
const estimate = document.querySelector("#estimate");
const estimated = document.querySelector("#estimated");
const user = document.querySelector("#user");
const file = document.querySelector("#file");
const datetime = document.querySelector("#datetime");

const DOLLARS_PER_KWH = 0.2257;
const FORECAST_EVERY_MS = 1_000;
const FORECASTS_ASKED = 60;

onSubmit(streaming, streamed, async () => {
  checkUser();
  const [chosen] = file.files;
  if (!chosen) throw wrong([file], "Choose a file of readings first.");
  const boxes = [...streaming.querySelectorAll("input[type=checkbox]")];
  const off = boxes.filter(({ checked }) => !checked).map(({ name }) => name);
  const { body, last } = readable(await chosen.text(), off);
  show(streamed, paragraph("Uploading…"));
  const name = chosen.name.replaceAll(/[^\w.-]/g, "-").slice(-200);
  const { url } = await asked(`/upload/userid/${user.value}/${name}`, { method: "POST" });
  const put = await fetch(url, { method: "PUT", body });
  if (!put.ok) throw new Error(`The upload was answered ${put.status}.`);
  const started = paragraph(
    `Streaming started, ${boxes.length - off.length} of ${boxes.length} sub-meters on.`,
  );
  show(streamed, started, paragraph("Waiting for the forecast…"));
  await followed(last, (forecast, note) => {
    const kwh = forecast.next_day_kwh.toFixed(2);
    const result = paragraph(`The usage prediction for the next day is ${kwh} kWh`, "result");
    show(streamed, started, result, paragraph(`${note} ${forecast.until}.`));
  });
});

onSubmit(reporting, reported, async () => {
  checkUser();
  show(reported, paragraph("Making the report…"));
  const report = await asked(`/generate_usage_pdf/userid/${user.value}`);
  if (!report.url)
    throw new Error(`No report: ${report.message}. It wants readings of two months.`);
  const link = element("a", { content: ["Open the report (PDF, four pages)"], href: report.url });
  show(reported, paragraph(report.text, "result"), element("p", { content: [link] }));
});

onSubmit(estimate, estimated, async () => {
  if (!datetime.value) throw wrong([datetime], "Choose a day and a time.");
  const from = datetime.value.length === 16 ? `${datetime.value}:00` : datetime.value;
  show(estimated, paragraph("Asking…"));
  const points = await asked(`/monthly_prediction/${from}`);
  const kwh = points.reduce((sum, point) => sum + point.kwh, 0);
  const total = `${kwh.toFixed(1)} kWh, $${(kwh * DOLLARS_PER_KWH).toFixed(2)}`;
  const days = `${points.length} day${points.length === 1 ? "" : "s"} at $${DOLLARS_PER_KWH} per kWh.`;
  show(
    estimated,
    paragraph(total, "result"),
    paragraph(days),
    monthChart(points),
    monthTable(points),
  );
});

function onSubmit(form, answer, run) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    work(form, { answer, run });
  });
}

/** Tells each new forecast, up to the one of the file's last reading. */
async function followed(last, tell) {
  let told;
  for (let times = 0; times < FORECASTS_ASKED; times += 1) {
    const now = await newest();
    if (now && now.until >= last) return tell(now, "After the reading of");
    if (now && now.until !== told) tell(now, "Still streaming: after the reading of");
    told = now?.until;
    await new Promise((resolve) => setTimeout(resolve, FORECAST_EVERY_MS));
  }
  const now = await newest();
  if (!now) throw new Error("No forecast came within a minute. The functions' logs tell why.");
  tell(now, "No later forecast came within a minute than after the reading of");
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

function readable(text, off) {
  try {
    return meterFile(text, { off });
  } catch (error) {
    throw wrong([file], error.message);
  }
}

function checkUser() {
  if (user.checkValidity()) return;
  throw wrong([user], "A user is 1 to 64 letters, digits and hyphens.");
}

function asked(path, request = {}) {
  return ask(window.POWER_API, { path, ...request });
}

function show(answer, ...content) {
  answer.replaceChildren(...content);
}
