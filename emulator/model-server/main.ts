// The entry point of the container: `docker run <image> serve`, as SageMaker starts it.
// https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
import { messageOf, WavetankError } from "../core/errors.ts";
import { modelsOf, threadsOf } from "./in-process.ts";
import { ModelServer } from "./server.ts";

const { env } = process;
const [command = "serve"] = process.argv.slice(2);

if (command === "serve") await serve();
else fail(`unknown command "${command}": the model server only serves`);

async function serve(): Promise<void> {
  const modelFolder = env.SM_MODEL_DIR ?? "/opt/ml/model";
  try {
    const server = new ModelServer({
      modelFolder,
      // A container is reached from outside itself.
      host: env.MODEL_SERVER_HOST ?? "0.0.0.0",
      port: portOf(env.SAGEMAKER_BIND_TO_PORT),
      intraOpThreads: threadsOf(env),
      models: modelsOf(env),
    });
    // As process 1 of a container the server gets no default action for these.
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        server.close().then(
          () => process.exit(0),
          (error: unknown) => fail(messageOf(error)),
        );
      });
    }
    await server.start();
    console.log(`model server: listening on port ${server.port}`);
  } catch (error) {
    if (!(error instanceof WavetankError)) fail(messageOf(error));
    const place = `The model folder is ${modelFolder}; a container gets yours by \`docker run -v <folder>:${modelFolder}:ro\`.`;
    fail(`${error.message}\n${error.hint}\n${place}`);
  }
}

/** SageMaker assigns a port where several containers share a host. */
function portOf(text = "8080"): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new WavetankError("ERR_MODEL", `SAGEMAKER_BIND_TO_PORT is "${text}".`, {
    hint: "Set it to a port number, or leave it out for 8080.",
  });
}

function fail(message: string): never {
  console.error(`model server: ${message}`);
  process.exit(1);
}
