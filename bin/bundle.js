// `npm run bundle -- <pipeline>`: bundles a pipeline's functions into dist/handlers/<pipeline>/, once for every place
// that runs them: the tank, AWS's Runtime Interface Emulator, AWS. Entry points are those that `sam build` takes.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { importSource } from "./import-source.js";
import { root } from "./prepare.js";

const [pipeline = ""] = process.argv.slice(2);
const folder = join(root, "handlers", pipeline);
const template = join(folder, "template.yaml");
if (!/^[\w-]+$/.test(pipeline) || !existsSync(template)) {
  process.stderr.write("usage: npm run bundle -- <pipeline>, e.g. ride-duration\n");
  process.exit(2);
}
const outputFolder = join(root, "dist", "handlers", pipeline);
rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });

const { bundleToDeploy } = await importSource("emulator/services/lambda/code/deployable-bundle.ts");
for (const { entryPoint, nodeMajor } of entryPoints()) {
  const module = join(folder, entryPoint);
  report(await bundleToDeploy({ module, folder, outputFolder, nodeMajor }));
}
for (const name of readdirSync(folder).filter((name) => name.endsWith(".py"))) {
  copyFileSync(join(folder, name), join(outputFolder, name));
  report(join(outputFolder, name));
}

/** What the template has esbuild build. Intrinsic functions decide none of it, so their tags are passed over. */
function entryPoints() {
  const { Globals, Resources } = parse(readFileSync(template, "utf8"), { logLevel: "error" });
  return Object.values(Resources)
    .filter(({ Metadata }) => Metadata?.BuildMethod === "esbuild")
    .flatMap(({ Properties, Metadata }) => {
      const runtime = Properties.Runtime ?? Globals?.Function?.Runtime;
      const nodeMajor = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
      return Metadata.BuildProperties.EntryPoints.map((entryPoint) => ({ entryPoint, nodeMajor }));
    });
}

function report(file) {
  process.stdout.write(`${relative(process.cwd(), file)}\n`);
}
