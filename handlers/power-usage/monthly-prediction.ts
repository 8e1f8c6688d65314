import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { lineChart } from "./charts.ts";
import { required } from "./environment.ts";
import { answered, BadRequest, decoded } from "./http.ts";
import { BadTime, PowerForecaster, type PowerModel, restOfMonth } from "./power-forecast.ts";
import { s3 } from "./s3-client.ts";

const LINK_SECONDS = 3600;
let forecaster: Promise<PowerForecaster> | undefined;

/** GET /monthly_prediction/{datetime}: one point a day from then to the month's end, and two plots in S3. */
export function handler(event: APIGatewayProxyEvent) {
  return answered(async () => {
    const times = timesOf(decoded(event.pathParameters?.datetime));
    const forecaster = await loaded();
    const body = forecaster.at(times);
    const labels = body.map(({ ds }) => ds.slice(5, 10));
    const components = forecaster.components(times);
    const folder = body[0]?.ds ?? "";
    const [forecastPlot, componentsPlot] = await Promise.all([
      keepPlot(
        `${folder}/forecast.svg`,
        lineChart([
          {
            title: "Forecast",
            unit: "kW",
            labels,
            values: body.map(({ yhat }) => yhat),
            band: {
              lower: body.map(({ yhat_lower }) => yhat_lower),
              upper: body.map(({ yhat_upper }) => yhat_upper),
            },
          },
        ]),
      ),
      keepPlot(
        `${folder}/components.svg`,
        lineChart([
          { title: "Trend", unit: "kW", labels, values: components.trend },
          { title: "Day of the week", unit: "kW", labels, values: components.weekly },
          { title: "Day of the year", unit: "kW", labels, values: components.yearly },
          { ...timeOfDay(forecaster, times[0] as number) },
        ]),
      ),
    ]);
    return {
      body,
      headers: { "X-Forecast-Plot": forecastPlot, "X-Components-Plot": componentsPlot },
    };
  });
}

/** The points all have the same time of day, so this component is drawn over a day of its own. */
function timeOfDay(forecaster: PowerForecaster, within: number) {
  const midnight = within - (within % 86_400);
  const hours = Array.from({ length: 25 }, (_, hour) => hour);
  return {
    title: "Time of day",
    unit: "kW",
    labels: hours.map((hour) => `${hour}:00`),
    values: forecaster.components(hours.map((hour) => midnight + hour * 3600)).daily,
  };
}

function timesOf(datetime: string): number[] {
  try {
    return restOfMonth(datetime);
  } catch (error) {
    throw error instanceof BadTime ? new BadRequest(error.message) : error;
  }
}

/** The model is read once per environment; a failure is not kept. */
function loaded(): Promise<PowerForecaster> {
  forecaster ??= load().catch((error) => {
    forecaster = undefined;
    throw error;
  });
  return forecaster;
}

async function load(): Promise<PowerForecaster> {
  const { Body } = await s3.send(
    new GetObjectCommand({
      Bucket: required("MODEL_BUCKET"),
      Key: required("PROPHET_KEY"),
    }),
  );
  return new PowerForecaster(JSON.parse((await Body?.transformToString()) ?? "") as PowerModel);
}

/** Gives a link to the plot that ends after an hour. */
async function keepPlot(key: string, svg: string): Promise<string> {
  const Bucket = required("HISTORY_BUCKET");
  await s3.send(
    new PutObjectCommand({ Bucket, Key: key, Body: svg, ContentType: "image/svg+xml" }),
  );
  return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: key }), { expiresIn: LINK_SECONDS });
}
