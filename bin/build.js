// Builds dist/: the program bundled by esbuild, with the parts of the AWS SDK that it uses taken in, which
// starts three times as fast as loading them from node_modules. `--types` adds the declarations.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./prepare.js";

const dist = join(root, "dist");

/** Where the programs are that run as they are, in processes of their own: AWS's runtimes, so to speak. */
const runtimes = join(root, "emulator", "services", "lambda", "runtimes");

/** Takes in the SDK, whose clients are many small files; every other package stays outside. */
const packages = {
  name: "packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === "entry-point") return undefined;
      const isSdk = path.startsWith("@aws-sdk/") || path.startsWith("@smithy/");
      // A whole client is loaded only to name what the tank lacks: from node_modules, when it happens.
      const isOnDemand = kind === "dynamic-import" && !importer.includes("node_modules");
      const isInside = importer.includes("node_modules");
      return (isSdk || isInside) && !isOnDemand ? undefined : { path, external: true };
    });
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    main: "emulator/cli/main.ts",
    index: "emulator/index.ts",
    "model-server": "emulator/model-server/main.ts",
    testing: "emulator/testing/index.ts",
    "testing-vitest": "emulator/testing/vitest.ts",
    "testing-testcontainers": "emulator/testing/testcontainers.ts",
  },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["module"],
  mainFields: ["module", "main"],
  sourcemap: true,
  sourcesContent: false,
  legalComments: "external",
  plugins: [packages],
  banner: {
    // Some packages that are taken in still call require.
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
// vitest reads the map of a setup file, and warns that the sources in it are not there.
const setupFile = join(dist, "testing-vitest.js");
writeFileSync(
  setupFile,
  readFileSync(setupFile, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""),
);
rmSync(`${setupFile}.map`);
for (const name of readdirSync(runtimes).filter((name) => /\.(mjs|py)$/.test(name))) {
  copyFileSync(join(runtimes, name), join(dist, name));
}

if (process.argv.includes("--types")) {
  const { status } = spawnSync("npx", ["tsc", "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}
