import { XmlCodec } from "@aws-sdk/core/protocols";
import { XmlNode, XmlText } from "@aws-sdk/xml-builder";
import type { Schema } from "@smithy/types";
import { AwsError } from "../../core/errors.ts";
import { bindingsOf, readBound, writeBoundHeaders } from "./http-bindings.ts";
import type { Protocol } from "./protocol.ts";
import { statusOf } from "./rest-json.ts";

const S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const codec = new XmlCodec({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: true,
  xmlNamespace: S3_NAMESPACE,
  serviceNamespace: "com.amazonaws.s3",
});

/**
 * REST-XML, as S3 speaks it.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXml: Protocol = {
  requestIdHeader: "x-amz-request-id",
  errorsFollowModel: false,

  readInput(operation, request, labels) {
    const schema = operation.schema[4];
    const input = readBound(schema, request, labels);
    const payload = bindingsOf(schema).find(({ place }) => place === "payload");
    if (!payload) return input;
    if (payload.ns.isBlobSchema()) input[payload.name] = request.body;
    else if (payload.ns.isStringSchema()) input[payload.name] = request.body.toString("utf8");
    else if (request.body.length > 0) {
      try {
        input[payload.name] = codec.createDeserializer().read(payload.ns, request.body);
      } catch (cause) {
        throw new AwsError(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published schema",
          { cause },
        );
      }
    }
    return input;
  },

  writeOutput(operation, output) {
    const schema = operation.schema[5];
    const bindings = bindingsOf(schema);
    const members = (output ?? {}) as Record<string, unknown>;
    const headers = writeBoundHeaders(bindings, members);
    // A range of an object: the schema knows one status only.
    const status = headers["content-range"] ? 206 : statusOf(operation, members);
    const payload = bindings.find(({ place }) => place === "payload");
    if (payload) {
      const value = members[payload.name];
      if (!payload.ns.isStructSchema()) {
        return { status, headers, body: (value ?? "") as string | Uint8Array };
      }
      if (value === undefined) return { status, headers, body: "" };
      const serializer = codec.createSerializer();
      serializer.write(payload.ns as Schema, value);
      return { status, headers: xml(headers), body: DECLARATION + String(serializer.flush()) };
    }
    if (!bindings.some(({ place }) => place === "document")) return { status, headers, body: "" };
    const document = Object.fromEntries(
      bindings.filter(({ place }) => place === "document").map(({ name }) => [name, members[name]]),
    );
    const serializer = codec.createSerializer();
    serializer.write(schema as Schema, document);
    return { status, headers: xml(headers), body: DECLARATION + String(serializer.flush()) };
  },

  writeError(error, { requestId }) {
    const root = XmlNode.of("Error");
    const members = {
      Code: error.code,
      Message: error.message,
      ...error.members,
      RequestId: requestId,
      HostId: "wavetank",
    };
    for (const [name, value] of Object.entries(members)) {
      if (value === undefined) continue;
      root.addChildNode(XmlNode.of(name).addChildNode(new XmlText(String(value))));
    }
    // A HEAD has no body, and 304 may not have one; the server drops it.
    return { status: error.status, headers: xml({}), body: DECLARATION + root.toString() };
  },
};

function xml(headers: Record<string, string>): Record<string, string> {
  return { "content-type": "application/xml", ...headers };
}
