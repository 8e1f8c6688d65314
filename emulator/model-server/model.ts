import type { InferenceSession, Tensor } from "onnxruntime-node";
import { kinds } from "./element-kind.ts";
import { product, type TensorSpec, type TensorValue } from "./tensor-spec.ts";

type TensorConstructor = typeof Tensor;

/** The parts of a loaded onnxruntime session that a model consists of. */
export interface LoadedSession {
  readonly session: InferenceSession;
  readonly Tensor: TensorConstructor;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/**
 * A loaded ONNX model. onnxruntime runs it on the calling thread, one run after the other: a long run
 * holds up everything else in the process.
 */
export class Model {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly #session: InferenceSession;
  readonly #Tensor: TensorConstructor;
  #running = 0;
  #released: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor({ session, Tensor, inputs, outputs }: LoadedSession) {
    this.#session = session;
    this.#Tensor = Tensor;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** @throws Error onnxruntime's own, when the model cannot compute with these values. */
  async run(values: readonly TensorValue[]): Promise<TensorValue[]> {
    if (this.#released) throw new Error("the model has been released");
    const feeds: Record<string, Tensor> = {};
    for (const value of values) feeds[value.name] = this.#tensor(value);
    this.#running += 1;
    try {
      const fetched = await this.#session.run(feeds);
      return this.outputs.map(({ name, type, labels }) => {
        const tensor = fetched[name];
        if (!tensor) throw new Error(`onnxruntime gave no output ${name}`);
        const data = type === "float16" ? bitsOf(tensor.data) : tensor.data;
        const value = { name, type, dims: tensor.dims, data: data as TensorValue["data"] };
        return labels ? { ...value, labels } : value;
      });
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#onIdle?.();
    }
  }

  /** One run with zeros, so that the first request does not pay for what onnxruntime does once. */
  async warm(): Promise<void> {
    try {
      await this.run(this.inputs.map(zeros));
    } catch {
      // Zeros need not make sense to a model; a caller who sends sense is answered all the same.
    }
  }

  /** Frees the model's memory once its last run has ended. Idempotent. */
  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.#session.release();
  }

  #tensor({ type, data, dims }: TensorValue): Tensor {
    // The data was allocated for this type; onnxruntime's types pair them up one by one.
    const tensor = new this.#Tensor(type as "float32", data as unknown as Float32Array, dims);
    // Where JavaScript has a Float16Array the tensor holds one, which onnxruntime-node 1.30 itself cannot read.
    if (type === "float16") Object.defineProperty(tensor, "data", { value: data });
    return tensor;
  }
}

/** Where JavaScript has a Float16Array, onnxruntime answers with one; elsewhere with its bits. */
function bitsOf(data: Tensor["data"]): Uint16Array {
  if (data instanceof Uint16Array) return data;
  const { buffer, byteOffset, length } = data as unknown as Uint16Array;
  return new Uint16Array(buffer, byteOffset, length);
}

/** A tensor of zeros, or of empty strings, with one of everything that the shape leaves open. */
function zeros({ name, type, shape }: TensorSpec): TensorValue {
  const dims = shape.map((size) => (typeof size === "number" ? size : 1));
  return { name, type, dims, data: kinds[type].allocate(product(dims)) };
}
