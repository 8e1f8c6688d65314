// What a good developer writes by hand: Express and onnxruntime, one CSV row in, one number out.
import express from "express";
import { InferenceSession, Tensor } from "onnxruntime-node";

const session = await InferenceSession.create("fixtures/ride-duration/model.onnx", {
  intraOpNumThreads: 1,
});
const app = express();
app.get("/ping", (_request, response) => response.sendStatus(200));
app.post("/invocations", express.text({ type: "text/csv" }), async (request, response) => {
  const rows = request.body
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));
  const input = new Tensor("float32", rows.flat(), [rows.length, 3]);
  const { ride_duration } = await session.run({ features: input });
  response.type("text/csv").send(Array.from(ride_duration.data).join("\n"));
});
app.listen(Number(process.argv[2]), "127.0.0.1");
