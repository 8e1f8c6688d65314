import type { Call, CallName } from "./calls.ts";
import { type Node, type Position, scalar } from "./node.ts";

/** A call as a template would hold it; its operands in the order that the function reads them. */
export function call(name: CallName, operands: readonly Node[], at: Position): Call {
  return { kind: "call", at, name, operands };
}

export function ref(target: string, at: Position): Call {
  return call("Ref", [scalar(target, at)], at);
}

export function getAtt(
  target: string,
  { attribute, at }: { attribute: string; at: Position },
): Call {
  return call("Fn::GetAtt", [scalar(target, at), scalar(attribute, at)], at);
}
