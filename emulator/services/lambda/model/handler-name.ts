/** A function's Handler setting, taken apart: `src/app.handlers.main` is module `src/app`, export `handlers.main`. */
export interface HandlerName {
  /** Path of the module inside the code, without its extension. */
  readonly modulePath: string;
  /** Path of the function inside the module's exports. */
  readonly exportPath: string;
}

/** Reads a Node.js handler setting; `undefined` when it names no module and export. */
export function parseHandlerName(handler: string): HandlerName | undefined {
  if (handler.includes("..")) return undefined;
  const slash = handler.lastIndexOf("/") + 1;
  const dot = handler.indexOf(".", slash);
  if (dot <= slash || dot === handler.length - 1) return undefined;
  return { modulePath: handler.slice(0, dot), exportPath: handler.slice(dot + 1) };
}
