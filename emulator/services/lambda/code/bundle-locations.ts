import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Loader, Plugin } from "esbuild";
import { OTHER_SOURCE } from "./sdk-names.ts";

const LOADERS: Readonly<Record<string, Loader>> = {
  ".cjs": "js",
  ".cts": "ts",
  ".js": "js",
  ".jsx": "jsx",
  ".mjs": "js",
  ".mts": "ts",
  ".ts": "ts",
  ".tsx": "tsx",
};

/** Lets each module of a bundle find the folder that it came from, where its data files are. */
export function ownLocation(): Plugin {
  return {
    name: "own-location",
    setup({ onLoad }) {
      // The SDK's many files ask for no location.
      onLoad({ filter: OTHER_SOURCE, namespace: "file" }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        const names = [
          [/\bimport\.meta\.url\b/, "__moduleUrl", pathToFileURL(path).href],
          [/\bimport\.meta\.filename\b|\b__filename\b/, "__filename", path],
          [/\bimport\.meta\.dirname\b|\b__dirname\b/, "__dirname", dirname(path)],
        ] as const;
        const declared = names
          .filter(([asked]) => asked.test(text))
          .map(([, name, value]) => `var ${name} = ${JSON.stringify(value)};`);
        if (declared.length === 0 || text.startsWith("#!")) return undefined;
        // On the first line, so that every line keeps its number.
        return { contents: declared.join("") + text, loader: LOADERS[extname(path)] ?? "js" };
      });
    },
  };
}
