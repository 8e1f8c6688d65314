import { XmlNode, XmlText } from "@aws-sdk/xml-builder";
import { NormalizedSchema } from "@smithy/core/schema";
import type { WireRequest } from "../../core/wire.ts";
import { faultOf } from "./aws-json-1-0.ts";
import { fieldsOf, fromFields, nameOf } from "./form-fields.ts";
import type { Protocol } from "./protocol.ts";

/**
 * AWS Query: a form that names `Action` and `Version`, an answer in XML.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export const awsQuery: Protocol = {
  requestIdHeader: "x-amzn-RequestId",
  errorsFollowModel: true,

  readInput(operation, request, labels) {
    const form = queryForm(request) ?? new URLSearchParams();
    const members = fromFields(operation.schema[4], fieldsOf(form));
    return { ...labels, ...(members as object) };
  },

  writeOutput(operation, output, { requestId, target }) {
    const name = String(operation.schema[2]);
    const root = rootOf(`${name}Response`, target?.service.query?.xmlNamespace);
    const ns = NormalizedSchema.of(operation.schema[5]);
    if (ns.isStructSchema()) root.addChildNode(element(`${name}Result`, ns, output ?? {}));
    root.addChildNode(new XmlNode("ResponseMetadata", [leaf("RequestId", requestId)]));
    return { status: 200, headers: xml(), body: root.toString() };
  },

  writeError({ code, message, status }, { requestId, target, modelled }) {
    const root = rootOf("ErrorResponse", target?.service.query?.xmlNamespace);
    root.addChildNode(
      new XmlNode("Error", [
        leaf("Type", faultOf(status)),
        leaf("Code", modelled?.queryCode ?? code),
        leaf("Message", message),
      ]),
    );
    root.addChildNode(leaf("RequestId", requestId));
    return { status, headers: xml(), body: root.toString() };
  },
};

/** A Query request's fields, from its body or its address; `undefined` for a request that is none. */
export function queryForm(
  request: Pick<WireRequest, "method" | "headers" | "query" | "body">,
): URLSearchParams | undefined {
  if (request.query.has("Action")) return request.query;
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (request.method !== "POST" || !isForm) return undefined;
  return new URLSearchParams(request.body.toString("utf8"));
}

function element(name: string, ns: NormalizedSchema, value: unknown): XmlNode {
  const node = new XmlNode(name);
  if (ns.isStructSchema()) {
    for (const [member, memberNs] of ns.structIterator()) {
      const given = (value as Record<string, unknown>)[member];
      if (given === undefined || given === null) continue;
      const { xmlName = member, xmlFlattened } = memberNs.getMergedTraits();
      const children = xmlFlattened
        ? items(xmlName, memberNs, given)
        : [element(xmlName, memberNs, given)];
      for (const child of children) node.addChildNode(child);
    }
  } else if (ns.isListSchema()) {
    for (const child of items(nameOf(ns.getValueSchema(), "member"), ns, value)) {
      node.addChildNode(child);
    }
  } else if (ns.isMapSchema()) {
    for (const child of items("entry", ns, value)) node.addChildNode(child);
  } else if (value instanceof Date) node.addChildNode(new XmlText(isoTime(value)));
  else if (value instanceof Uint8Array) node.addChildNode(new XmlText(base64(value)));
  else node.addChildNode(new XmlText(String(value)));
  return node;
}

/** A list's members or a map's entries, each as an element of that name. */
function items(name: string, ns: NormalizedSchema, value: unknown): XmlNode[] {
  const item = ns.getValueSchema();
  if (ns.isListSchema()) return (value as unknown[]).map((member) => element(name, item, member));
  if (!ns.isMapSchema()) return [element(name, ns, value)];
  const keyName = nameOf(ns.getKeySchema(), "key");
  const valueName = nameOf(item, "value");
  return Object.entries(value as object).map(
    ([key, member]) => new XmlNode(name, [leaf(keyName, key), element(valueName, item, member)]),
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function rootOf(name: string, xmlNamespace: string | undefined): XmlNode {
  const root = new XmlNode(name);
  return xmlNamespace === undefined ? root : root.addAttribute("xmlns", xmlNamespace);
}

function leaf(name: string, text: string): XmlNode {
  return new XmlNode(name, [new XmlText(text)]);
}

function isoTime(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

function xml(): Record<string, string> {
  return { "content-type": "text/xml" };
}
