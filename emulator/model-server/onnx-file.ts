import { type Field, fieldsOf, message, textField, varintField } from "./protobuf.ts";

// Numbers of the fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
const MODEL = { graph: 7, opsetImport: 8 };
const GRAPH = { node: 1, output: 12 };
const NODE = { input: 1, output: 2, opType: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { name: 1, ints: 8, strings: 9 };
const VALUE_INFO = { name: 1, type: 2 };
const TYPE_TENSOR = 1;
const TENSOR_ELEMENT_TYPE = 1;
const ELEMENT_FLOAT = 1;
const OPSET = { domain: 1, version: 2 };
/** The first with Identity as it is still used. */
const OPSET_VERSION = 13;

/** A model whose maps have become tensors, and the keys that those maps had, by the output's name. */
export interface UnzippedModel {
  readonly bytes: Uint8Array;
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/**
 * Puts the scores themselves in the place of the maps that converters of tree models and of scikit-learn end
 * a classifier with (the operator ZipMap): onnxruntime-node can return tensors only. The maps are made again
 * where answers are written.
 */
export function withoutZipMaps(bytes: Uint8Array): UnzippedModel {
  const labels = new Map<string, readonly string[]>();
  const model = fieldsOf(bytes).map((field) =>
    field.number === MODEL.graph ? message(MODEL.graph, unzipped(field.bytes, labels)) : field,
  );
  if (labels.size > 0 && !model.some(importsDefaultOpset)) {
    model.push(message(MODEL.opsetImport, [varintField(OPSET.version, OPSET_VERSION)]));
  }
  return { bytes: message(0, model).bytes, labels };
}

function unzipped(graph: Uint8Array, labels: Map<string, readonly string[]>): Field[] {
  const fields = fieldsOf(graph);
  const nameOf = ({ bytes }: Field) => textOf(fieldsOf(bytes), VALUE_INFO.name);
  const outputs = new Set(fields.filter(({ number }) => number === GRAPH.output).map(nameOf));
  const nodes = fields.map((field) => {
    if (field.number !== GRAPH.node) return field;
    const node = fieldsOf(field.bytes);
    const output = textOf(node, NODE.output);
    if (textOf(node, NODE.opType) !== "ZipMap" || !outputs.has(output)) return field;
    labels.set(output, labelsOf(node));
    return message(GRAPH.node, identity(node));
  });
  return nodes.map((field) => {
    if (field.number !== GRAPH.output) return field;
    const name = nameOf(field);
    return labels.has(name) ? message(GRAPH.output, floatTensor(name)) : field;
  });
}

/** The same node, its output no longer a map but what the map was made of. */
function identity(node: readonly Field[]): Field[] {
  const edges = node.filter(({ number }) => number === NODE.input || number === NODE.output);
  return [...edges, textField(NODE.opType, "Identity")];
}

/** ZipMap takes floats only. */
function floatTensor(name: string): Field[] {
  const tensor = message(TYPE_TENSOR, [varintField(TENSOR_ELEMENT_TYPE, ELEMENT_FLOAT)]);
  return [textField(VALUE_INFO.name, name), message(VALUE_INFO.type, [tensor])];
}

function labelsOf(node: readonly Field[]): string[] {
  const found: string[] = [];
  for (const { number, bytes } of node) {
    if (number !== NODE.attribute) continue;
    const attribute = fieldsOf(bytes);
    if (!textOf(attribute, ATTRIBUTE.name).startsWith("classlabels_")) continue;
    for (const field of attribute) {
      if (field.number === ATTRIBUTE.strings) found.push(Buffer.from(field.bytes).toString("utf8"));
      if (field.number === ATTRIBUTE.ints) found.push(...field.varints().map(String));
    }
  }
  return found;
}

function importsDefaultOpset({ number, bytes }: Field): boolean {
  return number === MODEL.opsetImport && textOf(fieldsOf(bytes), OPSET.domain) === "";
}

function textOf(fields: readonly Field[], number: number): string {
  const found = fields.find((field) => field.number === number);
  return found ? Buffer.from(found.bytes).toString("utf8") : "";
}
