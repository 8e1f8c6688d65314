import { expect } from "vitest";
import rides from "../../handlers/ride-duration/event.json" with { type: "json" };
import text from "../../handlers/sentiment/event.json" with { type: "json" };
import textByHttp from "../../handlers/sentiment/event-http.json" with { type: "json" };
import wine from "../../handlers/wine/event.json" with { type: "json" };
import wineByHttp from "../../handlers/wine/event-proxy.json" with { type: "json" };
import { httpEvent } from "../pipelines/store-sales-events.ts";

const prediction = { ride_id: 256, ride_duration: expect.closeTo(16.170177, 4) };
const predicted = { event: rides, answer: { predictions: [{ prediction }] } };
const told = { event: text, answer: { "Raw Text": text.payload, Categories: "neutral" } };
const positive = { statusCode: 200, body: expect.stringContaining('"Categories":"positive"') };
const cultivar = { statusCode: 200, body: "Your Wine class is Cultivar 0" };
const sold = { statusCode: 200, body: expect.stringMatching(/^{"Sales":\d/) };

/** The pipelines' functions with the saved events, and what the answers hold. */
export const functions = [
  { functionName: "ride-duration", saved: [predicted] },
  { functionName: "ride-duration-in-function", saved: [predicted] },
  { functionName: "ride-duration-python", saved: [predicted] },
  { functionName: "sentiment", saved: [told, { event: textByHttp, answer: positive }] },
  { functionName: "sentiment-python", saved: [told] },
  {
    functionName: "store-sales-api",
    saved: [{ event: httpEvent("POST", "/predict_sales/3000888"), answer: sold }],
  },
  { functionName: "wine", saved: [wine, wineByHttp].map((event) => ({ event, answer: cultivar })) },
];
