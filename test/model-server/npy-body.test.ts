import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNpy, writeNpy } from "../../emulator/model-server/npy-format.ts";
import { refusal, type ServedModel, served } from "./models.ts";

const NPY = "application/x-npy";

// Written by NumPy 2: np.lib.format.write_array.
const numpy = (text: string) => Buffer.from(text, "base64");
const PAD = "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg";
/** np.asfortranarray([[130, 205, 3.66], [1, 2, 3]]), version 1. */
const FORTRAN = numpy(
  `k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0g${PAD}ICAgICAgIAoAAAAAAEBgQAAAAAAAAPA/AAAAAACgaUAAAAAAAAAAQEjhehSuRw1AAAAAAAAACEA=`,
);
/** The same values as >f4, version 2. */
const BIG_ENDIAN = numpy(
  `k05VTVBZAgB0AAAAeydkZXNjcic6ICc+ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0g${PAD}ICAgIApDAgAAQ00AAEBqPXE/gAAAQAAAAEBAAAA=`,
);
/** np.array([["é", "bc"]]), version 3. */
const STRINGS = numpy(
  `k05VTVBZAwB0AAAAeydkZXNjcic6ICc8VTInLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwgMiksIH0g${PAD}ICAgIArpAAAAAAAAAGIAAABjAAAA`,
);

async function ask(model: ServedModel, body: Uint8Array, accept?: string) {
  const answer = await model.predict({ contentType: NPY, accept, body });
  return { ...answer, body: Buffer.from(answer.body as string) };
}

describe("accepts", () => {
  test.each([
    ["column-major float64 of version 1", FORTRAN],
    ["big-endian float32 of version 2", BIG_ENDIAN],
  ])("%s, as NumPy writes it", async (_what, body) => {
    await using linear = await served("linear");
    const { status, contentType, body: text } = await ask(linear, body, "text/csv");
    expect([status, contentType]).toEqual([200, "text/csv"]);
    expect(text.toString()).toBe("25.300001\n8.72\n");
  });

  test("strings of version 3, answered with strings", async () => {
    await using same = await served("same-string");
    const { contentType, body } = await ask(same, STRINGS);
    expect(contentType).toBe(NPY);
    const array = readNpy(body);
    expect([array.descr, array.shape, array.at(0), array.at(1)]).toEqual([
      "<U2",
      [1, 2],
      "é",
      "bc",
    ]);
  });

  test.each([
    ["float16", "<f2", [0x3c00, 0xfbff]],
    ["int8", "|i1", [-128, 127]],
    ["uint8", "|u1", [0, 255]],
    ["int16", "<i2", [-32_768, 32_767]],
    ["uint16", "<u2", [0, 65_535]],
    ["int32", "<i4", [-(2 ** 31), 2 ** 31 - 1]],
    ["uint32", "<u4", [0, 2 ** 32 - 1]],
    ["int64", "<i8", [-(2n ** 63n), 2n ** 63n - 1n]],
    ["uint64", "<u8", [0n, 2n ** 64n - 1n]],
    ["float32", "<f4", [1.5, -0.25]],
    ["float64", "<f8", [0.1, 1e300]],
    ["bool", "|b1", [1, 0]],
  ] as const)("%s goes in and comes out as the same bytes", async (type, descr, values) => {
    await using same = await served(`same-${type}`);
    const body = Buffer.from(writeNpy(bytesOf(descr, values), { descr, shape: [1, 2] }));
    expect((await ask(same, body)).body.toString("base64")).toBe(body.toString("base64"));
  });

  test("integers are taken for floats, NaN and the infinities stay", async () => {
    await using same = await served("same-float32");
    const whole = writeNpy(bytesOf("<i8", [3n, -4n]), { descr: "<i8", shape: [1, 2] });
    expect((await ask(same, whole, "text/csv")).body.toString()).toBe("3,-4\n");
    const special = writeNpy(bytesOf("<f8", [Number.NaN, Number.POSITIVE_INFINITY]), {
      descr: "<f8",
      shape: [1, 2],
    });
    expect((await ask(same, special, "text/csv")).body.toString()).toBe("NaN,Infinity\n");
  });
});

