import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A template that lives in a folder of the test's own, and is written anew for each deploy. */
export class Project implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "wavetank-stack-"));
  readonly template = this.path("template.yaml");

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
