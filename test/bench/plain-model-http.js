// The least that can serve the model: node:http and onnxruntime, no framework, no checks.
import { createServer } from "node:http";
import { InferenceSession, Tensor } from "onnxruntime-node";

const session = await InferenceSession.create("fixtures/ride-duration/model.onnx", {
  intraOpNumThreads: 1,
});
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const rows = Buffer.concat(chunks).toString("utf8").trim();
    if (rows === "") return response.end();
    const lines = rows.split("\n").map((line) => line.split(",").map(Number));
    const input = new Tensor("float32", lines.flat(), [lines.length, 3]);
    const { ride_duration } = await session.run({ features: input });
    const body = Array.from(ride_duration.data).join("\n");
    response
      .writeHead(200, { "content-type": "text/csv", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