describe("rejects", () => {
  const float = (shape: number[], descr = "<f4") =>
    writeNpy(Buffer.alloc(shape.reduce((product, size) => product * size, 4)), { descr, shape });
  const headed = (header: string) => {
    const body = Buffer.alloc(10 + header.length);
    body.write(`\x93NUMPY\x01\x00`, "latin1");
    body.writeUInt16LE(header.length, 8);
    body.write(header, 10, "latin1");
    return body;
  };
  test.each([
    [
      "another shape",
      float([2, 4]),
      "expected features: float32[n,3], the array is <f4 of the shape (2,4)",
    ],
    [
      "another rank",
      float([3]),
      "expected features: float32[n,3], the array is <f4 of the shape (3,)",
    ],
    [
      "strings for numbers",
      STRINGS,
      "expected features: float32[n,3], the array is <U2 of the shape (1,2)",
    ],
    [
      "no rows",
      float([0, 3]),
      "the request holds no rows; this model takes features: float32[n,3]",
    ],
    ["an empty body", Buffer.alloc(0), "it does not begin with \\x93NUMPY"],
    ["a cut header", FORTRAN.subarray(0, 60), "its header is cut off"],
    [
      "cut elements",
      FORTRAN.subarray(0, FORTRAN.length - 1),
      "an array of <f8 of the shape (2,3) has 48 bytes, and the body has 47",
    ],
    ["a version to come", Buffer.from("\x93NUMPY\x04\x00aaaa", "latin1"), "its version is 4"],
    [
      "Python objects",
      headed("{'descr': '|O', 'fortran_order': False, 'shape': (1, 3), }"),
      "it holds Python objects, which are not read",
    ],
    [
      "records",
      headed("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }"),
      "it holds records, not plain elements",
    ],
    [
      "complex numbers",
      headed("{'descr': '<c16', 'fortran_order': False, 'shape': (1, 3), }"),
      "its elements are of type <c16",
    ],
    [
      "strings of no length",
      headed("{'descr': '<U0', 'fortran_order': False, 'shape': (99999999, 3), }"),
      "its elements are of type <U0",
    ],
    ["no dictionary", headed("pickle"), "its header cannot be read"],
  ])("%s", async (_what, body, fault) => {
    await using linear = await served("linear");
    expect(refusal(await linear.send(NPY, body))).toContain(fault);
  });

  test("what an integer cannot hold, by its place", async () => {
    await using same = await served("same-uint8");
    const body = writeNpy(bytesOf("<i8", [1n, 300n]), { descr: "<i8", shape: [1, 2] });
    expect(refusal(await same.send(NPY, body))).toBe(
      '400 expected x: uint8[n,m], element 2 of the array is "300"',
    );
    const fraction = writeNpy(bytesOf("<f8", [1, 2]), { descr: "<f8", shape: [1, 2] });
    expect(refusal(await same.send(NPY, fraction))).toContain("the array is <f8");
  });

  test("one array for several inputs, or of several outputs", async () => {
    await using pair = await served("pair");
    expect(refusal(await pair.send(NPY, FORTRAN))).toContain("this model takes a: float32[n]");
    expect(refusal(await pair.json({ instances: [{ a: 1, b: 2 }] }, NPY))).toContain(
      "this model gives sum, twice: accept application/json",
    );
  });
});

test("whatever array is written is read again, in either order of its bytes and axes", () => {
  const arrays = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((shape) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = fc.array(fc.double(), { minLength: count, maxLength: count });
    return values.map((values) => ({ shape, values }));
  });
  fc.assert(
    fc.property(arrays, ({ shape, values }) => {
      const written = readNpy(writeNpy(bytesOf("<f8", values), { descr: "<f8", shape }));
      expect(written.shape).toEqual(shape);
      expect(values.map((_, index) => written.at(index))).toEqual(values);

      const swapped = Buffer.from(bytesOf("<f8", values)).swap64();
      const big = readNpy(writeNpy(swapped, { descr: ">f8", shape }));
      expect(values.map((_, index) => big.at(index))).toEqual(values);
    }),
  );
});

test("a column-major array is the row-major array with its axes turned", () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shapes, (shape) => {
      const count = shape.reduce((product, size) => product * size, 1);
      const values = Array.from({ length: count }, (_, index) => index);
      const turned = writeNpy(bytesOf("<i4", values), { descr: "<i4", shape });
      const text = Buffer.from(turned)
        .toString("latin1")
        .replace("'fortran_order': False", "'fortran_order': True ");
      const array = readNpy(Buffer.from(text, "latin1"));
      for (let index = 0; index < count; index += 1) {
        // The first axis changes fastest.
        let rest = index;
        let place = 0;
        const places = [...shape].reverse().map((size) => {
          const at = rest % size;
          rest = Math.floor(rest / size);
          return at;
        });
        places.reverse().forEach((at, axis) => {
          place += at * shape.slice(0, axis).reduce((product, size) => product * size, 1);
        });
        expect(array.at(index)).toBe(values[place]);
      }
    }),
  );
});

function bytesOf(descr: string, values: readonly (number | bigint)[]): Uint8Array {
  const arrays: Record<string, new (values: never) => ArrayBufferView> = {
    "<f2": Uint16Array,
    "<f4": Float32Array,
    "<f8": Float64Array,
    "|i1": Int8Array,
    "|u1": Uint8Array,
    "|b1": Uint8Array,
    "<i2": Int16Array,
    "<u2": Uint16Array,
    "<i4": Int32Array,
    "<u4": Uint32Array,
    "<i8": BigInt64Array,
    "<u8": BigUint64Array,
  };
  const Kind = arrays[descr] as new (values: unknown) => Uint8Array;
  const { buffer, byteOffset, byteLength } = new Kind(values);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
