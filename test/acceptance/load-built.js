// Loads each function that `sam build` has built as Lambda's runtimes do, and looks for its handler.
// usage: node load-built.js <build folder> <pipeline>
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [folder, pipeline] = process.argv.slice(2);
// Tags for calls are no concern here.
const { Resources, Globals } = parse(readFileSync(join(folder, "template.yaml"), "utf8"), {
  logLevel: "silent",
});

/** Programs that load a file and fail when it has no such function. */
const loaders = {
  mjs: (file, name) => [
    process.execPath,
    "--input-type=module",
    "--eval",
    script(`await import("${file}")`, name),
  ],
  // Without a package.json beside it, a lone .js is CommonJS to Lambda.
  js: (file, name) => [
    process.execPath,
    "--input-type=commonjs",
    "--eval",
    script(`require("${file}")`, name),
  ],
  py: (file, name) => [
    "python3",
    "-c",
    `import runpy; assert callable(runpy.run_path("${file}")["${name}"])`,
  ],
};

function script(load, name) {
  return `const built = ${load}; if (typeof built.${name} !== "function") throw new Error("it has no ${name}");`;
}

for (const [logicalId, { Type, Properties, Metadata }] of Object.entries(Resources)) {
  if (Type !== "AWS::Serverless::Function" || Properties.InlineCode) continue;
  const codeUri = resolve(folder, Properties.CodeUri ?? Globals?.Function?.CodeUri ?? ".");
  const [module, name] = Properties.Handler.split(/\.(?=[^.]+$)/);
  const isThere = (extension) => existsSync(join(codeUri, `${module}.${extension}`));
  const extension = Object.keys(loaders).find(isThere);
  if (!extension) throw new Error(`${logicalId}: there is no ${module} in ${codeUri}`);
  placeExternals(codeUri, Metadata?.BuildProperties?.External ?? []);
  load(loaders[extension](join(codeUri, `${module}.${extension}`), name), logicalId);
}

/** What a bundle leaves out lies beside it on AWS. */
function placeExternals(codeUri, packages) {
  for (const name of packages) {
    const place = join(codeUri, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place);
  }
}

function load([program, ...words], logicalId) {
  const { status, stderr } = spawnSync(program, words, {
    encoding: "utf8",
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      MODEL_LOCATION: join(root, "fixtures", pipeline, "model.onnx"),
    },
  });
  if (status !== 0) throw new Error(`${logicalId}: what was built does not load: ${stderr}`);
  console.log(`${pipeline}: ${logicalId} is built and loads`);
}
